using System;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>Keys of the utility's own client at a metering unit (SAP 1), which reads receipts there.</summary>
    /// <param name="ClientTitle">Its title.</param>
    /// <param name="EncryptionKey">GUEK, 16 bytes.</param>
    /// <param name="AuthenticationKey">GAK, 16 bytes.</param>
    public sealed record UtilityKeys(SystemTitle ClientTitle, byte[] EncryptionKey, byte[] AuthenticationKey)
    {
        internal const int Length = SystemTitle.Length + 2 * KeyWrap.KeyLength;

        /// <summary>Makes keys up.</summary>
        public static UtilityKeys MakeUp()
        {
            return new UtilityKeys(SystemTitle.MakeUp("NCU"), RandomNumberGenerator.GetBytes(KeyWrap.KeyLength),
                RandomNumberGenerator.GetBytes(KeyWrap.KeyLength));
        }

        internal static UtilityKeys Read(ReadOnlySpan<byte> bytes)
        {
            return new UtilityKeys(new SystemTitle(bytes[..SystemTitle.Length]),
                bytes.Slice(SystemTitle.Length, KeyWrap.KeyLength).ToArray(),
                bytes[(SystemTitle.Length + KeyWrap.KeyLength)..].ToArray());
        }
    }
}
