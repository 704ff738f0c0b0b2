namespace NanoComm.Dlms
{
    /// <summary>
    /// The control field of an HDLC frame (IEC 62056-46, 6.4.3.3; sequence numbers modulo 8). In the commands of the
    /// client and the responses of the server the poll/final bit is set: the window is one frame.
    /// </summary>
    public static class HdlcControl
    {
        /// <summary>Set normal response mode: opens the link.</summary>
        public const byte Snrm = 0x93;

        /// <summary>Unnumbered acknowledge.</summary>
        public const byte Ua = 0x73;

        /// <summary>Disconnected mode: the answer of a server that knows of no link.</summary>
        public const byte Dm = 0x1F;

        /// <summary>Frame reject.</summary>
        public const byte Frmr = 0x97;

        /// <summary>The poll/final bit.</summary>
        public const byte PollFinal = 0x10;

        private const int SupervisoryMask = 0x0F;
        private const int SupervisoryReady = 0x01;
        private const int SupervisoryNotReady = 0x05;

        /// <summary>Makes the control field of an information frame.</summary>
        /// <param name="sendNumber">N(S), 0…7.</param>
        /// <param name="receiveNumber">N(R), 0…7.</param>
        public static byte Information(int sendNumber, int receiveNumber)
        {
            return (byte)((receiveNumber << 5) | PollFinal | (sendNumber << 1));
        }

        /// <summary>Makes the control field of a receive-ready frame.</summary>
        /// <param name="receiveNumber">N(R), 0…7.</param>
        public static byte ReceiveReady(int receiveNumber)
        {
            return (byte)((receiveNumber << 5) | PollFinal | SupervisoryReady);
        }

        /// <summary>Whether this is an information frame.</summary>
        /// <param name="control">The control field.</param>
        public static bool IsInformation(byte control)
        {
            return (control & 0x01) == 0;
        }

        /// <summary>Whether this is a receive-ready frame.</summary>
        /// <param name="control">The control field.</param>
        public static bool IsReceiveReady(byte control)
        {
            return (control & SupervisoryMask) == SupervisoryReady;
        }

        /// <summary>Whether this is a receive-not-ready frame.</summary>
        /// <param name="control">The control field.</param>
        public static bool IsReceiveNotReady(byte control)
        {
            return (control & SupervisoryMask) == SupervisoryNotReady;
        }

        /// <summary>Whether this is a certain unnumbered frame, whatever its poll/final bit.</summary>
        /// <param name="control">The control field.</param>
        /// <param name="unnumbered">One of the constants above.</param>
        public static bool Is(byte control, byte unnumbered)
        {
            return (control | PollFinal) == unnumbered;
        }

        /// <summary>N(S) of an information frame.</summary>
        /// <param name="control">The control field.</param>
        public static int SendNumber(byte control)
        {
            return (control >> 1) & 0x07;
        }

        /// <summary>N(R) of an information or supervisory frame.</summary>
        /// <param name="control">The control field.</param>
        public static int ReceiveNumber(byte control)
        {
            return control >> 5;
        }
    }
}
