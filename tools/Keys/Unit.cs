using System;

namespace NanoComm.Keys
{
    /// <summary>A unit as the ledger lists it.</summary>
    /// <param name="Title">Its system title.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Serial">The serial number on its label; empty where none was given.</param>
    /// <param name="State">What the ledger thinks of it.</param>
    /// <param name="Enrolled">When it was entered.</param>
    /// <param name="Hardware">What hardware it is; null where nobody said.</param>
    /// <param name="Lot">The lot that it was made in; null for none.</param>
    /// <param name="Written">When its keys were written, as a factory reports; null where none has.</param>
    public sealed record Unit(SystemTitle Title, UnitKind Kind, string Serial, UnitState State, DateTimeOffset Enrolled,
        string Hardware = null, string Lot = null, DateTimeOffset? Written = null);
}
