namespace NanoComm.Keys
{
    /// <summary>A unit to be entered.</summary>
    /// <param name="Title">Its system title.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Serial">The serial number on its label, at most 12 ASCII characters; may be empty.</param>
    /// <param name="Keys">Its keys.</param>
    public sealed record NewUnit(SystemTitle Title, UnitKind Kind, string Serial, UnitKeys Keys)
    {
        /// <summary>Longest serial number.</summary>
        public const int MaxSerialLength = 12;
    }
}
