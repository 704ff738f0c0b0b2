namespace NanoComm.Metering
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
    }
}
