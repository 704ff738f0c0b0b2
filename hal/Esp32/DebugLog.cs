using System;

namespace NanoComm.Hal.Esp32
{
    /// <summary>Diagnostics on the debug channel, read by Visual Studio's device explorer or nanoff's monitor.</summary>
    public sealed class DebugLog : ILog
    {
        private const string Levels = "DIWE";

        private readonly IClock _clock;

        /// <summary>Makes it.</summary>
        /// <param name="clock">Gives each line its time: milliseconds since the unit started.</param>
        public DebugLog(IClock clock)
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public void Write(LogLevel level, string source, string text)
        {
            // Console and Debug share one channel; Debug.WriteLine is compiled away in a Release build.
            Console.WriteLine(_clock.Milliseconds.ToString() + " " + Levels[(int)level].ToString() + " "
                + source + ": " + text);
        }
    }
}
