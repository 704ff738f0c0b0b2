using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Numerics;

namespace NanoComm.Fleet
{
    /// <summary>The addresses of a fleet, in order: those of a network, from its first host on, or those that an interface
    /// has.</summary>
    public sealed class AddressRange
    {
        private readonly IPAddress[] _listed;
        private readonly IPNetwork _network;

        private AddressRange(string text, IPNetwork network)
        {
            Text = text;
            _network = network;
            int bits = (8 * network.BaseAddress.GetAddressBytes().Length) - network.PrefixLength;

            // Without the network itself and, at IPv4, its broadcast.
            BigInteger hosts = (BigInteger.One << bits) - (IsIPv6 || bits < 2 ? 1 : 2);
            Count = (int)BigInteger.Min(BigInteger.Max(hosts, 1), int.MaxValue);
        }

        private AddressRange(string text, IPAddress[] listed)
        {
            Text = text;
            _listed = listed;
            Count = listed.Length;
        }

        /// <summary>What the user called it.</summary>
        public string Text { get; }

        /// <summary>How many addresses it has, 1 and up.</summary>
        public int Count { get; }

        /// <summary>Whether they are those that an interface has.</summary>
        public bool IsInterface => _listed is not null;

        private bool IsIPv6 => _network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;

        /// <summary>Understands a network, such as 127.10.0.0/16 or 2001:db8::/64, or the name of an interface.</summary>
        /// <param name="text">What the user gave.</param>
        /// <param name="range">The addresses.</param>
        /// <returns>Null, or what is wrong with it and what to do.</returns>
        public static string TryParse(string text, out AddressRange range)
        {
            range = null;
            if (text.Contains('/'))
            {
                if (!IPNetwork.TryParse(text, out IPNetwork network))
                {
                    return $"'{text}' is no network: give its first address and its length, such as 127.10.0.0/16 or "
                        + "2001:db8::/64";
                }

                range = new AddressRange(text, network);
                return null;
            }

            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            NetworkInterface found = all.FirstOrDefault(one => one.Name == text);
            if (found is null)
            {
                return $"'{text}' is neither a network, such as 127.10.0.0/16, nor an interface of this PC: it has "
                    + string.Join(", ", all.Select(one => one.Name));
            }

            IPAddress[] addresses = found.GetIPProperties().UnicastAddresses.Select(one => one.Address).ToArray();
            range = addresses.Length == 0 ? null : new AddressRange(text, addresses);
            return range is null ? $"the interface {text} has no address" : null;
        }

        /// <summary>One of them.</summary>
        /// <param name="index">0…<see cref="Count"/> − 1.</param>
        public IPAddress this[int index] => _listed is not null ? _listed[index] : Host(index);

        /// <summary>The first so many.</summary>
        public IEnumerable<IPAddress> Take(int count) => Enumerable.Range(0, count).Select(index => this[index]);

        private IPAddress Host(int index)
        {
            byte[] bytes = _network.BaseAddress.GetAddressBytes();
            int length = bytes.Length;
            var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
            bool isHost = _network.PrefixLength == 8 * length;
            byte[] sum = (number + index + (isHost ? 0 : 1)).ToByteArray(isUnsigned: true, isBigEndian: true);
            var address = new byte[length];
            sum.CopyTo(address, length - sum.Length);
            return new IPAddress(address);
        }
    }
}
