using System;
using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.Tests.Host.Hal
{
    /// <summary>
    /// Files whose power is cut at a chosen point: before an operation, after it, and within a write at every byte,
    /// in each way a medium may leave it: shorter, full length with what was not written yet as zeros, or over what
    /// the file held before. Nothing works any more until <see cref="Restart"/>. Operations can also refuse.
    /// </summary>
    internal sealed class PowerCutFiles : IFiles
    {
        private readonly Dictionary<string, byte[]> _files = new Dictionary<string, byte[]>();
        private int _cutAt = -1;
        private int _refuseAt = -1;
        private int _operations;
        private bool _isOff;

        public PowerCutFiles()
        {
        }

        public PowerCutFiles(PowerCutFiles other)
        {
            foreach (KeyValuePair<string, byte[]> file in other._files)
            {
                _files[file.Key] = (byte[])file.Value.Clone();
            }
        }

        /// <summary>Points passed since <see cref="CutAt"/> or <see cref="Restart"/>.</summary>
        public int Points { get; private set; }

        /// <summary>How much of a refused write is on the medium, in bytes.</summary>
        public int RefusedLength { get; set; }

        public IReadOnlyCollection<string> Names => _files.Keys;

        public byte[] this[string name]
        {
            get => _files[name];
            set => _files[name] = value;
        }

        public void CutAt(int point)
        {
            _cutAt = point;
            Points = 0;
        }

        /// <summary>Makes the nth write, delete or rename from now on answer false, and those after it too.</summary>
        public void RefuseFrom(int operation)
        {
            _refuseAt = operation;
            _operations = 0;
        }

        public void Restart()
        {
            _isOff = false;
            CutAt(-1);
        }

        public int Read(string name, byte[] buffer)
        {
            Check();
            if (!_files.TryGetValue(name, out byte[] content) || content.Length > buffer.Length)
            {
                return -1;
            }

            content.CopyTo(buffer, 0);
            return content.Length;
        }

        public bool Write(string name, byte[] buffer, int length)
        {
            byte[] content = buffer.AsSpan(0, length).ToArray();
            if (IsRefused())
            {
                _files[name] = content.AsSpan(0, Math.Min(length, RefusedLength)).ToArray();
                return false;
            }

            _files.TryGetValue(name, out byte[] old);
            Pass(null, null);
            for (int written = 0; written < length; written++)
            {
                Pass(name, content.AsSpan(0, written).ToArray());
                Pass(name, Over(new byte[length], content, written));
                if (old != null)
                {
                    Pass(name, Over(old, content, written));
                }
            }

            _files[name] = content;
            Pass(null, null);
            return true;
        }

        public bool Delete(string name)
        {
            if (IsRefused())
            {
                return false;
            }

            Pass(null, null);
            _files.Remove(name);
            Pass(null, null);
            return true;
        }

        public bool Rename(string from, string to)
        {
            if (IsRefused() || _files.ContainsKey(to) || !_files.ContainsKey(from))
            {
                return false;
            }

            Pass(null, null);
            _files.Remove(from, out byte[] content);
            _files[to] = content;
            Pass(null, null);
            return true;
        }

        private static byte[] Over(byte[] below, byte[] content, int written)
        {
            var result = new byte[Math.Max(below.Length, written)];
            below.CopyTo(result, 0);
            Array.Copy(content, result, written);
            return result;
        }

        private void Check()
        {
            if (_isOff)
            {
                throw new PowerCutException();
            }
        }

        private bool IsRefused()
        {
            Check();
            return _refuseAt >= 0 && _operations++ >= _refuseAt;
        }

        // A point at which the power may go, and what the file then holds.
        private void Pass(string name, byte[] content)
        {
            if (Points++ != _cutAt)
            {
                return;
            }

            if (name != null)
            {
                _files[name] = content;
            }

            _isOff = true;
            throw new PowerCutException();
        }
    }
}
