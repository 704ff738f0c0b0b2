namespace NanoComm.WiSun
{
    /// <summary>What a security log wants to know of the Wi-SUN path.</summary>
    public enum WiSunEvent
    {
        /// <summary>A terminal joined.</summary>
        Joined = 0,

        /// <summary>It left, or its session ended.</summary>
        Left = 1,

        /// <summary>Somebody tried to join and was refused; at most one a minute is told.</summary>
        JoinRefused = 2,

        /// <summary>A datagram came from outside of the session; at most one a minute is told.</summary>
        DatagramOutsideSession = 3,

        /// <summary>The module was restarted.</summary>
        ModuleRestarted = 4,

        /// <summary>The limit of transmission time was reached.</summary>
        TransmitLimit = 5,

        /// <summary>A terminal joined that the utility has cut off or does not admit; at most one a minute is told.</summary>
        JoinedCutOff = 6,
    }
}
