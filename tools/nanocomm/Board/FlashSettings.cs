namespace NanoComm.Tool
{
    /// <summary>What <c>flash</c> was asked for.</summary>
    internal sealed class FlashSettings
    {
        public string Board { get; init; }

        public string Port { get; init; }

        public bool Image { get; init; }

        public bool Application { get; init; }

        public bool Records { get; init; }

        public string Store { get; init; }

        public string Archive { get; init; }

        public bool NoReadBack { get; init; }

        public bool DryRun { get; init; }
    }
}
