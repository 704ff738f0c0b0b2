using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>What the user asked for of the simulated Wi-Fi.</summary>
    internal sealed record WifiOptions
    {
        /// <summary>The unit is dark until the utility orders Wi-Fi.</summary>
        public const string Order = "order";

        /// <summary>The access point's network is the bench's.</summary>
        public const string Bench = "bench";

        /// <summary>Passphrase of an access point that was given none. It protects nothing.</summary>
        public const string MadeUpPassphrase = "made-up passphrase";

        /// <summary>Whether the access point's network is the bench's.</summary>
        public required bool IsBench { get; init; }

        /// <summary>Name of the access point.</summary>
        public required string Ssid { get; init; }

        /// <summary>Its passphrase.</summary>
        public required string Passphrase { get; init; }

        /// <summary>The address that it gives the unit, one of this PC.</summary>
        public required IPAddress Address { get; init; }

        /// <summary>What is wrong, and when.</summary>
        public required IReadOnlyList<WifiFault> Faults { get; init; }

        /// <summary>Puts them together.</summary>
        /// <param name="mode">Of <c>--wifi</c>; null without it.</param>
        /// <param name="ssid">Of <c>--access-point</c>, or null.</param>
        /// <param name="passphrase">From <c>--access-point-passphrase</c>, or null.</param>
        /// <param name="address">Of <c>--wifi-address</c>, or null.</param>
        /// <param name="faults">Of <c>--wifi-fault</c>.</param>
        /// <returns>Null without Wi-Fi.</returns>
        /// <exception cref="UserError">They do not go together, or cannot be had.</exception>
        public static WifiOptions Make(string mode, string ssid, string passphrase, string address,
            IReadOnlyList<WifiFault> faults)
        {
            if (mode is null)
            {
                return ssid is null && passphrase is null && address is null && faults.Count == 0 ? null
                    : throw new UserError("--access-point, --access-point-passphrase, --wifi-address and --wifi-fault are about "
                        + "the simulated Wi-Fi: give --wifi too");
            }

            string name = ssid ?? "nanoComm";
            if (Encoding.UTF8.GetByteCount(name) is 0 or > WifiNetwork.MaxSsid)
            {
                throw new UserError($"--access-point: a network's name has 1 to {WifiNetwork.MaxSsid} bytes");
            }

            return new WifiOptions
            {
                IsBench = mode == Bench,
                Ssid = name,
                Passphrase = passphrase is null ? MadeUpPassphrase : Check(passphrase),
                Address = Parse(address ?? "127.0.0.2"),
                Faults = faults,
            };
        }

        private static string Check(string passphrase)
        {
            bool isGood = passphrase.Length is >= WifiNetwork.MinPassphrase and <= WifiNetwork.MaxPassphrase
                && passphrase.All(c => c is >= ' ' and <= '~');
            return isGood ? passphrase : throw new UserError($"--access-point-passphrase: the first line of the file is no "
                + $"passphrase: {WifiNetwork.MinPassphrase} to {WifiNetwork.MaxPassphrase} characters of ASCII");
        }

        private static IPAddress Parse(string text)
        {
            bool isGood = IPAddress.TryParse(text, out IPAddress address) && address.AddressFamily == AddressFamily.InterNetwork
                && !address.Equals(IPAddress.Any);
            return isGood ? address
                : throw new UserError($"--wifi-address: '{text}' is not an IPv4 address; give one of this PC, such as 127.0.0.2");
        }
    }
}
