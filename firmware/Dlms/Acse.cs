namespace NanoComm.Dlms
{
    /// <summary>What AARQ and AARE share: tags and names (IEC 62056-5-3, clause 8; ISO/IEC 8650-1).</summary>
    public static class Acse
    {
        /// <summary>Application context name.</summary>
        public const byte ContextName = 0xA1;

        /// <summary>Result of the AARE.</summary>
        public const byte Result = 0xA2;

        /// <summary>Result-source-diagnostic of the AARE.</summary>
        public const byte Diagnostic = 0xA3;

        /// <summary>Responding AP title: the server's system title.</summary>
        public const byte RespondingTitle = 0xA4;

        /// <summary>Calling AP title: the client's system title.</summary>
        public const byte CallingTitle = 0xA6;

        /// <summary>Responder ACSE requirements of the AARE.</summary>
        public const byte ResponderRequirements = 0x88;

        /// <summary>Mechanism name in the AARE.</summary>
        public const byte ResponderMechanism = 0x89;

        /// <summary>Sender ACSE requirements of the AARQ.</summary>
        public const byte SenderRequirements = 0x8A;

        /// <summary>Mechanism name in the AARQ.</summary>
        public const byte SenderMechanism = 0x8B;

        /// <summary>StoC in the AARE.</summary>
        public const byte RespondingAuthentication = 0xAA;

        /// <summary>CtoS in the AARQ.</summary>
        public const byte CallingAuthentication = 0xAC;

        /// <summary>User information: the xDLMS Initiate APDU.</summary>
        public const byte UserInformation = 0xBE;

        /// <summary>The authentication value is a character string.</summary>
        public const byte CharString = 0x80;

        /// <summary>BER INTEGER.</summary>
        public const byte Integer = 0x02;

        /// <summary>BER OCTET STRING.</summary>
        public const byte OctetString = 0x04;

        /// <summary>BER OBJECT IDENTIFIER.</summary>
        public const byte ObjectIdentifier = 0x06;

        /// <summary>Bytes of the names below.</summary>
        public const int NameLength = 7;

        /// <summary>Last byte of the context name: logical names, no ciphering.</summary>
        public const byte ContextPlain = 1;

        /// <summary>Last byte of the context name: logical names with ciphering.</summary>
        public const byte ContextCiphered = 3;

        /// <summary>Last byte of the mechanism name: HLS with GMAC.</summary>
        public const byte MechanismGmac = 5;

        private const byte ContextArc = 1;
        private const byte MechanismArc = 2;
        private const byte RequirementsLength = 2;
        private const byte UnusedBits = 7;
        private const byte AuthenticationBit = 0x80;

        /// <summary>Writes an application context name: 2.16.756.5.8.1.x.</summary>
        /// <param name="writer">Takes 7 bytes.</param>
        /// <param name="context">Its last byte.</param>
        public static void WriteContext(ApduWriter writer, byte context)
        {
            WriteName(writer, ContextArc, context);
        }

        /// <summary>Writes a mechanism name: 2.16.756.5.8.2.x.</summary>
        /// <param name="writer">Takes 7 bytes.</param>
        /// <param name="mechanism">Its last byte.</param>
        public static void WriteMechanism(ApduWriter writer, byte mechanism)
        {
            WriteName(writer, MechanismArc, mechanism);
        }

        /// <summary>Reads an application context name that must be this one.</summary>
        /// <param name="reader">At the name.</param>
        /// <param name="context">Its last byte.</param>
        public static void ExpectContext(ApduReader reader, byte context)
        {
            ExpectName(reader, ContextArc, context);
        }

        /// <summary>Reads a mechanism name that must be this one.</summary>
        /// <param name="reader">At the name.</param>
        /// <param name="mechanism">Its last byte.</param>
        public static void ExpectMechanism(ApduReader reader, byte mechanism)
        {
            ExpectName(reader, MechanismArc, mechanism);
        }

        /// <summary>Writes length and bits of the ACSE requirements: authentication.</summary>
        /// <param name="writer">Takes 3 bytes.</param>
        public static void WriteRequirements(ApduWriter writer)
        {
            writer.WriteU8(RequirementsLength);
            writer.WriteU8(UnusedBits);
            writer.WriteU8(AuthenticationBit);
        }

        private static void WriteName(ApduWriter writer, byte arc, byte last)
        {
            writer.WriteU8(0x60);
            writer.WriteU8(0x85);
            writer.WriteU8(0x74);
            writer.WriteU8(0x05);
            writer.WriteU8(0x08);
            writer.WriteU8(arc);
            writer.WriteU8(last);
        }

        private static void ExpectName(ApduReader reader, byte arc, byte last)
        {
            reader.Expect(0x60);
            reader.Expect(0x85);
            reader.Expect(0x74);
            reader.Expect(0x05);
            reader.Expect(0x08);
            reader.Expect(arc);
            reader.Expect(last);
        }
    }
}
