using System;
using System.Globalization;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>An IPv6 address in the only form in which SKSTACK writes and reads it: eight groups of four capital
    /// hexadecimal digits.</summary>
    /// <param name="High">The first eight bytes.</param>
    /// <param name="Low">The last eight bytes.</param>
    public readonly record struct Ip6(ulong High, ulong Low)
    {
        private const int GroupLength = 4;
        private const int Groups = 8;
        private const int TextLength = (Groups * (GroupLength + 1)) - 1;
        private const ulong LinkLocalPrefix = 0xFE80_0000_0000_0000;
        private const ulong UniversalBit = 0x0200_0000_0000_0000;

        /// <summary>Whether it stands for many.</summary>
        public bool IsMulticast => High >> 56 == 0xFF;

        /// <summary>The link-local address of a MAC address: its universal/local bit is turned over (RFC 4291,
        /// appendix A).</summary>
        public static Ip6 LinkLocal(ulong mac)
        {
            return new Ip6(LinkLocalPrefix, mac ^ UniversalBit);
        }

        /// <summary>Reads the long form; capitals or not.</summary>
        public static bool TryParse(string text, out Ip6 address)
        {
            address = default;
            if (text.Length != TextLength)
            {
                return false;
            }

            ulong high = 0;
            ulong low = 0;
            for (int i = 0; i < Groups; i++)
            {
                int at = i * (GroupLength + 1);
                if ((i > 0 && text[at - 1] != ':') || !ushort.TryParse(text.AsSpan(at, GroupLength),
                    NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort group))
                {
                    return false;
                }

                high = (high << 16) | (low >> 48);
                low = (low << 16) | group;
            }

            address = new Ip6(high, low);
            return true;
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return string.Create(TextLength, this, (text, address) =>
            {
                for (int i = 0; i < Groups; i++)
                {
                    ulong half = i < Groups / 2 ? address.High : address.Low;
                    int at = i * (GroupLength + 1);
                    ((ushort)(half >> (48 - (16 * (i % 4))))).TryFormat(text[at..], out _, "X4",
                        CultureInfo.InvariantCulture);
                    if (i < Groups - 1)
                    {
                        text[at + GroupLength] = ':';
                    }
                }
            });
        }
    }
}
