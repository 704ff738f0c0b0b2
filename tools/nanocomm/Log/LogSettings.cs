namespace NanoComm.Tool
{
    /// <summary>What <c>board log</c> was asked for.</summary>
    internal sealed class LogSettings
    {
        public string Port { get; init; }

        public string From { get; init; }

        public int Baud { get; init; }

        public bool Json { get; init; }

        public double? Seconds { get; init; }
    }
}
