using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>An xDLMS initiate request (Green Book 9.4.6).</summary>
    /// <param name="Conformance">What the client proposes.</param>
    /// <param name="MaxPdu">Longest APDU that it takes, 0 = no limit.</param>
    public readonly record struct InitiateRequest(Conformance Conformance, int MaxPdu)
    {
        /// <summary>The version that both sides speak.</summary>
        public const byte DlmsVersion = 6;

        private const ushort VaaOfLogicalNames = 0x0007;

        /// <summary>Reads a plain initiate request. A dedicated key is refused: suite 0 is used with global keys
        /// only.</summary>
        public static bool TryParse(ReadOnlySpan<byte> apdu, out InitiateRequest request)
        {
            var reader = new AxdrReader(apdu);
            reader.Expect(ApduTag.InitiateRequest);
            reader.Expect((byte)0);
            if (reader.Byte() != 0)
            {
                reader.Byte();
            }

            if (reader.Byte() != 0)
            {
                reader.Byte();
            }

            reader.Expect(DlmsVersion);
            reader.Expect(0x5F);
            reader.Expect((byte)0x1F);
            reader.Expect((byte)4);
            reader.Expect((byte)0);
            int conformance = (reader.Byte() << 16) | reader.UInt16();
            request = new InitiateRequest((Conformance)conformance, reader.UInt16());
            return reader.IsGoodToTheEnd;
        }

        /// <summary>Writes the plain response to it.</summary>
        public static byte[] Respond(Conformance conformance, int maxPdu)
        {
            return new AxdrWriter().Byte(ApduTag.InitiateResponse).Byte(0).Byte(DlmsVersion)
                .Byte(0x5F).Byte(0x1F).Byte(4).Byte(0).Byte((byte)((int)conformance >> 16)).UInt16((int)conformance)
                .UInt16(maxPdu).UInt16(VaaOfLogicalNames).ToArray();
        }
    }
}
