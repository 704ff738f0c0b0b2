using System;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// Numbers that stand for hosts in tables of fixed size. Salted, so that nobody can choose addresses that meet in
    /// one place. Cheap: the words of the address, each multiplied by an odd number that nobody else knows.
    /// </summary>
    internal sealed class HostHash
    {
        private const int Word = 4;
        private const int Words = DatagramPeer.MaxAddressLength / Word;

        private readonly int[] _salt = new int[Words + 1];

        /// <summary>Makes it with a salt of its own.</summary>
        public HostHash(IRandomSource random)
        {
            var bytes = new byte[Word];
            for (int i = 0; i < _salt.Length; i++)
            {
                _salt[i] = Odd(random, bytes);
            }
        }

        /// <summary>A random odd number.</summary>
        /// <param name="random">The source.</param>
        /// <param name="bytes">Room for four bytes.</param>
        public static int Odd(IRandomSource random, byte[] bytes)
        {
            random.Fill(bytes, 0, Word);
            return BitConverter.ToInt32(bytes, 0) | 1;
        }

        /// <summary>The number of a host, whatever its port; never 0.</summary>
        public int Of(DatagramPeer peer)
        {
            byte[] address = peer.Address;
            int[] salt = _salt;
            int hash = BitConverter.ToInt32(address, 0) * salt[0];
            if (peer.AddressLength > Word)
            {
                hash += (BitConverter.ToInt32(address, Word) * salt[1])
                    + (BitConverter.ToInt32(address, 2 * Word) * salt[2])
                    + (BitConverter.ToInt32(address, 3 * Word) * salt[3])
                    + ((int)peer.ScopeId * salt[Words]);
            }

            // What differs in the highest bits only is to differ in the others too.
            hash ^= (int)((uint)hash >> 15);
            return hash == 0 ? 1 : hash;
        }
    }
}
