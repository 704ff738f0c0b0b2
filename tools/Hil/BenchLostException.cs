using System;

namespace NanoComm.Hil
{
    /// <summary>The board is out of reach, and the run over: a port was unplugged, the board's program has ended. The message
    /// is one line for people: what went, and what to do.</summary>
    public sealed class BenchLostException : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="message">What went, and what to do.</param>
        public BenchLostException(string message)
            : base(message)
        {
        }
    }
}
