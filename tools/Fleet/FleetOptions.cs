using NanoComm.RouteB;

namespace NanoComm.Fleet
{
    /// <summary>What a fleet is to be.</summary>
    public sealed record FleetOptions
    {
        /// <summary>As real boards have it. A faster line has a unit read its history of a hundred days sooner, all units of a
        /// fleet at once, which takes more of the processor then.</summary>
        public const int UsualBaud = 9600;

        /// <summary>How many units, 1…<see cref="UnitFleet.MostUnits"/>.</summary>
        public int Count { get; init; } = 100;

        /// <summary>Their addresses, at least as many.</summary>
        public AddressRange Addresses { get; init; }

        /// <summary>The UDP port, here and at the controllers.</summary>
        public int Port { get; init; } = EchonetPath.EchonetPort;

        /// <summary>How many are high-voltage units, per cent.</summary>
        public int HighVoltageShare { get; init; }

        /// <summary>What flows through their meters.</summary>
        public Households Households { get; init; }

        /// <summary>Metering seconds in a second.</summary>
        public int Speed { get; init; } = 1;

        /// <summary>Bits per second of the line to each metering unit.</summary>
        public int Baud { get; init; } = UsualBaud;

        /// <summary>Milliseconds from one reading of the live values to the next.</summary>
        public int LivePeriod { get; init; } = UnitSettings.DefaultLivePeriod;

        /// <summary>What goes wrong.</summary>
        public FleetFaults Faults { get; init; } = FleetFaults.None;

        /// <summary>Folder of the records of all units, one folder each; null for none.</summary>
        public string Store { get; init; }

        /// <summary>Decides which unit is what.</summary>
        public int Seed { get; init; } = 1;

        /// <summary>Threads that step the units, 1 and up.</summary>
        public int Workers { get; init; } = UnitFleet.UsualWorkers;
    }
}
