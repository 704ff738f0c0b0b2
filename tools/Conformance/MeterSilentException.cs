using System;

namespace NanoComm.MeterConformance
{
    /// <summary>The meter did not answer what it has to answer.</summary>
    public sealed class MeterSilentException : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="message">What was asked, how often, and how long was waited.</param>
        public MeterSilentException(string message)
            : base(message)
        {
        }
    }
}
