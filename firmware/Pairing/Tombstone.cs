using System;
using NanoComm.Bytes;
using NanoComm.Crypto;
using NanoComm.Dlms;

namespace NanoComm.Pairing
{
    /// <summary>
    /// The metering unit's last word under the keys of a pairing that another one has replaced, 39 bytes
    /// (docs/pairing.md): "retired" | metering unit's title 8 | title of the old unit 8 | new epoch u32 | GMAC 12.
    /// </summary>
    internal sealed class Tombstone
    {
        private const int MeterTitle = 7;
        private const int OwnTitle = MeterTitle + SecurityContext.TitleLength;
        private const int EpochAt = OwnTitle + SecurityContext.TitleLength;
        private const int Tag = EpochAt + 4;
        private const int Length = Tag + AesGcm.TagLength;
        private const byte Authenticated = 0x10;

        private static readonly byte[] Retired = { 0x72, 0x65, 0x74, 0x69, 0x72, 0x65, 0x64 };

        private readonly byte[] _bytes = new byte[Length];

        /// <summary>Epoch of the pairing that replaced ours.</summary>
        public uint Epoch => BigEndian.ReadU32(_bytes, EpochAt);

        /// <summary>Takes one from an octet-string, if it is of its length.</summary>
        /// <param name="data">Holds the octet-string, of type Data.</param>
        /// <param name="offset">Its type.</param>
        /// <param name="length">Its length in bytes, type and length included.</param>
        public void Take(byte[] data, int offset, int length)
        {
            OctetString.Take(data, offset, length, _bytes);
        }

        /// <summary>Whether it ends this pairing: made with its keys, of its two sides, by a newer one.</summary>
        /// <param name="pairing">The pairing.</param>
        public bool Ends(ActivePairing pairing)
        {
            SecurityContext security = pairing.Security;
            if (!Octets.AreEqual(_bytes, 0, Retired, 0, MeterTitle)
                || !SystemTitle.AreEqual(_bytes, MeterTitle, security.ServerTitle, 0)
                || !SystemTitle.AreEqual(_bytes, OwnTitle, security.ClientTitle, 0)
                || Epoch <= pairing.Epoch)
            {
                return false;
            }

            var iv = new byte[AesGcm.IvLength];
            Array.Copy(security.ServerTitle, 0, iv, 0, SecurityContext.TitleLength);
            BigEndian.WriteU32(iv, SecurityContext.TitleLength, Ciphering.ReservedCounter);
            var aad = new byte[1 + SecurityContext.KeyLength + Tag];
            aad[0] = Authenticated;
            Array.Copy(security.Gak, 0, aad, 1, SecurityContext.KeyLength);
            Array.Copy(_bytes, 0, aad, 1 + SecurityContext.KeyLength, Tag);
            bool isAuthentic = security.Cipher.VerifyGmac(iv, aad, 0, aad.Length, _bytes, Tag);
            Array.Clear(aad, 0, aad.Length);
            return isAuthentic;
        }
    }
}
