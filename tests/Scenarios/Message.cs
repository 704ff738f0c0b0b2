using System.Collections.Generic;
using NanoComm.Hems;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A frame from the unit, as a controller reads it.</summary>
    internal sealed class Message
    {
        public Message(long at, byte[] frame)
        {
            At = at;
            Frame = frame;
            EchonetMessage message = EchonetMessage.Parse(frame);
            Esv = message.Esv;
            foreach ((byte epc, byte[] edt) in message.Properties)
            {
                Properties[epc] = edt;
            }
        }

        /// <summary>Virtual time in milliseconds.</summary>
        public long At { get; }

        public byte[] Frame { get; }

        public byte Esv { get; }

        /// <summary>EDT by EPC.</summary>
        public Dictionary<byte, byte[]> Properties { get; } = [];
    }
}
