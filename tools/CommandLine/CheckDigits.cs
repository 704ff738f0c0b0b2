using System;
using System.Globalization;
using System.Linq;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// Two check digits for a group of characters: ISO/IEC 7064 MOD 97-10, the check of bank account numbers (IBAN),
    /// over the number of the group (01…97) and its characters. Each character counts as two decimal digits: 00…09 for
    /// the digits, 10…35 for A…Z, 36…61 for a…z. Whatever is one of: a wrong character, two neighbours or groups
    /// swapped, a group in another's place, is always found.
    /// </summary>
    public static class CheckDigits
    {
        /// <summary>How many digits.</summary>
        public const int Length = 2;

        private const int Modulus = 97;

        /// <summary>The check digits of a group.</summary>
        /// <param name="number">The group's number, 1 and up.</param>
        /// <param name="group">Letters and digits.</param>
        public static string Of(int number, string group)
        {
            int remainder = group.Aggregate(number % Modulus, (sum, c) => ((sum * 100) + ValueOf(c)) % Modulus);
            return (Modulus + 1 - (remainder * 100 % Modulus)).ToString("D2", CultureInfo.InvariantCulture);
        }

        private static int ValueOf(char c)
        {
            return c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'A' and <= 'Z' => c - 'A' + 10,
                >= 'a' and <= 'z' => c - 'a' + 36,
                _ => throw new ArgumentOutOfRangeException(nameof(c)),
            };
        }
    }
}
