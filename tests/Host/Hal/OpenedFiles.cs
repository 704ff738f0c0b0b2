using System;
using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.Tests.Host.Hal
{
    /// <summary>A medium in memory that a test looks into, and that can refuse what changes it.</summary>
    internal sealed class OpenedFiles : IFiles
    {
        private readonly Dictionary<string, byte[]> _files = new();
        private int _refuseAt = -1;
        private int _operations;

        public OpenedFiles()
        {
        }

        public OpenedFiles(OpenedFiles other)
        {
            foreach (KeyValuePair<string, byte[]> file in other._files)
            {
                _files[file.Key] = (byte[])file.Value.Clone();
            }
        }

        /// <summary>How much of a refused write is on the medium, in bytes.</summary>
        public int RefusedLength { get; set; }

        public IReadOnlyCollection<string> Names => _files.Keys;

        public byte[] this[string name]
        {
            get => _files[name];
            set => _files[name] = value;
        }

        /// <summary>Makes the nth write, delete or rename from now on answer false, and those after it too; -1 for
        /// none.</summary>
        public void RefuseFrom(int operation)
        {
            _refuseAt = operation;
            _operations = 0;
        }

        public int Read(string name, byte[] buffer)
        {
            if (!_files.TryGetValue(name, out byte[] content) || content.Length > buffer.Length)
            {
                return -1;
            }

            content.CopyTo(buffer, 0);
            return content.Length;
        }

        public bool Write(string name, byte[] buffer, int length)
        {
            bool isRefused = IsRefused();
            _files[name] = buffer.AsSpan(0, isRefused ? Math.Min(length, RefusedLength) : length).ToArray();
            return !isRefused;
        }

        public bool Delete(string name)
        {
            if (IsRefused())
            {
                return false;
            }

            _files.Remove(name);
            return true;
        }

        public bool Rename(string from, string to)
        {
            return !IsRefused() && !_files.ContainsKey(to) && _files.Remove(from, out byte[] content)
                && _files.TryAdd(to, content);
        }

        private bool IsRefused()
        {
            return _refuseAt >= 0 && _operations++ >= _refuseAt;
        }
    }
}
