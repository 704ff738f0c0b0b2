using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>
    /// The metering unit's receipt for a commit, 81 bytes (docs/pairing.md). This unit cannot verify it, the key office
    /// can; it is kept when it says what it should.
    /// </summary>
    internal sealed class Receipt
    {
        private const int Length = 81;
        private const byte Version = 1;
        private const int MeterTitle = 1;
        private const int OwnTitle = MeterTitle + SecurityContext.TitleLength;
        private const int Epoch = OwnTitle + SecurityContext.TitleLength;

        private readonly byte[] _bytes = new byte[Length];

        /// <summary>Forgets what was taken.</summary>
        public void Clear()
        {
            Array.Clear(_bytes, 0, Length);
        }

        /// <summary>Takes one from an octet-string, if it is of its length.</summary>
        /// <param name="data">Holds the octet-string, of type Data.</param>
        /// <param name="offset">Its type.</param>
        /// <param name="length">Its length in bytes, type and length included.</param>
        public void Take(byte[] data, int offset, int length)
        {
            OctetString.Take(data, offset, length, _bytes);
        }

        /// <summary>Whether it is one of this pairing.</summary>
        /// <param name="security">Its titles.</param>
        /// <param name="epoch">Its epoch.</param>
        public bool Names(SecurityContext security, uint epoch)
        {
            return _bytes[0] == Version
                && SystemTitle.AreEqual(_bytes, MeterTitle, security.ServerTitle, 0)
                && SystemTitle.AreEqual(_bytes, OwnTitle, security.ClientTitle, 0)
                && BigEndian.ReadU32(_bytes, Epoch) == epoch;
        }

        /// <summary>Makes it durable.</summary>
        /// <param name="store">The store.</param>
        public bool Keep(IDurableStore store)
        {
            return store.Write(RecordCatalogue.Receipt, _bytes, Length);
        }
    }
}
