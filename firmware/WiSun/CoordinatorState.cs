namespace NanoComm.WiSun
{
    /// <summary>What the Wi-SUN path is doing.</summary>
    public enum CoordinatorState
    {
        /// <summary>The B route is closed: there is no route-B id and password, and the module is held in reset.</summary>
        Closed = 0,

        /// <summary>The module is being started.</summary>
        Starting = 1,

        /// <summary>Channel and PAN id are being chosen, the first time.</summary>
        Scanning = 2,

        /// <summary>Terminals may join.</summary>
        Ready = 3,

        /// <summary>A terminal has joined.</summary>
        Joined = 4,

        /// <summary>Sending time is used up; joined or not.</summary>
        Limited = 5,

        /// <summary>The module does not start: tried again with pauses.</summary>
        Failed = 6,

        /// <summary>The module has no power: the board declares none for it, it does not fit, or the supply is low. It is
        /// held in reset.</summary>
        NoPower = 7,
    }
}
