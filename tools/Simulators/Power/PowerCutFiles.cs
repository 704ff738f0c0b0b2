using System;
using System.Collections.Generic;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators
{
    /// <summary>
    /// Files of a unit whose power may go: what is on the medium stays, nothing is read or written without power. A write
    /// may be cut at every byte, and leave the file in each way that a medium may leave it: shorter, in full length with
    /// zeros for what was not written yet, or written over what the file held before.
    /// </summary>
    public sealed class PowerCutFiles : IFiles
    {
        private const int LongestFile = 4096;

        private readonly IFiles _medium;
        private readonly PowerSupply _power;

        /// <summary>Makes files in memory with a power supply of their own.</summary>
        public PowerCutFiles()
            : this(new MemoryFiles(), new PowerSupply())
        {
        }

        /// <summary>Makes files.</summary>
        /// <param name="medium">What outlasts the power; its files have at most 4,096 bytes.</param>
        /// <param name="power">The unit's power.</param>
        public PowerCutFiles(IFiles medium, PowerSupply power)
        {
            _medium = medium;
            _power = power;
        }

        /// <summary>The unit's power.</summary>
        public PowerSupply Power => _power;

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            _power.Check();
            return _medium.Read(name, buffer);
        }

        /// <inheritdoc/>
        public bool Write(string name, byte[] buffer, int length)
        {
            return _power.Change(() => _medium.Write(name, buffer, length), () => _medium.Write(name, buffer, length / 2),
                TornWrites(name, buffer, length));
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            return _power.Change(() => _medium.Delete(name), () => { }, []);
        }

        /// <inheritdoc/>
        public bool Rename(string from, string to)
        {
            return _power.Change(() => _medium.Rename(from, to), () => { }, []);
        }

        private IEnumerable<Action> TornWrites(string name, byte[] buffer, int length)
        {
            var old = new byte[LongestFile];
            int oldLength = _medium.Read(name, old);
            for (int i = 0; i < length; i++)
            {
                int written = i;
                yield return () => _medium.Write(name, buffer, written);
                yield return () => WriteOver(new byte[length], length);
                if (oldLength >= 0)
                {
                    yield return () => WriteOver(old, Math.Max(oldLength, written));
                }

                void WriteOver(byte[] below, int whole)
                {
                    Array.Copy(buffer, below, written);
                    _medium.Write(name, below, whole);
                }
            }
        }
    }
}
