using System;
using System.Linq;
using System.Security.Cryptography;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>The utility's association with a metering unit (SAP 1): HLS with GMAC both ways, every APDU authenticated and
    /// encrypted. What is not authentic ends it.</summary>
    internal sealed class MeterAssociation
    {
        /// <summary>SAP of the utility's client.</summary>
        public const byte Sap = 1;

        private const Conformance Wanted = Conformance.Get | Conformance.Set | Conformance.Action | Conformance.SelectiveAccess
            | Conformance.BlockTransferWithGet;

        private const ushort MaxPdu = 1024;
        private const int ChallengeLength = 16;
        private const int LeastChallenge = 8;
        private const int ProofLength = Suite0.HeaderLength + Suite0.TagLength;
        private const byte Normal = 1;
        private const byte InvokeId = 0xC0;

        private readonly IMeterLink _link;
        private readonly MeterKeys _keys;
        private readonly SendingCounter _counter;
        private readonly byte[] _meter;
        private readonly byte[] _client;
        private readonly byte[] _challenge = RandomNumberGenerator.GetBytes(ChallengeLength);
        private uint? _floor;

        private MeterAssociation(IMeterLink link, MeterKeys keys, SendingCounter counter)
        {
            _link = link;
            _keys = keys;
            _counter = counter;
            _meter = keys.Meter.ToArray();
            _client = keys.Client.ToArray();
        }

        /// <summary>Opens it.</summary>
        /// <exception cref="UserError">It does not come about; the message says why.</exception>
        public static MeterAssociation Open(IMeterLink link, MeterKeys keys, SendingCounter counter)
        {
            var association = new MeterAssociation(link, keys, counter);
            link.Connect();
            association.Prove(association.Associate());
            return association;
        }

        /// <summary>Sends a request and takes its answer.</summary>
        /// <param name="request">Plain.</param>
        /// <returns>Plain.</returns>
        public byte[] Ask(byte[] request)
        {
            byte[] answer = _link.Exchange(Cipher((byte)(request[0] + ApduTag.GlobalOffset), request));
            return Decipher(answer, null);
        }

        // Gives the challenge of the metering unit.
        private byte[] Associate()
        {
            byte[] initiate = Cipher(ApduTag.GloInitiateRequest, new AxdrWriter().Byte(ApduTag.InitiateRequest).Byte(0).Byte(0).Byte(0)
                .Byte(InitiateRequest.DlmsVersion).Byte(0x5F).Byte(0x1F).Byte(4).Byte(0).Byte((byte)((int)Wanted >> 16))
                .UInt16((int)Wanted).UInt16(MaxPdu).ToArray());
            byte[] context = AssociationResponse.CipheredContext;
            byte[] mechanism = AssociationResponse.GmacMechanism;
            byte[] body = new AxdrWriter()
                .Byte(0xA1).Count(context.Length + 2).Byte(0x06).Count(context.Length).Bytes(context)
                .Byte(0xA6).Count(_client.Length + 2).Byte(0x04).Count(_client.Length).Bytes(_client)
                .Byte(0x8A).Count(2).Byte(0x07).Byte(0x80)
                .Byte(0x8B).Count(mechanism.Length).Bytes(mechanism)
                .Byte(0xAC).Count(ChallengeLength + 2).Byte(0x80).Count(ChallengeLength).Bytes(_challenge)
                .Byte(0xBE).Count(initiate.Length + 2).Byte(0x04).Count(initiate.Length).Bytes(initiate).ToArray();
            byte[] answer = _link.Exchange(new AxdrWriter().Byte(ApduTag.Aarq).Count(body.Length).Bytes(body).ToArray());
            return Take(MeterAnswer.Parse(answer) ?? throw Nonsense("no answer to an association"));
        }

        private byte[] Take(MeterAnswer answer)
        {
            if (answer.Title.Length == SystemTitle.Length && !answer.Title.SequenceEqual(_meter))
            {
                throw new UserError($"the metering unit at {_link.Name} is {new SystemTitle(answer.Title)}, and --keys has those of "
                    + $"{_keys.Meter}: take the keys of the one that is there, or go to the other one");
            }

            if (answer.Result != 0)
            {
                throw Refused(answer.Diagnostic);
            }

            if (answer.Challenge.Length < LeastChallenge || answer.Challenge.SequenceEqual(_challenge))
            {
                throw Nonsense("no challenge, or our own");
            }

            Decipher(answer.Initiate, ApduTag.GloInitiateResponse);
            return answer.Challenge;
        }

        // HLS pass 3 and 4.
        private void Prove(byte[] challenge)
        {
            uint counter = _counter.Next();
            byte[] request = new AxdrWriter().Byte(ApduTag.ActionRequest).Byte(Normal).Byte(InvokeId)
                .UInt16(AssociationObject.ClassId).Bytes(AssociationObject.Name.ToBytes()).Byte(AssociationObject.ReplyToHls).Byte(1)
                .OctetString(Proof(counter, _keys.Suite.Gmac(_client, counter, challenge))).ToArray();
            var reader = new AxdrReader(Ask(request));
            reader.Expect(ApduTag.ActionResponse);
            reader.Expect(Normal);
            reader.Expect(InvokeId);
            reader.Expect((byte)0);
            reader.Expect((byte)1);
            reader.Expect((byte)0);
            ReadOnlySpan<byte> proof = reader.OctetString();
            if (!reader.IsGoodToTheEnd || proof.Length != ProofLength || proof[0] != Suite0.Authenticated)
            {
                throw Nonsense("no proof");
            }

            uint their = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(proof[1..]);
            if (!CryptographicOperations.FixedTimeEquals(proof, Proof(their, _keys.Suite.Gmac(_meter, their, _challenge))))
            {
                throw NotAuthentic();
            }
        }

        private static byte[] Proof(uint counter, byte[] tag)
        {
            return new AxdrWriter().Byte(Suite0.Authenticated).UInt32(counter).Bytes(tag).ToArray();
        }

        private byte[] Cipher(byte tag, byte[] plain)
        {
            byte[] ciphered = _keys.Suite.Protect(_client, _counter.Next(), plain);
            return new AxdrWriter().Byte(tag).Count(ciphered.Length).Bytes(ciphered).ToArray();
        }

        // A counter that is not above the one before is an answer that somebody has kept.
        private byte[] Decipher(byte[] apdu, byte? tag)
        {
            var reader = new AxdrReader(apdu);
            byte first = reader.Byte();
            if (first == ApduTag.Exception)
            {
                throw new UserError($"the metering unit at {_link.Name} has ended the association (exception {Convert.ToHexString(apdu)}): "
                    + "try again; if it stays so, somebody else uses the line or the same keys");
            }

            reader.Require(tag is null || first == tag);
            reader.Require(reader.Count() == reader.Left);
            if (!reader.IsGood)
            {
                throw Nonsense(Convert.ToHexString(apdu));
            }

            byte[] plain = _keys.Suite.Unprotect(_meter, reader.Rest(), out uint counter);
            bool isAuthentic = plain is { Length: > 0 } && (_floor is null || counter > _floor)
                && (tag is not null || plain[0] + ApduTag.GlobalOffset == first);
            _floor = counter;
            return isAuthentic ? plain : throw NotAuthentic();
        }

        private UserError Refused(int diagnostic)
        {
            return diagnostic == (int)AssociationDiagnostic.AuthenticationFailure
                ? new UserError($"the metering unit {_keys.Meter} at {_link.Name} refuses these keys: take its own, as kms list units --json "
                    + $"--mu {_keys.Meter} --show-secrets prints them; it answers again after a second")
                : new UserError($"the metering unit at {_link.Name} refuses the association (diagnostic {diagnostic}): it has none for the "
                    + "utility at SAP 1 with HLS mechanism 5");
        }

        private UserError NotAuthentic()
        {
            return new UserError($"what answers at {_link.Name} is not authentic: it has not the keys of {_keys.Meter}, or somebody changes "
                + "what it sends. Nothing of it was used");
        }

        private UserError Nonsense(string what)
        {
            return new UserError($"the metering unit at {_link.Name} answers what makes no sense ({what}): is it one with DLMS/COSEM");
        }
    }
}
