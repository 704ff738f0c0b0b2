using System;

namespace NanoComm.Keys
{
    /// <summary>What the line did with a unit of a lot.</summary>
    /// <param name="Number">Which event of the journal it is.</param>
    /// <param name="Title">The unit.</param>
    /// <param name="State">What was done.</param>
    /// <param name="Time">When, as <see cref="UtilityTime"/>.</param>
    /// <param name="Place">Where: a port or a folder of records.</param>
    /// <param name="Proof">That whoever wrote it had the unit's keys, 32 bytes; empty unless it was written.</param>
    public sealed record FactoryEvent(long Number, SystemTitle Title, FactoryState State, uint Time, string Place, ReadOnlyMemory<byte> Proof)
    {
        /// <summary>When.</summary>
        public DateTimeOffset At => UtilityTime.ToTime(Time);
    }
}
