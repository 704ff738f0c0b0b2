using System.Collections.Generic;
using NanoComm.MeterLink;

namespace NanoComm.Tests.Host.Rig
{
    /// <summary>Keeps the rows of a profile by label; one that comes twice is the metering unit's error.</summary>
    internal sealed class RowCollector : IProfileSink
    {
        public SortedDictionary<long, (uint Normal, uint Reverse)> Rows { get; } = new();

        public void Put(long time, uint[] values)
        {
            Rows.Add(time, (values[0], values[1]));
        }
    }
}
