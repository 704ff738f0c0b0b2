using System;
using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.Tests.Host.WiSun
{
    /// <summary>A line on which one of the lines that a module says comes otherwise, or late.</summary>
    internal sealed class DisturbedLine(FakeModule module, int number, Func<byte[], byte[]> change, long delay)
        : ISerialLine
    {
        private readonly List<byte> _line = [];
        private readonly Queue<byte> _arrived = new();
        private readonly byte[] _one = new byte[1];
        private byte[] _held;
        private long _heldUntil;

        /// <summary>Lines said so far.</summary>
        public int Lines { get; private set; }

        /// <summary>The line that was changed, as it was.</summary>
        public byte[] Original { get; private set; } = [];

        /// <summary>The clock.</summary>
        public IClock Clock { get; set; }

        public int BaudRate => module.BaudRate;

        public void Notify(ISignal received)
        {
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            while (module.Read(_one, 0, 1) == 1)
            {
                _line.Add(_one[0]);
                if (_one[0] == '\n')
                {
                    Pass();
                }
            }

            if (_held != null && Clock.Milliseconds >= _heldUntil)
            {
                Arrive(_held);
                _held = null;
            }

            int read = 0;
            while (read < count && _arrived.TryDequeue(out byte value))
            {
                buffer[offset + read++] = value;
            }

            return read;
        }

        public bool Write(byte[] buffer, int offset, int count)
        {
            return module.Write(buffer, offset, count);
        }

        public void DiscardInput()
        {
            module.DiscardInput();
            _arrived.Clear();
            _line.Clear();
            _held = null;
        }

        private void Pass()
        {
            byte[] line = _line.ToArray();
            _line.Clear();
            if (Lines++ != number)
            {
                Arrive(line);
                return;
            }

            Original = line;
            if (delay == 0)
            {
                Arrive(change(line));
            }
            else
            {
                _held = line;
                _heldUntil = Clock.Milliseconds + delay;
            }
        }

        private void Arrive(byte[] bytes)
        {
            foreach (byte value in bytes)
            {
                _arrived.Enqueue(value);
            }
        }
    }
}
