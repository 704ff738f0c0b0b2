namespace NanoComm.Tool
{
    /// <summary>What the user asked of a simulated metering unit.</summary>
    internal sealed class MeteringUnitSettings
    {
        public string Port { get; init; }

        public string Tcp { get; init; }

        public string Wrapper { get; init; }

        public string UtilityTcp { get; init; }

        public int Silence { get; init; }

        public int UpperAddress { get; init; }

        public int LowerAddress { get; init; }

        public int Baud { get; init; }

        public bool IsHighVoltage { get; init; }

        public string Data { get; init; }

        public string Store { get; init; }

        public int Speed { get; init; }

        public bool ShowSecrets { get; init; }

        public string UtilityKeys { get; init; }
    }
}
