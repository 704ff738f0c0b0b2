namespace NanoComm.Keys
{
    /// <summary>A unit to be entered.</summary>
    /// <param name="Title">Its system title.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Serial">The serial number on its label, at most 12 ASCII characters; may be empty.</param>
    /// <param name="Keys">Its keys.</param>
    /// <param name="Hardware">What hardware it is; null where nobody says.</param>
    /// <param name="Lot">The lot that it is made in; null for none.</param>
    public sealed record NewUnit(SystemTitle Title, UnitKind Kind, string Serial, UnitKeys Keys, string Hardware = null, string Lot = null)
    {
        /// <summary>Longest serial number.</summary>
        public const int MaxSerialLength = 12;

        /// <summary>Longest name of a hardware or a lot.</summary>
        public const int MaxNameLength = 32;
    }
}
