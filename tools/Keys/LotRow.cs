namespace NanoComm.Keys
{
    /// <summary>A unit that is to be made.</summary>
    /// <param name="Line">Its line in the file, or its place in the lot, from 1.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Serial">Its serial number.</param>
    /// <param name="Hardware">What hardware it is; null where nobody says.</param>
    /// <param name="Lot">Its lot; null for none.</param>
    public sealed record LotRow(int Line, SystemTitle Title, string Serial, string Hardware, string Lot)
    {
        /// <summary>The unit, with its keys.</summary>
        public NewUnit With(UnitKind kind, UnitKeys keys) => new(Title, kind, Serial, keys, Hardware, Lot);
    }
}
