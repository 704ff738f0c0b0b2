using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Keys
{
    /// <summary>What an order says beside for whom and when (docs/orders.md, "The order"). Secrets in it are wiped when this is
    /// disposed of.</summary>
    public sealed class OrderBody : IDisposable
    {
        /// <summary>Longest in bytes.</summary>
        public const int MaxLength = 110;

        /// <summary>Addresses in a unit's lists together.</summary>
        public const int MostAddresses = 16;

        /// <summary>Longest SSID in bytes.</summary>
        public const int MaxSsidLength = 32;

        /// <summary>Shortest passphrase.</summary>
        public const int MinPassphraseLength = 8;

        /// <summary>Longest passphrase.</summary>
        public const int MaxPassphraseLength = 63;

        private OrderBody(OrderKind kind, byte[] bytes)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxLength);
            Kind = kind;
            Bytes = bytes;
        }

        /// <summary>What it orders.</summary>
        public OrderKind Kind { get; }

        internal byte[] Bytes { get; }

        /// <summary>An order that says no more than its kind.</summary>
        public static OrderBody Of(OrderKind kind) => new(kind, []);

        /// <summary>To open the B route.</summary>
        /// <param name="id">Route-B id, 32 hexadecimal digits in upper case.</param>
        /// <param name="password">12 letters and digits.</param>
        public static OrderBody OpenRouteB(string id, string password)
        {
            return new OrderBody(OrderKind.OpenRouteB, Encoding.ASCII.GetBytes(id + password));
        }

        /// <summary>To switch Wi-Fi on.</summary>
        /// <param name="role">What the unit is in it.</param>
        /// <param name="security">How it is protected.</param>
        /// <param name="ssid">1 to 32 bytes.</param>
        /// <param name="passphrase">8 to 63 printable ASCII characters.</param>
        public static OrderBody WifiOn(WifiRole role, WifiSecurity security, ReadOnlySpan<byte> ssid, string passphrase)
        {
            return new OrderBody(OrderKind.WifiOn, [(byte)role, (byte)security, (byte)ssid.Length, .. ssid,
                (byte)passphrase.Length, .. Encoding.ASCII.GetBytes(passphrase)]);
        }

        /// <summary>To limit what is taken.</summary>
        /// <param name="limits">One or two paths.</param>
        public static OrderBody Limits(IEnumerable<PathLimits> limits)
        {
            return new OrderBody(OrderKind.Limits, limits.SelectMany(limit => new[]
            {
                (byte)limit.Path, limit.Terminals, (byte)(limit.PerSecond >> 8), (byte)limit.PerSecond,
            }).ToArray());
        }

        /// <summary>To cut a terminal off on IP.</summary>
        /// <param name="address">Its address.</param>
        /// <param name="passphrase">The Wi-Fi network's new passphrase; null to leave it.</param>
        public static OrderBody CutOffIp(IPAddress address, string passphrase)
        {
            return new OrderBody(OrderKind.CutOff, [(byte)OrderPath.Ip, .. Prefixed(address),
                (byte)(passphrase?.Length ?? 0), .. Encoding.ASCII.GetBytes(passphrase ?? "")]);
        }

        /// <summary>To cut a terminal off on Wi-SUN.</summary>
        /// <param name="address">Its link-local address.</param>
        /// <param name="id">The new route-B id; null to leave both.</param>
        /// <param name="password">The new password.</param>
        public static OrderBody CutOffWiSun(IPAddress address, string id, string password)
        {
            return new OrderBody(OrderKind.CutOff, [(byte)OrderPath.WiSun, .. Prefixed(address),
                .. Encoding.ASCII.GetBytes(id + password)]);
        }

        /// <summary>To let a terminal in again.</summary>
        /// <param name="path">Where.</param>
        /// <param name="address">Its address; null for everybody.</param>
        public static OrderBody Readmit(OrderPath path, IPAddress address)
        {
            return new OrderBody(OrderKind.Readmit, [(byte)path, .. address is null ? [0] : Prefixed(address)]);
        }

        /// <summary>To let in these terminals only.</summary>
        /// <param name="path">Where.</param>
        /// <param name="addresses">Their addresses; none for no list any more.</param>
        public static OrderBody AdmitOnly(OrderPath path, IReadOnlyCollection<IPAddress> addresses)
        {
            return new OrderBody(OrderKind.AdmitOnly, AdmitOnlyBytes(path, addresses));
        }

        /// <summary>Whether a list finds place in an order.</summary>
        public static bool IsWithinLimits(IReadOnlyCollection<IPAddress> addresses)
        {
            return addresses.Count <= MostAddresses && AdmitOnlyBytes(OrderPath.Ip, addresses).Length <= MaxLength;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            CryptographicOperations.ZeroMemory(Bytes);
        }

        internal static OrderBody Read(OrderKind kind, ReadOnlySpan<byte> bytes) => new(kind, bytes.ToArray());

        private static byte[] AdmitOnlyBytes(OrderPath path, IReadOnlyCollection<IPAddress> addresses)
        {
            return [(byte)path, (byte)addresses.Count, .. addresses.SelectMany(Prefixed)];
        }

        private static byte[] Prefixed(IPAddress address)
        {
            byte[] bytes = address.GetAddressBytes();
            return [(byte)bytes.Length, .. bytes];
        }
    }
}
