using System;

namespace NanoComm.Hal.Esp32
{
    /// <summary>The tick count since power-on; SNTP and the like step the wall clock, never this one.</summary>
    public sealed class Esp32Clock : IClock
    {
        /// <inheritdoc/>
        public long Milliseconds
        {
            get { return Environment.TickCount64; }
        }
    }
}
