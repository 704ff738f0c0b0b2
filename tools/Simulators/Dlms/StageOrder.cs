using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>What a ticket orders the metering unit to stage.</summary>
    /// <param name="Keys">The pairing.</param>
    public sealed record StageOrder(PairingKeys Keys)
    {
        /// <summary>In place of seconds since 2020-01-01T00:00:00Z: any time is early enough.</summary>
        public const uint Never = uint.MaxValue;

        private const byte Normal = 1;
        private const byte InvokeId = 0xC1;

        /// <summary>Reads the plaintext of a ticket: the ACTION request for method 1 of the Pairing object.</summary>
        /// <returns>Null when it is anything else.</returns>
        public static StageOrder Parse(ReadOnlySpan<byte> plain, byte[] ticketId)
        {
            var reader = new AxdrReader(plain);
            reader.Expect(ApduTag.ActionRequest);
            reader.Expect(Normal);
            reader.Expect(InvokeId);
            reader.Require(reader.UInt16() == PairingObject.ClassId);
            reader.Require(reader.LogicalName() == PairingObject.Name);
            reader.Expect(PairingObject.StageMethod);
            reader.Expect(1);
            reader.Structure(5);
            uint epoch = reader.DoubleLongUnsigned();
            byte[] clientTitle = reader.OctetString().ToArray();
            uint notAfter = reader.DoubleLongUnsigned();
            byte[] encryptionKey = reader.OctetString().ToArray();
            byte[] authenticationKey = reader.OctetString().ToArray();
            bool isGood = reader.IsGoodToTheEnd && clientTitle.Length == Suite0.TitleLength
                && encryptionKey.Length == Suite0.KeyLength && authenticationKey.Length == Suite0.KeyLength;
            return isGood
                ? new StageOrder(new PairingKeys(epoch, clientTitle, encryptionKey, authenticationKey, ticketId)
                {
                    NotAfter = notAfter,
                })
                : null;
        }
    }
}
