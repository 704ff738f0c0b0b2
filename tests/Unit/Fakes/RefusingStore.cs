using System;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A store of one record that can be full.</summary>
    public sealed class RefusingStore : IDurableStore
    {
        public byte[] Record { get; set; }

        public bool IsFull { get; set; }

        /// <summary>Whether a write is done and yet said to have failed.</summary>
        public bool IsPessimist { get; set; }

        public int Read(string name, byte[] buffer)
        {
            Record.CopyTo(buffer, 0);
            return Record.Length;
        }

        public int LengthOf(string name)
        {
            return Record.Length;
        }

        public bool Write(string name, byte[] buffer, int length)
        {
            if (!IsFull)
            {
                Record = new byte[length];
                Array.Copy(buffer, Record, length);
            }

            return !IsFull && !IsPessimist;
        }

        public bool Delete(string name)
        {
            return false;
        }
    }
}
