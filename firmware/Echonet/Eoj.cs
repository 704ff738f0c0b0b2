namespace NanoComm.Echonet
{
    /// <summary>ECHONET object codes: class group, class, instance in one 24-bit number.</summary>
    public static class Eoj
    {
        /// <summary>Node profile, general node.</summary>
        public const int NodeProfile = 0x0EF001;

        /// <summary>Low-voltage smart electric energy meter, instance 1.</summary>
        public const int LowVoltageMeter = 0x028801;

        /// <summary>High-voltage smart electric energy meter, instance 1.</summary>
        public const int HighVoltageMeter = 0x028A01;

        /// <summary>Bidirectional high-voltage smart electric energy meter, instance 1.</summary>
        public const int BidirectionalHighVoltageMeter = 0x028F01;

        /// <summary>A controller, instance 1: what a HEMS is on the B route.</summary>
        public const int Controller = 0x05FF01;

        /// <summary>The instance part; 00 in a request means every instance of the class.</summary>
        public const int InstanceMask = 0x0000FF;
    }
}
