using System;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of <c>read</c>.</summary>
    internal sealed class ReadSettings
    {
        /// <summary><see cref="Out"/> of the standard output.</summary>
        public const string StandardOutput = "-";

        /// <summary>The way to the meter.</summary>
        public required HemsSettings Meter { get; init; }

        /// <summary>Days before today.</summary>
        public required int Days { get; init; }

        /// <summary>Minutes back from now; 0 for none.</summary>
        public required int Minutes { get; init; }

        /// <summary>The file, or <see cref="StandardOutput"/>.</summary>
        public required string Out { get; init; }

        /// <summary>Whether what the file has is kept.</summary>
        public required bool IsUpdate { get; init; }

        /// <summary>Whether a file that is there is replaced.</summary>
        public required bool IsReplaced { get; init; }

        /// <summary>How far the meter's time is from UTC.</summary>
        public required TimeSpan Zone { get; init; }

        /// <summary>Whether the rows go to the standard output.</summary>
        public bool IsToOutput => Out == StandardOutput;
    }
}
