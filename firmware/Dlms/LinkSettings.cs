namespace NanoComm.Dlms
{
    /// <summary>What the link to the server can be given, before the client is made.</summary>
    public sealed class LinkSettings
    {
        /// <summary>HDLC address of the server, 1…127.</summary>
        public int ServerAddress = 1;

        /// <summary>Longest information field in bytes, both ways, 32…2,030. 128 is the standard's default.</summary>
        public int MaxInformation = HdlcLink.DefaultInformation;

        /// <summary>Milliseconds a server may take from the end of a command to the begin of its response.</summary>
        public int ServerTurnaround = 1000;

        /// <summary>Milliseconds of that which a server is given even for a command that is sent again as soon as it
        /// takes longer than it usually does.</summary>
        public int LeastTurnaround = 40;

        /// <summary>How often a command without response is sent again.</summary>
        public int Retries = 2;

        /// <summary>Milliseconds of silence that end a frame, beyond the time of ten characters. Above what the
        /// operating system may hold bytes back.</summary>
        public int InterOctetMargin = 50;

        /// <summary>Longest request APDU in bytes, 256…65,535: a list of 16 attributes needs less than 256.</summary>
        public int MaxRequest = 512;

        /// <summary>Longest response APDU in bytes that the server is told to send, 64…65,535 (client-max-receive-
        /// pdu-size); anything longer comes in blocks.</summary>
        public int MaxResponse = 1024;

        /// <summary>Longest data in bytes that a response in blocks may add up to, and longest block with a
        /// row.</summary>
        public int MaxData = 2048;
    }
}
