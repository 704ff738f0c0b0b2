namespace NanoComm.MeterConformance
{
    /// <summary>What every answer has to be.</summary>
    public enum AnswerRule
    {
        /// <summary>A whole frame of format 1.</summary>
        Frame,

        /// <summary>With the request's TID.</summary>
        Tid,

        /// <summary>From the object that was asked.</summary>
        Seoj,

        /// <summary>To the object that asked.</summary>
        Deoj,

        /// <summary>With a service that answers the request's.</summary>
        Esv,

        /// <summary>With the request's properties in their order.</summary>
        Properties,

        /// <summary>With data for all of them, or for not all of them, as its service says.</summary>
        Data,

        /// <summary>From the port of ECHONET Lite.</summary>
        FromPort,

        /// <summary>To the port of ECHONET Lite, whatever port was asked from.</summary>
        ToPort,

        /// <summary>No longer than a datagram may be.</summary>
        Length,
    }
}
