using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The application layer: associations by SAP, HLS with GMAC, ciphering and counters, exceptions. Services on
    /// attributes are <see cref="AttributeServices"/>.
    /// </summary>
    public sealed class DlmsServer : IApduHandler
    {
        private const int ChallengeLength = 16;
        private const int MinClientChallenge = 8;
        private const int MaxClientChallenge = 64;
        private const int MinPdu = 64;
        private const byte Normal = 1;

        // A unit whose store was wiped counts from elsewhere under the same keys: what it sent before that may well be
        // above the floor, but not within reach of it.
        private const uint LongestLeap = 0x10000;
        private const int ProofLength = Suite0.HeaderLength + Suite0.TagLength;

        private readonly MeteringObjects _objects;
        private readonly MeteringUnitState _state;
        private readonly MeteringUnitOptions _options;
        private readonly MeteringUnitFaults _faults;
        private readonly IRandomSource _random;
        private readonly Dictionary<byte, Association> _associations = new();
        private readonly Dictionary<byte, AttributeServices> _services = new();
        private uint _lastCounter;

        /// <summary>Makes the layer.</summary>
        public DlmsServer(MeteringObjects objects, MeteringUnitState state, MeteringUnitOptions options,
            MeteringUnitFaults faults, IRandomSource random)
        {
            _objects = objects;
            _state = state;
            _options = options;
            _faults = faults;
            _random = random;
            EndAll();
            state.Slots.Staged += () => Disconnected((byte)SapKind.Pending);
            state.Slots.Committed += EndAll;
            objects.Orders.Done += (kind, text) => Done?.Invoke(kind, text);
        }

        /// <summary>SAPs that are served.</summary>
        public static IEnumerable<byte> Saps => Enum.GetValues<SapKind>().Select(kind => (byte)kind);

        /// <summary>An attempt to authenticate failed.</summary>
        public event Action AuthenticationFailed;

        /// <summary>Says in a few words what was done.</summary>
        public event Action<SapKind, string> Done;

        /// <inheritdoc/>
        public void Disconnected(byte client)
        {
            var association = new Association((SapKind)client);
            _associations[client] = association;
            _services[client] = new AttributeServices(_objects, _state, _faults, association, _options.MaxReceivePdu);
        }

        /// <inheritdoc/>
        public byte[] Handle(byte client, byte[] apdu)
        {
            _objects.Refresh();
            if (apdu.Length == 0)
            {
                return ExceptionResponse.Other;
            }

            if (apdu.Length > _options.MaxReceivePdu)
            {
                return ExceptionResponse.TooLong;
            }

            if ((SapKind)client == SapKind.Ticket)
            {
                return TakeTicket(apdu);
            }

            switch (apdu[0])
            {
                case ApduTag.Aarq:
                    return Associate(client, apdu);
                case ApduTag.Rlrq:
                    Disconnected(client);
                    return [ApduTag.Rlre, 3, 0x80, 1, 0];
            }

            Association association = _associations[client];
            if (association.Phase == AssociationPhase.None)
            {
                _state.Events.Add(_objects.Time, SecurityEventCode.AccessDenied);
                return ExceptionResponse.NotAllowed;
            }

            return association.IsCiphered ? HandleCiphered(association, apdu) : Serve(association, apdu);
        }

        private KeyRecord KeysOf(SapKind kind)
        {
            return kind switch
            {
                SapKind.Utility => _state.Utility,
                SapKind.Pending => _state.Pending,
                _ => _state.Pairing,
            };
        }

        private void EndAll()
        {
            foreach (byte sap in Saps)
            {
                Disconnected(sap);
            }
        }

        // Pre-established: there is nothing to open and nothing to read.
        private byte[] TakeTicket(byte[] apdu)
        {
            if (apdu[0] != ApduTag.GeneralCiphering)
            {
                _state.Events.Add(_objects.Time, SecurityEventCode.AccessDenied);
                return ExceptionResponse.NotAllowed;
            }

            if (_faults.ForgedStageResult is PairingResult forged)
            {
                return PairingObject.Answer(forged);
            }

            byte[] response = _objects.Pairing.TakeTicket(apdu);
            Done?.Invoke(SapKind.Ticket, "ticket: " + _objects.Pairing.LastResult);
            return response;
        }

        private byte[] Associate(byte client, byte[] apdu)
        {
            Disconnected(client);
            Association association = _associations[client];
            byte[] context = association.IsCiphered ? AssociationResponse.CipheredContext
                : AssociationResponse.PlainContext;
            AssociationRequest request = AssociationRequest.Parse(apdu);
            if (request == null)
            {
                return Refuse(association, context, AssociationDiagnostic.NoReason);
            }

            if (!request.ApplicationContext.AsSpan().SequenceEqual(context))
            {
                return Refuse(association, context, AssociationDiagnostic.ContextNotSupported);
            }

            return association.IsCiphered
                ? Challenge(association, context, request)
                : AssociatePlain(association, context, request);
        }

        private byte[] AssociatePlain(Association association, byte[] context, AssociationRequest request)
        {
            bool isPlain = request.Mechanism.Length == 0
                || request.Mechanism.AsSpan().SequenceEqual(AssociationResponse.NoMechanism.AsSpan());
            if (!isPlain)
            {
                return Refuse(association, context, AssociationDiagnostic.MechanismNotRecognised);
            }

            if (!InitiateRequest.TryParse(request.Initiate, out InitiateRequest initiate)
                || !Settle(association, initiate))
            {
                return Refuse(association, context, AssociationDiagnostic.NoReason);
            }

            association.Phase = AssociationPhase.Open;
            Report(association, "associated, no authentication");
            return AssociationResponse.Accept(context, association.Kind == SapKind.Public ? _state.SystemTitle : null, null,
                InitiateRequest.Respond(association.Conformance, _options.MaxReceivePdu));
        }

        private byte[] Challenge(Association association, byte[] context, AssociationRequest request)
        {
            association.Keys = KeysOf(association.Kind);
            if (!request.Mechanism.AsSpan().SequenceEqual(AssociationResponse.GmacMechanism))
            {
                return Refuse(association, context, AssociationDiagnostic.MechanismNotRecognised);
            }

            bool isExpected = association.Keys != null
                && association.Keys.ClientTitle.SequenceEqual(request.ClientTitle)
                && !request.ClientTitle.AsSpan().SequenceEqual(_state.SystemTitle)
                && request.Challenge.Length is >= MinClientChallenge and <= MaxClientChallenge;
            if (!isExpected)
            {
                return Refuse(association, context, AssociationDiagnostic.AuthenticationFailure);
            }

            byte[] plain = Decipher(association, request.Initiate, ApduTag.GloInitiateRequest, out uint counter);
            if (plain == null)
            {
                Fail(association, "AARQ does not verify");
                return AssociationResponse.Reject(context, TitleFor(association),
                    AssociationDiagnostic.AuthenticationFailure);
            }

            if (!InitiateRequest.TryParse(plain, out InitiateRequest initiate) || !Settle(association, initiate))
            {
                return Refuse(association, context, AssociationDiagnostic.NoReason);
            }

            association.Floor = counter;
            association.ClientChallenge = request.Challenge;
            association.ServerChallenge = MakeChallenge(request.Challenge);
            byte[] response = Cipher(association, ApduTag.GloInitiateResponse,
                InitiateRequest.Respond(association.Conformance, _options.MaxReceivePdu));
            if (response == null)
            {
                return Refuse(association, context, AssociationDiagnostic.NoReason);
            }

            association.Phase = AssociationPhase.AwaitingProof;
            byte[] title = _faults.EchoesTitle ? request.ClientTitle : _state.SystemTitle;
            return AssociationResponse.Accept(context, title, association.ServerChallenge, response);
        }

        private bool Settle(Association association, InitiateRequest initiate)
        {
            Conformance own = association.Kind switch
            {
                SapKind.Public => Conformance.Get,
                SapKind.Pending => Conformance.Get | Conformance.MultipleReferences | Conformance.Action,
                SapKind.Pairing => Conformance.Get | Conformance.BlockTransferWithGet | Conformance.SelectiveAccess
                    | Conformance.MultipleReferences | Conformance.Action,
                _ => Conformance.Get | Conformance.BlockTransferWithGet | Conformance.SelectiveAccess
                    | Conformance.MultipleReferences | Conformance.Action | Conformance.Set,
            };
            association.Conformance = own & initiate.Conformance & ~_objects.Quirks.Without;
            association.MaxPdu = initiate.MaxPdu == 0 ? _options.MaxSendPdu
                : Math.Min(initiate.MaxPdu, _options.MaxSendPdu);
            return association.MaxPdu >= MinPdu;
        }

        private byte[] MakeChallenge(byte[] clientChallenge)
        {
            if (_faults.EchoesChallenge)
            {
                return clientChallenge;
            }

            var challenge = new byte[ChallengeLength];
            if (!_faults.WeakChallenge)
            {
                _random.Fill(challenge, 0, ChallengeLength);
            }

            return challenge;
        }

        private byte[] HandleCiphered(Association association, byte[] apdu)
        {
            byte plainTag = (byte)(apdu[0] - ApduTag.GlobalOffset);
            if (plainTag is not (ApduTag.GetRequest or ApduTag.SetRequest or ApduTag.ActionRequest))
            {
                return ExceptionResponse.NotAllowed;
            }

            if (_faults.ExceptionCounter is uint expected)
            {
                return ExceptionResponse.WithCounter(expected);
            }

            byte[] plain = Decipher(association, apdu, apdu[0], out uint counter);
            bool isProof = association.Phase == AssociationPhase.AwaitingProof;
            if (plain == null)
            {
                return isProof ? FailProof(association) : Reject(association, SecurityEventCode.DecipheringFailed);
            }

            if (counter <= association.Floor || counter - association.Floor > LongestLeap)
            {
                return isProof ? FailProof(association) : Reject(association, SecurityEventCode.CounterReplayed);
            }

            if (plain.Length == 0 || plain[0] != plainTag)
            {
                return isProof ? FailProof(association) : ExceptionResponse.Other;
            }

            byte[] response = isProof ? TakeProof(association, plain, counter) : Serve(association, plain);
            association.Floor = Math.Max(association.Floor, counter);
            return response[0] == ApduTag.Exception
                ? response
                : Cipher(association, (byte)(response[0] + ApduTag.GlobalOffset), response) ?? ExceptionResponse.Other;
        }

        // HLS pass 3 in, pass 4 out. One attempt a challenge.
        private byte[] TakeProof(Association association, byte[] plain, uint counter)
        {
            var reader = new AxdrReader(plain);
            reader.Expect(ApduTag.ActionRequest);
            reader.Expect(Normal);
            byte id = reader.Byte();
            reader.Require(reader.UInt16() == AssociationObject.ClassId);
            reader.Require(reader.LogicalName() == AssociationObject.Name);
            reader.Expect(AssociationObject.ReplyToHls);
            reader.Expect(Normal);
            ReadOnlySpan<byte> proof = reader.OctetString();
            reader.Require(proof.Length == ProofLength && proof[0] == Suite0.Authenticated);
            if (!reader.IsGoodToTheEnd)
            {
                return FailProof(association);
            }

            // The proof is made under a counter of its own: two uses of one would give the key of the tags away.
            uint proofCounter = BinaryPrimitives.ReadUInt32BigEndian(proof[1..]);
            byte[] expected = association.Keys.Suite.Gmac(association.Keys.ClientTitle, proofCounter,
                association.ServerChallenge);
            bool isGood = proofCounter > association.Floor && proofCounter - association.Floor <= LongestLeap
                && proofCounter != counter
                && CryptographicOperations.FixedTimeEquals(expected, proof[Suite0.HeaderLength..]);
            if (!isGood)
            {
                return FailProof(association);
            }

            if (!TryTakeCounter(association.Keys, out uint own))
            {
                return ExceptionResponse.Other;
            }

            association.Phase = AssociationPhase.Open;
            association.Floor = proofCounter;
            _state.Events.Add(_objects.Time, SecurityEventCode.Associated);
            Report(association, "associated, authenticated");
            byte[] answer = association.Keys.Suite.Gmac(_state.SystemTitle, own, association.ClientChallenge);
            answer[0] ^= _faults.WrongProof ? (byte)1 : (byte)0;
            return new AxdrWriter().Byte(ApduTag.ActionResponse).Byte(Normal).Byte(id).Byte(0).Byte(1).Byte(0)
                .Byte((byte)DataTag.OctetString).Count(ProofLength).Byte(Suite0.Authenticated).UInt32(own).Bytes(answer)
                .ToArray();
        }

        private byte[] Serve(Association association, byte[] plain)
        {
            byte[] response = _services[(byte)association.Kind].Handle(plain);
            if (Done != null)
            {
                Report(association, Describe(plain, response));
            }

            return response;
        }

        private byte[] Decipher(Association association, ReadOnlySpan<byte> apdu, byte tag, out uint counter)
        {
            counter = 0;
            var reader = new AxdrReader(apdu);
            reader.Expect(tag);
            reader.Require(reader.Count() == reader.Left);
            return reader.IsGood
                ? association.Keys.Suite.Unprotect(association.Keys.ClientTitle, reader.Rest(), out counter)
                : null;
        }

        // Null when no counter is to be had.
        private byte[] Cipher(Association association, byte tag, byte[] plain)
        {
            if (!TryTakeCounter(association.Keys, out uint counter))
            {
                return null;
            }

            byte[] ciphered = association.Keys.Suite.Protect(_state.SystemTitle, counter, plain);
            ciphered[^1] ^= _faults.WrongTag ? (byte)1 : (byte)0;
            return new AxdrWriter().Byte(tag).Count(ciphered.Length).Bytes(ciphered).ToArray();
        }

        private bool TryTakeCounter(KeyRecord keys, out uint counter)
        {
            if (_faults.ReplaysCounter)
            {
                counter = _lastCounter;
                return true;
            }

            for (int i = 0; i < _faults.SkipsCounters; i++)
            {
                keys.TryTakeCounter(out _);
            }

            bool isTaken = keys.TryTakeCounter(out counter);
            _lastCounter = counter;
            return isTaken;
        }

        private byte[] Refuse(Association association, byte[] context, AssociationDiagnostic why)
        {
            _state.Events.Add(_objects.Time, SecurityEventCode.AssociationRefused);
            Report(association, "association refused: " + why);
            return AssociationResponse.Reject(context, TitleFor(association), why);
        }

        private byte[] TitleFor(Association association)
        {
            return association.IsCiphered ? _state.SystemTitle : null;
        }

        private byte[] FailProof(Association association)
        {
            Fail(association, "HLS proof does not verify");
            return ExceptionResponse.NotDeciphered;
        }

        private void Fail(Association association, string what)
        {
            Disconnected((byte)association.Kind);
            _state.Events.Add(_objects.Time, SecurityEventCode.AuthenticationFailed);
            Report(association, what);
            AuthenticationFailed?.Invoke();
        }

        private byte[] Reject(Association association, SecurityEventCode why)
        {
            _state.Events.Add(_objects.Time, why);
            Report(association, "message refused: " + why);
            return ExceptionResponse.NotDeciphered;
        }

        private void Report(Association association, string what)
        {
            Done?.Invoke(association.Kind, what);
        }

        private static string Describe(byte[] request, byte[] response)
        {
            string service = request[0] switch
            {
                ApduTag.GetRequest => "GET",
                ApduTag.SetRequest => "SET",
                ApduTag.ActionRequest => "ACTION",
                _ => $"APDU {request[0]:X2}",
            };
            return $"{service}{(request.Length > 1 ? " type " + request[1] : "")}, {request.Length} bytes in, "
                + (response[0] == ApduTag.Exception ? "exception" : $"{response.Length} bytes out");
        }
    }
}
