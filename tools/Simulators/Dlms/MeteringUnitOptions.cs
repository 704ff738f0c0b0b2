namespace NanoComm.Simulators.Dlms
{
    /// <summary>Sizes and times of a metering unit.</summary>
    public sealed record MeteringUnitOptions
    {
        private const int LongInformation = 1024;

        /// <summary>The usual ones of a class: a high-voltage unit has rows that are nearly twice as long, and takes long
        /// information fields.</summary>
        /// <param name="energy">What the unit measures.</param>
        public static MeteringUnitOptions For(SimulatedMeteringUnit energy)
        {
            return energy.HighVoltage == null ? new MeteringUnitOptions()
                : new MeteringUnitOptions { MaxInformationLength = LongInformation };
        }

        /// <summary>Whether messages come in the wrapper of TCP (IEC 62056-47) in place of HDLC frames.</summary>
        public bool IsWrapped { get; init; }

        /// <summary>Upper HDLC address of the server, or its wPort: its logical device, 1…16381.</summary>
        public int UpperAddress { get; init; } = 1;

        /// <summary>Its lower HDLC address, 1…16381, by which a client that has several on one line may tell them
        /// apart.</summary>
        public int LowerAddress { get; init; } = 16;

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
