using System;
using System.Collections.Generic;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Listens at the metering unit's end of the line and notes under which counters messages are protected, by title:
    /// the counter of the message, and that of the proof within. One message sent again as it was is no second use.
    /// </summary>
    internal sealed class CounterWatch
    {
        private const byte UserInformation = 0xBE;
        private const int CounterOffset = 1;

        private readonly Dictionary<string, string> _uses = [];

        /// <summary>Counters used, of both sides.</summary>
        public int Count => _uses.Count;

        /// <summary>Counters under which two messages were protected; any is one too many.</summary>
        public List<string> UsedTwice { get; } = [];

        /// <summary>Listens to another life of the unit, as long as the keys stay the same.</summary>
        public void Attach(SimulatedUnit unit)
        {
            KeyRecord keys = unit.Server.State.Pairing;
            var toFar = new HdlcDeframer();
            var toNear = new HdlcDeframer();
            byte[] client = keys.ClientTitle.ToArray();
            unit.Line.FarEnd.Received += bytes => ListenTo(toFar, bytes, client);
            unit.Server.Send += bytes => ListenTo(toNear, bytes, unit.Server.State.SystemTitle);

            void ListenTo(HdlcDeframer deframer, ReadOnlyMemory<byte> bytes, byte[] title)
            {
                if (unit.Server.State.Pairing == keys)
                {
                    Listen(deframer, bytes, title, keys.Suite);
                }
            }
        }

        private void Listen(HdlcDeframer deframer, ReadOnlyMemory<byte> bytes, byte[] title, Suite0 suite)
        {
            foreach (HdlcFrame frame in deframer.Push(bytes.Span))
            {
                byte[] information = frame.Information.ToArray();
                if (information is [0xE6, 0xE6 or 0xE7, 0, .. byte[] apdu])
                {
                    Note(apdu, title, suite);
                }
            }
        }

        private void Note(byte[] apdu, byte[] title, Suite0 suite)
        {
            if (apdu[0] is ApduTag.Aarq or ApduTag.Aare)
            {
                if (FindInitiate(apdu) is byte[] initiate)
                {
                    Use(title, Contents(initiate));
                }

                return;
            }

            if (apdu[0] == ApduTag.Exception)
            {
                return;
            }

            byte[] contents = Contents(apdu);
            Use(title, contents);
            bool isAction = apdu[0] is ApduTag.ActionRequest + ApduTag.GlobalOffset
                or ApduTag.ActionResponse + ApduTag.GlobalOffset;
            byte[] plain = isAction ? suite.Unprotect(title, contents, out _) : null;
            if (plain != null)
            {
                // A proof ends both the request and the response of pass 3 and 4.
                Use(title, plain[^(Suite0.HeaderLength + Suite0.TagLength)..]);
            }
        }

        // Behind the tag and a length of one to three bytes: security control, counter, ciphertext, tag.
        private static byte[] Contents(byte[] apdu)
        {
            int longer = apdu[1] < 0x80 ? 0 : apdu[1] & 0x7F;
            return apdu[(2 + longer)..];
        }

        private static byte[] FindInitiate(byte[] apdu)
        {
            for (int i = 2; i < apdu.Length; i += 2 + apdu[i + 1])
            {
                if (apdu[i] == UserInformation)
                {
                    return apdu[(i + 4)..];
                }
            }

            return null;
        }

        private void Use(byte[] title, byte[] contents)
        {
            string counter = Convert.ToHexString([.. title, .. contents.AsSpan(CounterOffset, 4)]);
            string message = Convert.ToHexString(contents);
            if (_uses.TryAdd(counter, message))
            {
                return;
            }

            if (_uses[counter] != message)
            {
                UsedTwice.Add(counter);
            }
        }
    }
}
