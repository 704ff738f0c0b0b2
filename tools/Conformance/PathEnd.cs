namespace NanoComm.MeterConformance
{
    /// <summary>Where on this side a datagram leaves or comes in.</summary>
    public enum PathEnd
    {
        /// <summary>The controller: the port of ECHONET Lite at its address.</summary>
        Controller,

        /// <summary>Another port at the same address.</summary>
        OtherPort,

        /// <summary>Another controller: the port of ECHONET Lite at another address.</summary>
        OtherController,
    }
}
