using System.Net.NetworkInformation;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// One network interface of the board, looked up anew at every question: nanoFramework hands out copies. It shows
    /// IPv4 addresses only, so that an IPv4 address also stands for "the link is up".
    /// DHCP or a fixed address: that is the network configuration which nanoff deployed, and the image applies it at each
    /// link-up. Without a link the stack takes the address away, a fixed one too, but of a fixed one the image goes on
    /// showing what is configured.
    /// </summary>
    public sealed class Esp32Network
    {
        /// <summary>What <see cref="Address"/> reads without an address.</summary>
        public const string NoAddress = "0.0.0.0";

        /// <summary>Length of a MAC address in bytes.</summary>
        public const int MacLength = 6;

        private readonly NetworkInterfaceType _type;

        /// <summary>Makes it.</summary>
        /// <param name="type">Wireless80211 or Ethernet; the first interface of that type counts.</param>
        public Esp32Network(NetworkInterfaceType type)
        {
            _type = type;
        }

        /// <summary>The IPv4 address as text, or <see cref="NoAddress"/>.</summary>
        public string Address
        {
            get
            {
                NetworkInterface found = Find();
                if (found == null || string.IsNullOrEmpty(found.IPv4Address))
                {
                    return NoAddress;
                }

                return found.IsDhcpEnabled || NetworkInterface.GetIsNetworkAvailable() ? found.IPv4Address : NoAddress;
            }
        }

        /// <summary>Why there is no address, for the log.</summary>
        public string Lack
        {
            get
            {
                return Find() == null ? "the firmware image has no such interface"
                    : NetworkInterface.GetIsNetworkAvailable() ? "link, and no address: DHCP has not answered"
                    : "no link";
            }
        }

        /// <summary>The MAC address, 6 bytes; zeros on a board without such an interface.</summary>
        public byte[] PhysicalAddress
        {
            get
            {
                NetworkInterface found = Find();
                byte[] mac = found == null ? null : found.PhysicalAddress;
                return mac == null || mac.Length != MacLength ? new byte[MacLength] : mac;
            }
        }

        private NetworkInterface Find()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == _type)
                {
                    return all[i];
                }
            }

            return null;
        }
    }
}
