using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Listens to what both sides send, whether it arrives or not, and notes under which keys and counters messages are
    /// protected: the counter of the message, and that of the proof within. One message sent again as it was is no
    /// second use.
    /// </summary>
    internal sealed class CounterWatch
    {
        private const byte UserInformation = 0xBE;
        private const int CounterOffset = 1;

        private readonly List<Keys> _known = [];
        private readonly Dictionary<byte, Keys> _sessions = [];
        private readonly Dictionary<string, string> _uses = [];

        /// <summary>Counters used, of both sides.</summary>
        public int Count => _uses.Count;

        /// <summary>Counters under which two messages were protected; any is one too many.</summary>
        public List<string> UsedTwice { get; } = [];

        /// <summary>Associations that were asked for under keys that are not known here; any is one too many.</summary>
        public List<string> Strange { get; } = [];

        /// <summary>Makes keys known: both sides may use them from now on.</summary>
        public void Know(PairingKeys keys)
        {
            _known.Add(new Keys(keys.ClientTitle, new Suite0(keys.EncryptionKey, keys.AuthenticationKey)));
        }

        /// <summary>Listens to another life of a unit that is paired; the keys stay the same.</summary>
        public void Attach(SimulatedUnit unit)
        {
            KeyRecord keys = unit.Server.State.Pairing;
            if (_known.Count == 0)
            {
                _known.Add(new Keys(keys.ClientTitle.ToArray(), keys.Suite));
            }

            ListenToUnit(unit.Power);
            ListenToMeter(unit.Server);
        }

        /// <summary>Listens to a communication unit.</summary>
        public void ListenToUnit(PowerSupply unit)
        {
            unit.Sending += message => Listen(message, null);
        }

        /// <summary>Listens to a metering unit.</summary>
        public void ListenToMeter(MeteringUnitServer meter)
        {
            meter.Power.Sending += message => Listen(message, meter.State.SystemTitle);
        }

        // A message is a frame; of a long APDU the first one has the counter.
        private void Listen(ReadOnlyMemory<byte> message, byte[] meterTitle)
        {
            foreach (HdlcFrame frame in new HdlcDeframer().Push(message.Span))
            {
                byte[] information = frame.Information.ToArray();
                if (information is [0xE6, 0xE6 or 0xE7, 0, .. byte[] apdu])
                {
                    byte sap = (byte)(meterTitle == null ? frame.Source : frame.Destination).Upper;
                    Note(sap, apdu, meterTitle, frame.IsSegmented);
                }
            }
        }

        private void Note(byte sap, byte[] apdu, byte[] meterTitle, bool isSegmented)
        {
            bool isAssociation = apdu[0] is ApduTag.Aarq or ApduTag.Aare;
            byte[] contents = isAssociation ? FindInitiate(apdu) : Contents(apdu);
            if (apdu[0] == ApduTag.Aarq && sap is (byte)SapKind.Pairing or (byte)SapKind.Pending)
            {
                Begin(sap, contents);
            }

            bool isCiphered = apdu[0] is >= ApduTag.GetRequest + ApduTag.GlobalOffset
                and <= ApduTag.ActionResponse + ApduTag.GlobalOffset;
            if (contents == null || !(isAssociation || isCiphered) || !_sessions.TryGetValue(sap, out Keys keys))
            {
                return;
            }

            byte[] title = meterTitle ?? keys.ClientTitle;
            Use(keys, title, contents);
            bool isAction = apdu[0] is ApduTag.ActionRequest + ApduTag.GlobalOffset
                or ApduTag.ActionResponse + ApduTag.GlobalOffset;
            byte[] plain = isAction && !isSegmented ? keys.Suite.Unprotect(title, contents, out _) : null;
            if (plain != null && IsProof(plain))
            {
                Use(keys, title, plain[^(Suite0.HeaderLength + Suite0.TagLength)..]);
            }
        }

        // A proof ends both the request and the response of pass 3 and 4, an octet-string.
        private static bool IsProof(byte[] plain)
        {
            const int length = Suite0.HeaderLength + Suite0.TagLength;
            return plain.Length > length + 2 && plain[^(length + 2)] == (byte)DataTag.OctetString
                && plain[^(length + 1)] == length;
        }

        private void Begin(byte sap, byte[] initiate)
        {
            Keys keys = _known.LastOrDefault(one => one.Suite.Unprotect(one.ClientTitle, initiate, out _) != null);
            if (keys == null)
            {
                Strange.Add(Convert.ToHexString(initiate));
                return;
            }

            _sessions[sap] = keys;
        }

        // Behind the tag and a length of one to three bytes: security control, counter, ciphertext, tag.
        private static byte[] Contents(byte[] apdu)
        {
            int longer = apdu[1] < 0x80 ? 0 : apdu[1] & 0x7F;
            return apdu[(2 + longer)..];
        }

        // Behind its own tag and length, as above.
        private static byte[] FindInitiate(byte[] apdu)
        {
            for (int i = 2; i < apdu.Length; i += 2 + apdu[i + 1])
            {
                if (apdu[i] == UserInformation)
                {
                    return Contents(apdu[(i + 4)..]);
                }
            }

            return null;
        }

        private void Use(Keys keys, byte[] title, byte[] contents)
        {
            string counter = _known.IndexOf(keys) + " "
                + Convert.ToHexString([.. title, .. contents.AsSpan(CounterOffset, 4)]);
            string message = Convert.ToHexString(contents);
            if (!_uses.TryAdd(counter, message) && _uses[counter] != message)
            {
                UsedTwice.Add(counter);
            }
        }

        private sealed record Keys(byte[] ClientTitle, Suite0 Suite);
    }
}
