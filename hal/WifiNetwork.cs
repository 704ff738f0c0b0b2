using System;

namespace NanoComm.Hal
{
    /// <summary>A Wi-Fi network and what opens it. Never shown: not in logs, not by <see cref="ToString"/>.</summary>
    public sealed class WifiNetwork
    {
        /// <summary>Longest network name in bytes (IEEE 802.11, SSID element).</summary>
        public const int MaxSsid = 32;

        /// <summary>Shortest passphrase in characters (IEEE 802.11, Annex J.4).</summary>
        public const int MinPassphrase = 8;

        /// <summary>Longest passphrase in characters.</summary>
        public const int MaxPassphrase = 63;

        /// <summary>Makes it.</summary>
        /// <param name="role">What the unit is in it.</param>
        /// <param name="security">How it authenticates and encrypts.</param>
        /// <param name="ssid">Its name, 1…32 bytes; kept.</param>
        /// <param name="passphrase">8…63 characters, printable ASCII; kept, and cleared by <see cref="Forget"/>.</param>
        public WifiNetwork(WifiRole role, WifiSecurity security, byte[] ssid, byte[] passphrase)
        {
            Role = role;
            Security = security;
            Ssid = ssid;
            Passphrase = passphrase;
        }

        /// <summary>What the unit is in it.</summary>
        public WifiRole Role { get; }

        /// <summary>How it authenticates and encrypts.</summary>
        public WifiSecurity Security { get; }

        /// <summary>Its name, 1…32 bytes.</summary>
        public byte[] Ssid { get; }

        /// <summary>The passphrase, 8…63 characters of printable ASCII; zeros after <see cref="Forget"/>.</summary>
        public byte[] Passphrase { get; }

        /// <summary>Overwrites the passphrase.</summary>
        public void Forget()
        {
            Array.Clear(Passphrase, 0, Passphrase.Length);
        }

        /// <summary>Says that it is there, and nothing of it.</summary>
        public override string ToString()
        {
            return "Wi-Fi network (not shown)";
        }
    }
}
