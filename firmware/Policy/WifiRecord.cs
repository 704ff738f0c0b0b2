using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Policy
{
    /// <summary>The records `wifi` and `wifi-bench`, and the body of an order to switch Wi-Fi on: role u8 | security u8 |
    /// length u8, network name | length u8, passphrase.</summary>
    internal static class WifiRecord
    {
        /// <summary>Most bytes of it.</summary>
        public const int MaxLength = SsidAt + WifiNetwork.MaxSsid + 1 + WifiNetwork.MaxPassphrase;

        private const int SecurityAt = 1;
        private const int SsidLengthAt = 2;
        private const int SsidAt = 3;

        /// <summary>Whether it has the form: a role and a security that are known, a name and a passphrase as long as they
        /// may be, which is printable ASCII.</summary>
        public static bool IsWellFormed(byte[] buffer, int offset, int length)
        {
            if (length < SsidAt || buffer[offset] > (int)WifiRole.AccessPoint
                || buffer[offset + SecurityAt] > (int)WifiSecurity.Wpa2Wpa3)
            {
                return false;
            }

            int ssid = buffer[offset + SsidLengthAt];
            int phrase = offset + SsidAt + ssid;
            if (ssid < 1 || ssid > WifiNetwork.MaxSsid || phrase >= offset + length
                || phrase + 1 + buffer[phrase] != offset + length || buffer[phrase] > WifiNetwork.MaxPassphrase)
            {
                return false;
            }

            // A network without any is told by its security.
            bool isLongEnough = buffer[phrase] >= WifiNetwork.MinPassphrase || !IsAllowed(buffer, offset);
            for (int i = phrase + 1; i < offset + length; i++)
            {
                isLongEnough &= buffer[i] >= ' ' && buffer[i] <= '~';
            }

            return isLongEnough;
        }

        /// <summary>Whether it encrypts as requirement R19 has it.</summary>
        public static bool IsAllowed(byte[] buffer, int offset)
        {
            return buffer[offset + SecurityAt] >= (int)WifiSecurity.Wpa2;
        }

        /// <summary>What the unit is in the network.</summary>
        public static WifiRole RoleOf(byte[] buffer, int offset)
        {
            return (WifiRole)buffer[offset];
        }

        /// <summary>The network of a record that is well formed.</summary>
        public static WifiNetwork Read(byte[] record)
        {
            int ssid = record[SsidLengthAt];
            int phrase = SsidAt + ssid;
            return new WifiNetwork((WifiRole)record[0], (WifiSecurity)record[SecurityAt], Octets.Part(record, SsidAt, ssid),
                Octets.Part(record, phrase + 1, record[phrase]));
        }

        /// <summary>Puts another passphrase into a record that is well formed.</summary>
        /// <returns>The record's length; 0 when the passphrase is too long.</returns>
        public static int Replace(byte[] record, byte[] buffer, int offset, int length)
        {
            if (length > WifiNetwork.MaxPassphrase)
            {
                return 0;
            }

            int phrase = SsidAt + record[SsidLengthAt];
            record[phrase] = (byte)length;
            Array.Copy(buffer, offset, record, phrase + 1, length);
            return phrase + 1 + length;
        }
    }
}
