using System;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>Files on which the power fails in the middle of the nth operation that changes something.</summary>
    internal sealed class PowerCutFiles : IFiles
    {
        private readonly MemoryFiles _files = new();

        /// <summary>Operations until the cut; -1 = none.</summary>
        public int CutsAfter { get; set; } = -1;

        /// <summary>How much of the operation still happened: 0 nothing, 1 half of a write, 2 all of it.</summary>
        public int Done { get; set; }

        /// <summary>Operations that changed something.</summary>
        public int Changes { get; private set; }

        public int Read(string name, byte[] buffer)
        {
            return _files.Read(name, buffer);
        }

        public bool Write(string name, byte[] buffer, int length)
        {
            return Change(() => _files.Write(name, buffer, length), () => _files.Write(name, buffer, length / 2));
        }

        public bool Delete(string name)
        {
            return Change(() => _files.Delete(name), () => false);
        }

        public bool Rename(string from, string to)
        {
            return Change(() => _files.Rename(from, to), () => false);
        }

        private bool Change(Func<bool> all, Func<bool> half)
        {
            Changes++;
            if (CutsAfter < 0 || CutsAfter-- > 0)
            {
                return all();
            }

            bool _ = Done switch
            {
                0 => false,
                1 => half(),
                _ => all(),
            };
            throw new PowerCutException();
        }

        /// <summary>The power is gone.</summary>
        public sealed class PowerCutException : Exception
        {
        }
    }
}
