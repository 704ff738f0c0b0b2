using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.MeterLink;

namespace NanoComm.Orders
{
    /// <summary>
    /// The metering unit's Order box (docs/orders.md: class 8193, 0-0:96.130.1.255), asked through the client that the
    /// metering loop has, in the association that reads.
    /// </summary>
    internal sealed class OrderBox
    {
        private const int ClassId = 8193;
        private const byte OrderAttribute = 2;
        private const byte WaitingAttribute = 3;
        private const byte AnswerMethod = 2;
        private const int ShortHead = 2;
        private const int LongHead = 3;
        private const byte OneMoreByte = 0x81;

        // Of what is longer the beginning is no order either.
        private const int MaxFile = 256;

        private readonly DlmsClient _client;
        private readonly GetItem _waiting = new GetItem(Member(WaitingAttribute));

        /// <summary>Makes it; nothing is sent.</summary>
        /// <param name="client">The client.</param>
        public OrderBox(DlmsClient client)
        {
            _client = client;
        }

        /// <summary>Asks whether an order waits.</summary>
        /// <param name="waits">Whether one does, as far as is known.</param>
        public DlmsResult Ask(out bool waits)
        {
            DlmsResult result = _client.Get(_waiting);
            waits = CosemNumber.Read(_waiting, out long hint) && hint != 0;
            return result;
        }

        /// <summary>Reads the order.</summary>
        /// <param name="file">The order file, or what is there in its place; null where there is nothing.</param>
        public DlmsResult Read(out byte[] file)
        {
            var item = new GetItem(Member(OrderAttribute));
            DlmsResult result = _client.Get(item);
            file = null;
            if (item.Buffer != null && item.Buffer[item.Offset] == CosemType.OctetString)
            {
                int head = item.Buffer[item.Offset + 1] == OneMoreByte ? LongHead : ShortHead;
                int length = item.Length - head < MaxFile ? item.Length - head : MaxFile;
                file = length <= 0 ? null : Octets.Part(item.Buffer, item.Offset + head, length);
            }

            return result;
        }

        /// <summary>Hands an answer over.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length, 1…200.</param>
        public DlmsResult Answer(byte[] buffer, int offset, int length)
        {
            int head = length < OneMoreByte - 1 ? ShortHead : LongHead;
            var parameter = new byte[head + length];
            parameter[0] = CosemType.OctetString;
            parameter[1] = OneMoreByte;
            parameter[head - 1] = (byte)length;
            Array.Copy(buffer, offset, parameter, head, length);
            return _client.Act(Member(AnswerMethod), parameter, parameter.Length, out int _, out int _);
        }

        private static CosemDescriptor Member(byte member)
        {
            return new CosemDescriptor(ClassId, 0, 0, 96, 130, 1, member);
        }
    }
}
