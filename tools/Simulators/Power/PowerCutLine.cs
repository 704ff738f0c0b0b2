using System;
using NanoComm.Hal;

namespace NanoComm.Simulators
{
    /// <summary>The line of a unit whose power may go: without power nothing is sent, and nothing arrives.</summary>
    public sealed class PowerCutLine : ISerialLine
    {
        private readonly ISerialLine _line;
        private readonly PowerSupply _power;

        /// <summary>Puts a unit's power between it and its line.</summary>
        public PowerCutLine(ISerialLine line, PowerSupply power)
        {
            _line = line;
            _power = power;
        }

        /// <inheritdoc/>
        public int BaudRate => _line.BaudRate;

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _line.Notify(received);
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            return _power.IsOff ? 0 : _line.Read(buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Write(byte[] buffer, int offset, int count)
        {
            byte[] message = buffer.AsSpan(offset, count).ToArray();
            _power.Send(message, part => _line.Write(part.ToArray(), 0, part.Length));
            return true;
        }

        /// <inheritdoc/>
        public void DiscardInput()
        {
            _line.DiscardInput();
        }
    }
}
