using System;
using System.Collections;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>
    /// Files in memory, with a power cut at a chosen change. What the cut leaves of that change is chosen too; from
    /// then on nothing changes until the power is back.
    /// </summary>
    public sealed class FakeFiles : IFiles
    {
        /// <summary>For <see cref="CutAfter"/>: the power stays on.</summary>
        public const int Never = int.MaxValue;

        private readonly ArrayList _names = new ArrayList();
        private readonly ArrayList _contents = new ArrayList();

        /// <summary>How many more changes are done before the one that the power cut hits.</summary>
        public int CutAfter { get; set; } = Never;

        /// <summary>Whether the change that is hit is still done: for a write, the half of it.</summary>
        public bool CutLeavesTraces { get; set; }

        /// <summary>Renames to come that fail, and lose the file.</summary>
        public int LosesOnRename { get; set; }

        /// <summary>Whether the power cut has come.</summary>
        public bool IsCut
        {
            get { return CutAfter < 0; }
        }

        /// <summary>Changes since the start.</summary>
        public int Changes { get; private set; }

        /// <summary>Files there are.</summary>
        public int Count
        {
            get { return _names.Count; }
        }

        /// <summary>A file's content, itself, or null.</summary>
        public byte[] Find(string name)
        {
            int index = _names.IndexOf(name);
            return index < 0 ? null : (byte[])_contents[index];
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            byte[] content = Find(name);
            if (content == null || content.Length > buffer.Length)
            {
                return -1;
            }

            Array.Copy(content, buffer, content.Length);
            return content.Length;
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            if (Change())
            {
                Put(name, buffer, length);
                return true;
            }

            if (IsHit() && CutLeavesTraces)
            {
                Put(name, buffer, length / 2);
            }

            return false;
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            bool done = Change();
            if (done || (IsHit() && CutLeavesTraces))
            {
                Remove(name);
            }

            return done;
        }

        /// <inheritdoc/>
        public bool Rename(string from, string to)
        {
            byte[] content = Find(from);
            if (content == null || Find(to) != null)
            {
                throw new ArgumentException();
            }

            bool done = Change();
            if (done && LosesOnRename > 0)
            {
                LosesOnRename--;
                Remove(from);
                return false;
            }

            if (done || (IsHit() && CutLeavesTraces))
            {
                Remove(from);
                Put(to, content, content.Length);
            }

            return done;
        }

        private bool Change()
        {
            Changes++;
            if (CutAfter != Never)
            {
                CutAfter--;
            }

            return CutAfter >= 0;
        }

        private bool IsHit()
        {
            return CutAfter == -1;
        }

        private void Put(string name, byte[] buffer, int length)
        {
            Remove(name);
            var content = new byte[length];
            Array.Copy(buffer, content, length);
            _names.Add(name);
            _contents.Add(content);
        }

        private void Remove(string name)
        {
            int index = _names.IndexOf(name);
            if (index >= 0)
            {
                _names.RemoveAt(index);
                _contents.RemoveAt(index);
            }
        }
    }
}
