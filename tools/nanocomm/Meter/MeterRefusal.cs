using System;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>The metering unit has understood a request and says no.</summary>
    internal sealed class MeterRefusal : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="result">Why: data-access-result and action-result have the same numbers.</param>
        public MeterRefusal(DataAccessResult result)
            : base(result.ToString())
        {
            Result = result;
        }

        /// <summary>Why.</summary>
        public DataAccessResult Result { get; }
    }
}
