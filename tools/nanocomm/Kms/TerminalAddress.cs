using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>A terminal's address as one writes it.</summary>
    internal static partial class TerminalAddress
    {
        private const int LinkLocalPrefixLength = 8;
        private const byte UniversalLocal = 0x02;

        /// <summary>Reads it: IPv4 or IPv6, on Wi-SUN the IPv6 link-local one or the MAC that is in it.</summary>
        /// <exception cref="UserError">It is none of that path.</exception>
        public static IPAddress Parse(OrderPath path, string text)
        {
            IPAddress address = path == OrderPath.WiSun ? ParseWiSun(text) : ParseIp(text);

            // Without the scope, which is this computer's.
            return new IPAddress(address.GetAddressBytes());
        }

        [GeneratedRegex("^[0-9A-Fa-f]{2}(?:([:-]?)[0-9A-Fa-f]{2})(?:\\1[0-9A-Fa-f]{2}){4}(?:(?:\\1[0-9A-Fa-f]{2}){2})?$")]
        private static partial Regex Mac();

        private static IPAddress ParseWiSun(string text)
        {
            if (Mac().IsMatch(text))
            {
                byte[] mac = Convert.FromHexString(text.Replace(":", "").Replace("-", ""));
                if (mac.Length != LinkLocalPrefixLength)
                {
                    throw new UserError($"--address: '{text}' is a MAC of 48 bits: on Wi-SUN one has 64, 16 hexadecimal digits");
                }

                // RFC 4291, appendix A: the interface identifier is the EUI-64 with its universal/local bit inverted.
                mac[0] ^= UniversalLocal;
                return new IPAddress((byte[])[0xFE, 0x80, 0, 0, 0, 0, 0, 0, .. mac]);
            }

            ReadOnlySpan<byte> prefix = [0xFE, 0x80, 0, 0, 0, 0, 0, 0];
            return IPAddress.TryParse(text, out IPAddress address) && address.AddressFamily == AddressFamily.InterNetworkV6
                && address.GetAddressBytes().AsSpan().StartsWith(prefix)
                ? address
                : throw new UserError($"--address: '{text}' is no address on Wi-SUN: give the terminal's IPv6 link-local one (fe80::...), "
                    + "or its MAC, 16 hexadecimal digits");
        }

        private static IPAddress ParseIp(string text)
        {
            if (Mac().IsMatch(text))
            {
                throw new UserError($"--address: '{text}' is a MAC: on IP give the terminal's IPv4 or IPv6 address");
            }

            IPAddress address = IPAddress.TryParse(text, out IPAddress parsed) && parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;

            // Of IPv4 only the usual form: others read 010.0.0.1 as 8.0.0.1, and 10.1 as 10.0.0.1.
            bool isOfOne = address is not null && (parsed.AddressFamily == AddressFamily.InterNetworkV6 || parsed.ToString() == text)
                && !address.IsIPv6Multicast && !IsNobody(address);
            return isOfOne ? address
                : throw new UserError($"--address: '{text}' is no address of a terminal: give its IPv4 or IPv6 address");
        }

        private static bool IsNobody(IPAddress address)
        {
            byte[] bytes = address.GetAddressBytes();
            const byte FirstMulticast = 224;
            return bytes.All(b => b == 0) || (address.AddressFamily == AddressFamily.InterNetwork && bytes[0] >= FirstMulticast);
        }
    }
}
