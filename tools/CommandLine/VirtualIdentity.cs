using System;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using NanoComm.Echonet;

namespace NanoComm.CommandLine
{
    /// <summary>Who a virtual board is on the B route: the same board at the same address is the same unit tomorrow, and two of
    /// them on one network are two.</summary>
    public static class VirtualIdentity
    {
        /// <summary>The identity of the unit at an address of this PC.</summary>
        public static EchonetIdentity Of(IPEndPoint address)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName + " " + address));
            byte[] noManufacturer = [0xFF, 0xFF, 0xFF];
            byte[] product = Encoding.ASCII.GetBytes("nanoComm-VB\0");
            return new EchonetIdentity(noManufacturer, hash[..EchonetIdentity.UniqueLength],
                hash[^EchonetIdentity.RouteBFreeLength..], product);
        }
    }
}
