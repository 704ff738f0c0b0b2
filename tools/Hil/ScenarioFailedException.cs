using System;

namespace NanoComm.Hil
{
    /// <summary>The board did not do what a scenario expects of it; the message says what, in one line.</summary>
    public sealed class ScenarioFailedException : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="message">What was expected, and what came.</param>
        public ScenarioFailedException(string message)
            : base(message)
        {
        }
    }
}
