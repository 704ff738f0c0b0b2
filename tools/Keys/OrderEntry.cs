using System;

namespace NanoComm.Keys
{
    /// <summary>An order as the ledger lists it.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Id">Order id, 32 hexadecimal digits.</param>
    /// <param name="Kind">What it orders.</param>
    /// <param name="Unit">The communication unit.</param>
    /// <param name="Meter">The metering unit that it is to be paired with.</param>
    /// <param name="NotAfter">The last time at which the unit takes it; null for no end.</param>
    /// <param name="Made">When it was made.</param>
    /// <param name="State">What became of it.</param>
    /// <param name="Closed">When that was heard or done; null while it is open.</param>
    /// <param name="Result">What the unit answered; null while it has not.</param>
    public sealed record OrderEntry(uint Number, string Id, OrderKind Kind, SystemTitle Unit, SystemTitle Meter,
        DateTimeOffset? NotAfter, DateTimeOffset Made, OrderState State, DateTimeOffset? Closed, OrderResult? Result)
    {
        /// <summary>Whether the unit has taken it: what it answered is then final.</summary>
        public bool IsTaken => Result is not (null or OrderResult.Overtaken or OrderResult.OtherMeter);
    }
}
