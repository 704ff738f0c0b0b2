using NanoComm.Echonet;
using NanoComm.Hal.Esp32;

namespace NanoComm.Esp32
{
    /// <summary>Who a unit is on the B route: one number for all its paths, from the MAC address of one of its network
    /// interfaces.</summary>
    internal static class UnitIdentity
    {
        // Not a code that the ECHONET Consortium has given to anybody: a product needs its manufacturer's own.
        private const byte PlaceholderManufacturer = 0xFF;

        /// <summary>Makes the identity.</summary>
        /// <param name="productCode">Of the board, at most 12 characters of ASCII.</param>
        /// <param name="mac">The unit's MAC address, 6 bytes: the last bytes of both numbers; zeros before it.</param>
        public static EchonetIdentity Create(string productCode, byte[] mac)
        {
            var manufacturer = new byte[EchonetIdentity.ManufacturerLength];
            for (int i = 0; i < manufacturer.Length; i++)
            {
                manufacturer[i] = PlaceholderManufacturer;
            }

            var product = new byte[EchonetIdentity.ProductLength];
            for (int i = 0; i < productCode.Length; i++)
            {
                product[i] = (byte)productCode[i];
            }

            return new EchonetIdentity(
                manufacturer, Unique(mac, EchonetIdentity.UniqueLength),
                Unique(mac, EchonetIdentity.RouteBFreeLength), product);
        }

        private static byte[] Unique(byte[] mac, int length)
        {
            var unique = new byte[length];
            for (int i = 0; i < Esp32Network.MacLength; i++)
            {
                unique[length - Esp32Network.MacLength + i] = mac[i];
            }

            return unique;
        }
    }
}
