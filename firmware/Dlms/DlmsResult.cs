namespace NanoComm.Dlms
{
    /// <summary>How a call of the client ended. <see cref="DlmsDetail"/> says more.</summary>
    public enum DlmsResult
    {
        /// <summary>Done.</summary>
        Ok = 0,

        /// <summary>No answer within the link's timeouts and retries. The association is closed.</summary>
        NoAnswer = 1,

        /// <summary>The server answered with a refusal. The association stays, unless nothing protected the refusal
        /// (<see cref="DlmsDetail.Exception"/>, <see cref="DlmsDetail.ServiceError"/>): then it is closed.</summary>
        Refused = 2,

        /// <summary>There is no association (any more): the server restarted, or a call before this one closed it.
        /// Associate again.</summary>
        NotAssociated = 3,

        /// <summary>The answer is not authentic, or security forbids to go on. The association is closed.</summary>
        SecurityError = 4,

        /// <summary>The answer is not what the standard says, or not what was asked. The association is
        /// closed.</summary>
        ProtocolError = 5,

        /// <summary>The unit is stopping.</summary>
        Stopping = 6,
    }
}
