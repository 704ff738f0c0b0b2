namespace NanoComm.Simulators.Dlms
{
    /// <summary>Writes AAREs (Green Book 9.4.2).</summary>
    public static class AssociationResponse
    {
        /// <summary>Object identifier of the context "logical names, no ciphering".</summary>
        public static readonly byte[] PlainContext = [0x60, 0x85, 0x74, 0x05, 0x08, 0x01, 0x01];

        /// <summary>Object identifier of the context "logical names, with ciphering".</summary>
        public static readonly byte[] CipheredContext = [0x60, 0x85, 0x74, 0x05, 0x08, 0x01, 0x03];

        /// <summary>Object identifier of no authentication.</summary>
        public static readonly byte[] NoMechanism = [0x60, 0x85, 0x74, 0x05, 0x08, 0x02, 0x00];

        /// <summary>Object identifier of HLS with GMAC.</summary>
        public static readonly byte[] GmacMechanism = [0x60, 0x85, 0x74, 0x05, 0x08, 0x02, 0x05];

        /// <summary>The association is there, or is there once authenticated.</summary>
        /// <param name="context">Object identifier of the context.</param>
        /// <param name="serverTitle">Own system title; null to tell none.</param>
        /// <param name="challenge">StoC; null without authentication.</param>
        /// <param name="initiate">The InitiateResponse.</param>
        public static byte[] Accept(byte[] context, byte[] serverTitle, byte[] challenge, byte[] initiate)
        {
            AxdrWriter body = Begin(context, 0,
                challenge == null ? AssociationDiagnostic.None : AssociationDiagnostic.AuthenticationRequired);
            if (serverTitle != null)
            {
                AddTitle(body, serverTitle);
            }

            if (challenge != null)
            {
                body.Byte(0x88).Count(2).Byte(0x07).Byte(0x80);
                body.Byte(0x89).Count(GmacMechanism.Length).Bytes(GmacMechanism);
                body.Byte(0xAA).Count(challenge.Length + 2).Byte(0x80).Count(challenge.Length).Bytes(challenge);
            }

            body.Byte(0xBE).Count(initiate.Length + 2).Byte(0x04).Count(initiate.Length).Bytes(initiate);
            return End(body);
        }

        /// <summary>There is no association.</summary>
        /// <param name="context">Object identifier of the context.</param>
        /// <param name="serverTitle">Own system title; null in a context without ciphering.</param>
        /// <param name="why">What is told.</param>
        public static byte[] Reject(byte[] context, byte[] serverTitle, AssociationDiagnostic why)
        {
            AxdrWriter body = Begin(context, 1, why);
            if (serverTitle != null)
            {
                AddTitle(body, serverTitle);
            }

            return End(body);
        }

        private static void AddTitle(AxdrWriter body, byte[] title)
        {
            body.Byte(0xA4).Count(title.Length + 2).Byte(0x04).Count(title.Length).Bytes(title);
        }

        private static AxdrWriter Begin(byte[] context, byte result, AssociationDiagnostic diagnostic)
        {
            return new AxdrWriter()
                .Byte(0xA1).Count(context.Length + 2).Byte(0x06).Count(context.Length).Bytes(context)
                .Byte(0xA2).Count(3).Byte(0x02).Count(1).Byte(result)
                .Byte(0xA3).Count(5).Byte(0xA1).Count(3).Byte(0x02).Count(1).Byte((byte)diagnostic);
        }

        private static byte[] End(AxdrWriter body)
        {
            return new AxdrWriter().Byte(ApduTag.Aare).Count(body.Length).Bytes(body.ToArray()).ToArray();
        }
    }
}
