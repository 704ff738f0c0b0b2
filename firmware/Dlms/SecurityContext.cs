using System;
using NanoComm.Crypto;
using NanoComm.Hal;

namespace NanoComm.Dlms
{
    /// <summary>
    /// What two sides share that trust each other (security suite 0): system titles, global unicast encryption key
    /// (GUEK), global authentication key (GAK), and this side's sending counter for them.
    /// </summary>
    public sealed class SecurityContext
    {
        /// <summary>Bytes of a system title.</summary>
        public const int TitleLength = 8;

        /// <summary>Bytes of a key.</summary>
        public const int KeyLength = 16;

        /// <summary>Makes a context; everything is copied.</summary>
        /// <param name="clientTitle">Our system title, 8 bytes.</param>
        /// <param name="serverTitle">The server's, 8 bytes, another one.</param>
        /// <param name="guek">Block cipher with the encryption key.</param>
        /// <param name="gak">The authentication key, 16 bytes.</param>
        /// <param name="counter">Our sending counter under the encryption key.</param>
        /// <exception cref="ArgumentException">A length is wrong.</exception>
        public SecurityContext(
            byte[] clientTitle, byte[] serverTitle, IBlockCipher guek, byte[] gak, IInvocationCounter counter)
        {
            ClientTitle = Copy(clientTitle, TitleLength);
            ServerTitle = Copy(serverTitle, TitleLength);
            Gak = Copy(gak, KeyLength);
            Cipher = new AesGcm(guek);
            Counter = counter;
        }

        /// <summary>Our system title.</summary>
        public byte[] ClientTitle { get; }

        /// <summary>The server's system title.</summary>
        public byte[] ServerTitle { get; }

        /// <summary>The authentication key.</summary>
        public byte[] Gak { get; }

        /// <summary>AES-GCM under the encryption key.</summary>
        public AesGcm Cipher { get; }

        /// <summary>Our sending counter.</summary>
        public IInvocationCounter Counter { get; }

        /// <summary>Overwrites the keys and what was made of them. Of no use afterwards.</summary>
        public void Forget()
        {
            Array.Clear(Gak, 0, KeyLength);
            Cipher.Forget();
        }

        private static byte[] Copy(byte[] source, int length)
        {
            if (source.Length != length)
            {
                throw new ArgumentException();
            }

            var copy = new byte[length];
            Array.Copy(source, copy, length);
            return copy;
        }
    }
}
