namespace NanoComm.Dlms
{
    /// <summary>Writes the AARQ (IEC 62056-5-3, clause 8).</summary>
    public static class AarqWriter
    {
        /// <summary>Bytes of our challenge CtoS.</summary>
        public const int ChallengeLength = 16;

        private const int GloInitiateLength =
            Ciphering.SecurityHeaderLength + Initiate.RequestLength + Ciphering.TagLength;

        /// <summary>Writes the AARQ of an association without authentication and ciphering.</summary>
        /// <param name="writer">Opened.</param>
        /// <param name="maxResponse">Longest APDU that we can receive, in bytes.</param>
        public static void WritePublic(ApduWriter writer, int maxResponse)
        {
            int lengthAt = WriteHead(writer, Acse.ContextPlain);
            WriteUserInformationHead(writer, Initiate.RequestLength);
            Initiate.WriteRequest(writer, maxResponse);
            WriteLengthAt(writer, lengthAt);
        }

        /// <summary>Writes the AARQ of an association with ciphering and HLS mechanism 5.</summary>
        /// <param name="writer">Opened.</param>
        /// <param name="context">Gives the client title.</param>
        /// <param name="ciphering">Begun with the context.</param>
        /// <param name="counter">Our counter, for this AARQ alone.</param>
        /// <param name="challenge">CtoS, <see cref="ChallengeLength"/> bytes.</param>
        /// <param name="maxResponse">Longest APDU that we can receive, in bytes.</param>
        public static void WriteCiphered(
            ApduWriter writer,
            SecurityContext context,
            Ciphering ciphering,
            uint counter,
            byte[] challenge,
            int maxResponse)
        {
            int lengthAt = WriteHead(writer, Acse.ContextCiphered);
            writer.WriteU8(Acse.CallingTitle);
            writer.WriteU8(SecurityContext.TitleLength + 2);
            writer.WriteU8(Acse.OctetString);
            writer.WriteU8(SecurityContext.TitleLength);
            writer.Write(context.ClientTitle, 0, SecurityContext.TitleLength);
            writer.WriteU8(Acse.SenderRequirements);
            Acse.WriteRequirements(writer);
            writer.WriteU8(Acse.SenderMechanism);
            writer.WriteU8(Acse.NameLength);
            Acse.WriteMechanism(writer, Acse.MechanismGmac);
            writer.WriteU8(Acse.CallingAuthentication);
            writer.WriteU8(ChallengeLength + 2);
            writer.WriteU8(Acse.CharString);
            writer.WriteU8(ChallengeLength);
            writer.Write(challenge, 0, ChallengeLength);
            WriteUserInformationHead(writer, 2 + GloInitiateLength);
            writer.WriteU8(ApduTag.GloInitiateRequest);
            writer.WriteU8(GloInitiateLength);
            writer.Reserve(Ciphering.SecurityHeaderLength);
            int initiate = writer.Position;
            Initiate.WriteRequest(writer, maxResponse);
            writer.Reserve(Ciphering.TagLength);
            if (writer.IsGood)
            {
                ciphering.Seal(counter, writer.Buffer, initiate, Initiate.RequestLength);
                WriteLengthAt(writer, lengthAt);
            }
        }

        private static int WriteHead(ApduWriter writer, byte context)
        {
            writer.WriteU8(ApduTag.Aarq);
            int lengthAt = writer.Reserve(1);
            writer.WriteU8(Acse.ContextName);
            writer.WriteU8(Acse.NameLength + 2);
            writer.WriteU8(Acse.ObjectIdentifier);
            writer.WriteU8(Acse.NameLength);
            Acse.WriteContext(writer, context);
            return lengthAt;
        }

        private static void WriteUserInformationHead(ApduWriter writer, int length)
        {
            writer.WriteU8(Acse.UserInformation);
            writer.WriteU8(length + 2);
            writer.WriteU8(Acse.OctetString);
            writer.WriteU8(length);
        }

        // All of an AARQ has a known length, below 128.
        private static void WriteLengthAt(ApduWriter writer, int lengthAt)
        {
            writer.Buffer[lengthAt] = (byte)(writer.Position - lengthAt - 1);
        }
    }
}
