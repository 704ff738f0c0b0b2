using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>
    /// Proves to the key office that a unit's keys were written on the line: HMAC-SHA256 under the unit's proof key, which whoever
    /// wrote them had in hand, over <c>NCFW</c>, lot, title and time. What a unit itself signs begins with another byte.
    /// </summary>
    public static class FactoryProof
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = HMACSHA256.HashSizeInBytes;

        /// <summary>Makes it.</summary>
        /// <param name="proofKey">The unit's, 32 bytes.</param>
        /// <param name="lot">The lot's id, 16 bytes.</param>
        /// <param name="title">The unit.</param>
        /// <param name="time">When it was written, as <see cref="UtilityTime"/>.</param>
        public static byte[] Make(ReadOnlySpan<byte> proofKey, ReadOnlySpan<byte> lot, SystemTitle title, uint time)
        {
            var seconds = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(seconds, time);
            return HMACSHA256.HashData(proofKey, [.. "NCFW"u8, .. lot, .. title.ToArray(), .. seconds]);
        }

        /// <summary>Whether this is the proof.</summary>
        public static bool IsAuthentic(ReadOnlySpan<byte> proof, ReadOnlySpan<byte> proofKey, ReadOnlySpan<byte> lot, SystemTitle title,
            uint time)
        {
            return CryptographicOperations.FixedTimeEquals(proof, Make(proofKey, lot, title, time));
        }
    }
}
