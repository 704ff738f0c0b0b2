using System;
using System.Collections.Concurrent;

namespace NanoComm.Hal.Host
{
    /// <summary>Files that are gone when the program ends: for runs without a store. Safe to use from any thread.</summary>
    public sealed class MemoryFiles : IFiles
    {
        private readonly ConcurrentDictionary<string, byte[]> _files;

        /// <summary>Makes an empty medium.</summary>
        public MemoryFiles()
        {
            _files = new ConcurrentDictionary<string, byte[]>();
        }

        /// <summary>Copies a medium as it is now.</summary>
        public MemoryFiles(MemoryFiles other)
        {
            _files = new ConcurrentDictionary<string, byte[]>(other._files);
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            if (!_files.TryGetValue(name, out byte[] content) || content.Length > buffer.Length)
            {
                return -1;
            }

            content.CopyTo(buffer, 0);
            return content.Length;
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            _files[name] = buffer.AsSpan(0, length).ToArray();
            return true;
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            _files.TryRemove(name, out _);
            return true;
        }

        /// <inheritdoc/>
        public bool Rename(string from, string to)
        {
            return !_files.ContainsKey(to) && _files.TryRemove(from, out byte[] content) && _files.TryAdd(to, content);
        }
    }
}
