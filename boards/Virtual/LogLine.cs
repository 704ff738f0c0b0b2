using System;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>A log line of the firmware.</summary>
    internal sealed record LogLine(DateTime At, LogLevel Level, string Source, string Text);
}
