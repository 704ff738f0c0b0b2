namespace NanoComm.Simulators.Dlms
{
    /// <summary>Sizes and times of a metering unit.</summary>
    public sealed record MeteringUnitOptions
    {
        /// <summary>HDLC address of the server, 1…125.</summary>
        public byte Address { get; init; } = 1;

        /// <summary>Longest HDLC information field, both ways, 32…2030.</summary>
        public int MaxInformationLength { get; init; } = HdlcParameters.DefaultLength;

        /// <summary>Longest APDU taken.</summary>
        public int MaxReceivePdu { get; init; } = 512;

        /// <summary>Longest APDU sent, even where the client would take more.</summary>
        public int MaxSendPdu { get; init; } = 1024;

        /// <summary>A pause this long inside a frame ends it, ms.</summary>
        public int InterOctetTimeout { get; init; } = 200;

        /// <summary>How long the unit is deaf after a failed authentication, ms.</summary>
        public int FailureCost { get; init; } = 1000;
    }
}
