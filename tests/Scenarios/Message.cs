using System.Collections.Generic;
using NanoComm.Echonet;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A frame from the unit.</summary>
    internal sealed class Message
    {
        public Message(long at, byte[] frame)
        {
            At = at;
            Frame = frame;
            int offset = EchonetFrame.PropertiesOffset;
            for (int i = 0; i < frame[EchonetFrame.OpcOffset]; i++)
            {
                Properties[frame[offset]] = frame[(offset + 2)..(offset + 2 + frame[offset + 1])];
                offset += 2 + frame[offset + 1];
            }
        }

        /// <summary>Virtual time in milliseconds.</summary>
        public long At { get; }

        public byte[] Frame { get; }

        public byte Esv => Frame[EchonetFrame.EsvOffset];

        /// <summary>EDT by EPC, of the first list.</summary>
        public Dictionary<byte, byte[]> Properties { get; } = [];
    }
}
