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
        private const byte TicketTag = 0xDD;
        private const int CounterOffset = 1;
        private const int HlsResponseLength = 8 + Suite0.HeaderLength + Suite0.TagLength;

        // reply_to_HLS_authentication of the current association.
        private static readonly byte[] HlsRequest = [0xC3, 1, 0xC0, 0, 15, 0, 0, 40, 0, 0, 255, 1];

        private readonly Dictionary<string, string> _uses = [];

        /// <summary>Counters used, of both sides.</summary>
        public int Count => _uses.Count;

        /// <summary>Counters under which two messages were protected; any is one too many.</summary>
        public List<string> UsedTwice { get; } = [];

        /// <summary>Listens to another life of the unit; the keys stay the same.</summary>
        public void Attach(SimulatedUnit unit)
        {
            KeyRecord keys = unit.Server.State.Pairing;
            Attach(unit, keys.ClientTitle.ToArray(), [keys.Suite]);
        }

        /// <summary>Listens to another life of a unit.</summary>
        /// <param name="unit">The unit.</param>
        /// <param name="client">Its title.</param>
        /// <param name="suites">All the keys that there are; in each life of the units the same ones.</param>
        public void Attach(SimulatedUnit unit, byte[] client, IReadOnlyList<Suite0> suites)
        {
            var toFar = new HdlcDeframer();
            var toNear = new HdlcDeframer();
            unit.Line.FarEnd.Received += bytes => Listen(toFar, bytes, client, suites);
            unit.Server.Send += bytes => Listen(toNear, bytes, unit.Server.State.SystemTitle, suites);
        }

        private void Listen(HdlcDeframer deframer, ReadOnlyMemory<byte> bytes, byte[] title, IReadOnlyList<Suite0> suites)
        {
            foreach (HdlcFrame frame in deframer.Push(bytes.Span))
            {
                byte[] information = frame.Information.ToArray();
                if (information is [0xE6, 0xE6 or 0xE7, 0, .. byte[] apdu])
                {
                    Note(apdu, title, suites);
                }
            }
        }

        private void Note(byte[] apdu, byte[] title, IReadOnlyList<Suite0> suites)
        {
            if (apdu[0] is ApduTag.Aarq or ApduTag.Aare)
            {
                if (FindInitiate(apdu) is byte[] initiate)
                {
                    Use(title, Contents(initiate), suites, out _);
                }

                return;
            }

            if (apdu[0] == ApduTag.Exception)
            {
                return;
            }

            if (apdu[0] == TicketTag || apdu[0] == ApduTag.ActionResponse)
            {
                // On SAP 4: under keys of its own, and plain.
                return;
            }

            int key = Use(title, Contents(apdu), suites, out byte[] plain);
            bool isProof = plain != null && apdu[0] switch
            {
                ApduTag.ActionRequest + ApduTag.GlobalOffset => plain.AsSpan(0, HlsRequest.Length).SequenceEqual(HlsRequest),
                ApduTag.ActionResponse + ApduTag.GlobalOffset => plain.Length == HlsResponseLength,
                _ => false,
            };
            if (isProof)
            {
                // A proof ends both the request and the response of pass 3 and 4.
                Use(title, plain[^(Suite0.HeaderLength + Suite0.TagLength)..], key);
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

        // Under the keys that it verifies with; one that was altered on the way counts with the first.
        private int Use(byte[] title, byte[] contents, IReadOnlyList<Suite0> suites, out byte[] plain)
        {
            plain = null;
            int key = 0;
            for (int i = 0; i < suites.Count && plain == null; i++)
            {
                plain = suites[i].Unprotect(title, contents, out _);
                key = plain == null ? 0 : i;
            }

            Use(title, contents, key);
            return key;
        }

        private void Use(byte[] title, byte[] contents, int key)
        {
            string counter = key + " " + Convert.ToHexString([.. title, .. contents.AsSpan(CounterOffset, 4)]);
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
