using System;
using System.Globalization;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>
    /// Serial numbers: 1 to 12 printable ASCII characters. Where nobody gives one, it is the kind of the unit, MU or CU, and the last
    /// ten digits of its title: so it is on the label already, and a metering unit never has that of a communication unit.
    /// </summary>
    public static class SerialNumber
    {
        /// <summary>What a serial number is, for messages.</summary>
        public static string Form => $"1 to {NewUnit.MaxSerialLength} printable ASCII characters";

        /// <summary>Whether a text can be a serial number.</summary>
        public static bool IsValid(string text) => IsName(text, NewUnit.MaxSerialLength);

        /// <summary>Whether a text can be the name of a hardware or a lot.</summary>
        public static bool IsName(string text) => IsName(text, NewUnit.MaxNameLength);

        /// <summary>The serial number of a unit that has no other.</summary>
        public static string Of(UnitKind kind, SystemTitle title)
        {
            return (kind == UnitKind.Metering ? "MU" : "CU") + title.ToString()[6..];
        }

        /// <summary>The serial numbers behind a first one: the number at its end is counted on.</summary>
        /// <param name="first">The first one.</param>
        /// <param name="index">How many behind it.</param>
        /// <returns>Null where it ends in no number, or one with too few digits.</returns>
        public static string Next(string first, int index)
        {
            int digits = first.Reverse().TakeWhile(char.IsAsciiDigit).Count();
            string end = digits == 0 ? "" : (long.Parse(first[^digits..], CultureInfo.InvariantCulture) + index).ToString($"D{digits}",
                CultureInfo.InvariantCulture);
            return digits > 0 && end.Length == digits ? first[..^digits] + end : null;
        }

        private static bool IsName(string text, int longest)
        {
            return text.Length >= 1 && text.Length <= longest && text.All(c => c is >= ' ' and <= '~') && text.Trim() == text;
        }
    }
}
