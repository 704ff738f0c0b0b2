using System;
using System.Net;
using System.Net.Sockets;
using NanoComm.CommandLine;
using NanoComm.Fleet;

namespace NanoComm.Tool
{
    /// <summary>The commands that give an interface the addresses of a fleet, as a script for a shell with the right to: one
    /// batch, as thousands of calls would take minutes.</summary>
    /// <param name="IsAdd">Whether to give them, or to take them away.</param>
    /// <param name="Interface">The interface.</param>
    internal sealed record AddressCommands(bool IsAdd, string Interface)
    {
        /// <summary>Prints them.</summary>
        /// <exception cref="UserError">There are too few addresses, or they are those of an interface already.</exception>
        public void Print(FleetOptions options)
        {
            if (options.Addresses.IsInterface || options.Addresses.Count < options.Count)
            {
                throw new UserError($"--addresses: {options.Addresses.Text} is no network with {options.Count} addresses: give "
                    + "--network with one");
            }

            Console.WriteLine("ip -batch - <<'END'");
            foreach (IPAddress address in options.Addresses.Take(options.Count))
            {
                bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
                string tentative = isIPv6 && IsAdd ? " nodad" : "";
                Console.WriteLine($"address {(IsAdd ? "add" : "del")} {address}/{(isIPv6 ? 128 : 32)} dev {Interface}{tentative}");
            }

            Console.WriteLine("END");
        }
    }
}
