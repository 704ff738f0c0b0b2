namespace NanoComm.MeterLink
{
    /// <summary>How a question to the metering unit ended.</summary>
    public enum MeteringResult
    {
        /// <summary>Answered.</summary>
        Ok = 0,

        /// <summary>No answer within the link's timeouts: the line or the metering unit.</summary>
        NoAnswer = 1,

        /// <summary>Answered with a refusal or with something that does not make sense.</summary>
        Refused = 2,

        /// <summary>The unit is stopping.</summary>
        Stopping = 3,

        /// <summary>There is no pairing with a metering unit.</summary>
        Unpaired = 4,

        /// <summary>Another metering unit answers than the one this unit is paired with.</summary>
        WrongUnit = 5,

        /// <summary>The answer is not authentic, or security forbids to go on.</summary>
        NotAuthentic = 6,

        /// <summary>The metering unit is of another class than the one that is read.</summary>
        OtherClass = 7,

        /// <summary>The registers are to be multiplied by another coefficient than the parameters say: they have to be read
        /// first.</summary>
        Changed = 8,
    }
}
