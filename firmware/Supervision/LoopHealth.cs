using System;
using NanoComm.Hal;

namespace NanoComm.Supervision
{
    /// <summary>Counts and logs what the unit's loops threw: on the device an unhandled exception would end a loop
    /// without a word.</summary>
    public sealed class LoopHealth
    {
        private readonly ILog _log;
        private int _failures;

        /// <summary>Makes it.</summary>
        /// <param name="log">Where failures are told.</param>
        public LoopHealth(ILog log)
        {
            _log = log;
        }

        /// <summary>Failures of all loops since the start.</summary>
        public int Failures
        {
            get { return _failures; }
        }

        internal void Report(string loop, Exception failure)
        {
            _failures++;
            _log.Write(LogLevel.Error, loop, "the loop failed and will be started again: " + failure.Message);
        }
    }
}
