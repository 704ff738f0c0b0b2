namespace NanoComm.Simulators.Dlms
{
    /// <summary>Control fields of HDLC frames (Green Book 8.4.3.3); the poll/final bit is set in each.</summary>
    public static class HdlcControl
    {
        /// <summary>The poll/final bit.</summary>
        public const byte PollFinal = 0x10;

        /// <summary>Set normal response mode.</summary>
        public const byte Snrm = 0x93;

        /// <summary>Disconnect.</summary>
        public const byte Disc = 0x53;

        /// <summary>Unnumbered acknowledge.</summary>
        public const byte Ua = 0x73;

        /// <summary>Disconnected mode.</summary>
        public const byte Dm = 0x1F;

        /// <summary>Information, N(R) in the upper three bits, N(S) in bits 1…3.</summary>
        public static byte Information(int receive, int send)
        {
            return (byte)((receive << 5) | PollFinal | (send << 1));
        }

        /// <summary>Receive ready, N(R) in the upper three bits.</summary>
        public static byte ReceiveReady(int receive)
        {
            return (byte)((receive << 5) | PollFinal | 0x01);
        }

        /// <summary>Whether a control field is that of an information frame.</summary>
        public static bool IsInformation(byte control)
        {
            return (control & 0x01) == 0;
        }

        /// <summary>Whether a control field is that of a receive-ready frame.</summary>
        public static bool IsReceiveReady(byte control)
        {
            return (control & 0x0F) == 0x01;
        }

        /// <summary>N(R).</summary>
        public static int ReceiveNumber(byte control)
        {
            return control >> 5;
        }

        /// <summary>N(S).</summary>
        public static int SendNumber(byte control)
        {
            return (control >> 1) & 7;
        }
    }
}
