using System.Globalization;
using System.Linq;

namespace NanoComm.Virtual
{
    /// <summary>Something that is wrong with the simulated Wi-Fi for some time.</summary>
    /// <param name="Kind">One of <see cref="Kinds"/>.</param>
    /// <param name="From">Milliseconds after the start.</param>
    /// <param name="To">Milliseconds after the start; <see cref="int.MaxValue"/> for ever.</param>
    internal sealed record WifiFault(string Kind, int From, int To)
    {
        /// <summary>The access point is gone.</summary>
        public const string Gone = "gone";

        /// <summary>It has another passphrase.</summary>
        public const string Passphrase = "passphrase";

        /// <summary>Its DHCP server is silent, and the lease ends.</summary>
        public const string Dhcp = "dhcp";

        /// <summary>Another host has the address.</summary>
        public const string Conflict = "conflict";

        /// <summary>It is hardly heard.</summary>
        public const string Weak = "weak";

        /// <summary>It gives the next address.</summary>
        public const string Address = "address";

        private const int Second = 1000;
        private const int Longest = 86400;

        /// <summary>The kinds.</summary>
        public static readonly string[] Kinds = [Gone, Passphrase, Dhcp, Conflict, Weak, Address];

        /// <summary>Reads <c>KIND@AFTER</c> or <c>KIND@AFTER:FOR</c>, both in seconds.</summary>
        /// <returns>Null when it is not that.</returns>
        public static WifiFault Parse(string text)
        {
            string[] parts = text.Split('@');
            string[] times = parts[^1].Split(':');
            bool isGood = parts.Length == 2 && Kinds.Contains(parts[0]) && times.Length <= 2;
            if (!isGood || !TryRead(times[0], 0, out int after))
            {
                return null;
            }

            return times.Length == 1 ? new WifiFault(parts[0], after * Second, int.MaxValue)
                : TryRead(times[1], 1, out int time) ? new WifiFault(parts[0], after * Second, (after + time) * Second)
                : null;
        }

        private static bool TryRead(string text, int least, out int seconds)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
                && seconds >= least && seconds <= Longest;
        }
    }
}
