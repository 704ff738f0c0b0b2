using System;

namespace NanoComm.Echonet
{
    /// <summary>Who the unit is on the B route; the same on every path, so that a HEMS sees one meter.</summary>
    public sealed class EchonetIdentity
    {
        /// <summary>Length of a manufacturer code in bytes.</summary>
        public const int ManufacturerLength = 3;

        /// <summary>Length of the unique part of 83 in bytes.</summary>
        public const int UniqueLength = 13;

        /// <summary>Length of the free part of C0 in bytes.</summary>
        public const int RouteBFreeLength = 12;

        /// <summary>Length of a product code in bytes.</summary>
        public const int ProductLength = 12;

        /// <summary>Makes an identity.</summary>
        /// <param name="manufacturer">Manufacturer code given by the ECHONET Consortium, 3 bytes.</param>
        /// <param name="unique">Unique number of this unit, 13 bytes.</param>
        /// <param name="routeBFree">Free part of the route-B identification number, 12 bytes.</param>
        /// <param name="product">Product code, ASCII padded with zeros, 12 bytes.</param>
        /// <exception cref="ArgumentException">A length is not as said.</exception>
        public EchonetIdentity(byte[] manufacturer, byte[] unique, byte[] routeBFree, byte[] product)
        {
            if (manufacturer.Length != ManufacturerLength || unique.Length != UniqueLength
                || routeBFree.Length != RouteBFreeLength || product.Length != ProductLength)
            {
                throw new ArgumentException();
            }

            ManufacturerCode = manufacturer;
            ProductCode = product;
            IdentificationNumber = Join(0xFE, manufacturer, unique);
            RouteBId = Join(0x00, manufacturer, routeBFree);
        }

        /// <summary>8A: manufacturer code, 3 bytes.</summary>
        public byte[] ManufacturerCode { get; }

        /// <summary>8C: product code, 12 bytes.</summary>
        public byte[] ProductCode { get; }

        /// <summary>83: FE, manufacturer code, 13 unique bytes.</summary>
        public byte[] IdentificationNumber { get; }

        /// <summary>C0: 00, manufacturer code, 12 free bytes.</summary>
        public byte[] RouteBId { get; }

        private static byte[] Join(byte first, byte[] second, byte[] third)
        {
            var joined = new byte[1 + second.Length + third.Length];
            joined[0] = first;
            Array.Copy(second, 0, joined, 1, second.Length);
            Array.Copy(third, 0, joined, 1 + second.Length, third.Length);
            return joined;
        }
    }
}
