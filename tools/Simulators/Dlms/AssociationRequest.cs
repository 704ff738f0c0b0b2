using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>An AARQ, as far as this server looks at it (Green Book 9.4.2, ACSE in BER).</summary>
    public sealed class AssociationRequest
    {
        private const byte ApplicationContextField = 0xA1;
        private const byte CallingTitleField = 0xA6;
        private const byte MechanismField = 0x8B;
        private const byte AuthenticationValueField = 0xAC;
        private const byte UserInformationField = 0xBE;
        private const byte ObjectIdentifier = 0x06;
        private const byte OctetString = 0x04;
        private const byte CharacterString = 0x80;

        /// <summary>Object identifier of the application context, encoded; empty when absent.</summary>
        public byte[] ApplicationContext { get; private set; } = [];

        /// <summary>Calling AP title: the client's system title; empty when absent.</summary>
        public byte[] ClientTitle { get; private set; } = [];

        /// <summary>Object identifier of the authentication mechanism, encoded; empty when absent.</summary>
        public byte[] Mechanism { get; private set; } = [];

        /// <summary>Calling authentication value: the challenge CtoS; empty when absent.</summary>
        public byte[] Challenge { get; private set; } = [];

        /// <summary>The initiate request, plain or ciphered.</summary>
        public byte[] Initiate { get; private set; } = [];

        /// <summary>Reads an AARQ; fields that this server does not need are passed over.</summary>
        /// <returns>Null when it is malformed.</returns>
        public static AssociationRequest Parse(ReadOnlySpan<byte> apdu)
        {
            var reader = new AxdrReader(apdu);
            reader.Expect(ApduTag.Aarq);
            reader.Require(reader.Count() == reader.Left);
            var request = new AssociationRequest();
            while (reader.IsGood && reader.Left > 0)
            {
                byte field = reader.Byte();
                var value = new AxdrReader(reader.Bytes(reader.Count()));
                reader.Require(request.Take(field, ref value));
            }

            return reader.IsGood ? request : null;
        }

        private bool Take(byte field, ref AxdrReader value)
        {
            switch (field)
            {
                case ApplicationContextField:
                    ApplicationContext = Unwrap(ref value, ObjectIdentifier);
                    break;
                case CallingTitleField:
                    ClientTitle = Unwrap(ref value, OctetString);
                    break;
                case MechanismField:
                    Mechanism = value.Rest().ToArray();
                    break;
                case AuthenticationValueField:
                    Challenge = Unwrap(ref value, CharacterString);
                    break;
                case UserInformationField:
                    Initiate = Unwrap(ref value, OctetString);
                    break;
                default:
                    value.Rest();
                    break;
            }

            return value.IsGoodToTheEnd;
        }

        private static byte[] Unwrap(ref AxdrReader value, byte tag)
        {
            value.Expect(tag);
            return value.Bytes(value.Count()).ToArray();
        }
    }
}
