namespace NanoComm.Tool
{
    /// <summary>What <c>board read</c> was asked for.</summary>
    internal sealed class BoardReadSettings
    {
        public string Port { get; init; }

        public string From { get; init; }

        public string Out { get; init; }

        public bool KeepKeys { get; init; }

        public bool Json { get; init; }
    }
}
