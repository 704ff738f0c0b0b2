using System.Collections.Generic;
using NanoComm.Metering;

namespace NanoComm.Tests.Host.Rig
{
    /// <summary>Keeps the rows of a profile by label; one that comes twice is the metering unit's error.</summary>
    internal sealed class RowCollector : IIntervalSink
    {
        public SortedDictionary<long, (uint Normal, uint Reverse)> Rows { get; } = new();

        public void Put(long time, uint normal, uint reverse)
        {
            Rows.Add(time, (normal, reverse));
        }
    }
}
