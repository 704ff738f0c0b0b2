using System.Collections.Generic;
using NanoComm.Metering;

namespace NanoComm.Tests.Host.Simulators
{
    /// <summary>Keeps the rows of a profile by label; a label that comes twice is an error of the metering unit.</summary>
    internal sealed class RowCollector : IIntervalSink
    {
        public SortedDictionary<long, (uint Normal, uint Reverse)> Rows { get; } = new();

        public void Put(long time, uint normal, uint reverse)
        {
            Rows.Add(time, (normal, reverse));
        }
    }
}
