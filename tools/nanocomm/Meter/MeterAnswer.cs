using System;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>An AARE, as far as the client looks at it (Green Book 9.4.2).</summary>
    internal sealed class MeterAnswer
    {
        /// <summary>0: accepted.</summary>
        public int Result { get; private set; } = -1;

        /// <summary>Why not; the number of the standard.</summary>
        public int Diagnostic { get; private set; }

        /// <summary>System title of the metering unit; empty when it tells none.</summary>
        public byte[] Title { get; private set; } = [];

        /// <summary>StoC; empty without one.</summary>
        public byte[] Challenge { get; private set; } = [];

        /// <summary>The initiate response, ciphered.</summary>
        public byte[] Initiate { get; private set; } = [];

        /// <summary>Reads one.</summary>
        /// <returns>Null when it is none.</returns>
        public static MeterAnswer Parse(byte[] apdu)
        {
            var reader = new AxdrReader(apdu);
            reader.Expect(ApduTag.Aare);
            reader.Require(reader.Count() == reader.Left);
            var answer = new MeterAnswer();
            while (reader.IsGood && reader.Left > 0)
            {
                byte field = reader.Byte();
                var value = new AxdrReader(reader.Bytes(reader.Count()));
                answer.Take(field, ref value);
                reader.Require(value.IsGood);
            }

            return reader.IsGood && answer.Result >= 0 ? answer : null;
        }

        private void Take(byte field, ref AxdrReader value)
        {
            switch (field)
            {
                case 0xA2:
                    Result = Inner(ref value, 0x02)[0];
                    break;
                case 0xA3:
                    var diagnostic = new AxdrReader(Inner(ref value, 0xA1, 0xA2));
                    Diagnostic = Inner(ref diagnostic, 0x02)[0];
                    break;
                case 0xA4:
                    Title = Inner(ref value, 0x04);
                    break;
                case 0xAA:
                    Challenge = Inner(ref value, 0x80);
                    break;
                case 0xBE:
                    Initiate = Inner(ref value, 0x04);
                    break;
            }
        }

        // At least one byte, so that a number can be taken.
        private static byte[] Inner(ref AxdrReader reader, params byte[] tags)
        {
            reader.Require(Array.IndexOf(tags, reader.Byte()) >= 0);
            byte[] bytes = reader.Bytes(reader.Count()).ToArray();
            reader.Require(bytes.Length > 0);
            return bytes.Length > 0 ? bytes : [0];
        }
    }
}
