namespace NanoComm.MeterConformance
{
    /// <summary>What the tables say of one property.</summary>
    /// <param name="Class">Its class, e.g. 0288; 0 for the super class of devices.</param>
    /// <param name="Epc">Its code.</param>
    /// <param name="Release">The release from which on it is there, A…Z.</param>
    /// <param name="Get">Whether it is to be read.</param>
    /// <param name="Set">Whether it is to be set.</param>
    /// <param name="Inf">Whether it is to be announced.</param>
    /// <param name="Form">What its value looks like.</param>
    /// <param name="Name">The standard's name.</param>
    public sealed record PropertyFact(int Class, byte Epc, char Release, Demand Get, Demand Set, Demand Inf, ValueForm Form,
        string Name);
}
