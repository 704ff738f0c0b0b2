using System.Text;
using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>The body of an order that switches Wi-Fi on, and of a bench's record: role | security | length | SSID |
    /// length | passphrase.</summary>
    public static class WifiOrder
    {
        /// <summary>The network of every simulated access point.</summary>
        public const string Ssid = "customer's network";

        /// <summary>Its passphrase.</summary>
        public const string Passphrase = "SimulatedPassphrase";

        /// <summary>Makes a body.</summary>
        public static byte[] Body(string passphrase = Passphrase, string ssid = Ssid, WifiSecurity security = WifiSecurity.Wpa2,
            WifiRole role = WifiRole.Station)
        {
            return [(byte)role, (byte)security, (byte)ssid.Length, .. Encoding.ASCII.GetBytes(ssid), (byte)passphrase.Length,
                .. Encoding.ASCII.GetBytes(passphrase)];
        }
    }
}
