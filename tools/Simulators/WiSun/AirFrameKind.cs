namespace NanoComm.Simulators.WiSun
{
    /// <summary>What a frame in the air is.</summary>
    public enum AirFrameKind
    {
        /// <summary>Asks coordinators to show themselves.</summary>
        BeaconRequest,

        /// <summary>A coordinator shows itself.</summary>
        Beacon,

        /// <summary>Asks who has an address.</summary>
        Solicitation,

        /// <summary>Says who has it.</summary>
        Advertisement,

        /// <summary>ICMPv6 echo request.</summary>
        EchoRequest,

        /// <summary>ICMPv6 echo reply.</summary>
        EchoReply,

        /// <summary>A UDP datagram.</summary>
        Datagram,
    }
}
