using System;
using System.Collections.Generic;

namespace NanoComm.Hems
{
    /// <summary>What one question to a history brought.</summary>
    /// <param name="Quantity">What the registers count.</param>
    /// <param name="Interval">From one value to the next.</param>
    /// <param name="HasReverse">Whether the meter tells the reverse direction of it.</param>
    /// <param name="Values">The values, the oldest first; empty ones are "no data".</param>
    public sealed record HemsSlice(HemsQuantity Quantity, TimeSpan Interval, bool HasReverse, IReadOnlyList<HemsEnergy> Values);
}
