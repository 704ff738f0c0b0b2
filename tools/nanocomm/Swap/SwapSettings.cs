using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>What the technician asked for.</summary>
    internal sealed class SwapSettings
    {
        public string Ticket { get; init; }

        public SystemTitle? Meter { get; init; }

        public string Store { get; init; }

        public string Port { get; init; }

        public SystemTitle? Unit { get; init; }

        public string Receipt { get; init; }

        public int Timeout { get; init; }

        public bool DryRun { get; init; }

        public bool Yes { get; init; }

        public bool ReadBack { get; init; }
    }
}
