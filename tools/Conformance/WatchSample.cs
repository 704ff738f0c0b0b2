using System.Collections.Generic;

namespace NanoComm.MeterConformance
{
    /// <summary>What was read of a meter at one moment of the watch.</summary>
    /// <param name="Eoj">The object.</param>
    /// <param name="Time">When, ms on the path's clock.</param>
    /// <param name="Values">By EPC; null where it was refused. Empty when there was no answer.</param>
    internal sealed record WatchSample(int Eoj, long Time, IReadOnlyDictionary<byte, byte[]> Values);
}
