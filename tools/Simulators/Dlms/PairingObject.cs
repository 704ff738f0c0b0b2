using System;
using System.Linq;
using System.Security.Cryptography;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The Pairing object (docs/pairing.md): how the pairing stands, and the two methods that change it, with the
    /// rules for both. Its last result is a hint and not kept through a power cut: anybody at the line can make one.
    /// </summary>
    public sealed class PairingObject
    {
        /// <summary>Manufacturer-specific class.</summary>
        public const ushort ClassId = 8192;

        /// <summary>Method that takes a ticket; only from within one.</summary>
        public const byte StageMethod = 1;

        /// <summary>Method that makes the pending pairing the active one.</summary>
        public const byte CommitMethod = 2;

        /// <summary>Its logical name.</summary>
        public static readonly Obis Name = Obis.Parse("0.0.96.130.0.255");

        private const byte ReceiptVersion = 1;

        private readonly MeteringUnitState _state;
        private readonly PairingSlots _slots;
        private readonly Func<DateTime> _time;
        private readonly Func<bool> _isClockValid;

        /// <summary>Makes the object.</summary>
        /// <param name="state">What the unit keeps.</param>
        /// <param name="time">The metering clock.</param>
        /// <param name="isClockValid">Whether that clock is right.</param>
        public PairingObject(MeteringUnitState state, Func<DateTime> time, Func<bool> isClockValid)
        {
            _state = state;
            _slots = state.Slots;
            _time = time;
            _isClockValid = isClockValid;
        }

        /// <summary>What came of the last ticket or commit.</summary>
        public PairingResult LastResult { get; private set; }

        private int State => (_slots.Active == null ? 0 : 1, _slots.Pending == null ? 0 : 1) switch
        {
            (0, 0) => 0,
            (1, 0) => 1,
            (1, 1) => 2,
            _ => 3,
        };

        /// <summary>As the associations see it.</summary>
        public CosemObject ToObject()
        {
            const AccessRights everybody = AccessRights.Everybody;
            return new CosemObject(ClassId, 0, Name, everybody)
            {
                Methods = [new CosemMethod(CommitMethod, SapKind.Pending, Commit)],
            }
                .Constant(2, everybody, to => to.Enum(State))
                .Constant(3, everybody, to => to.DoubleLongUnsigned(_slots.CommittedEpoch))
                .Constant(4, everybody, to => to.DoubleLongUnsigned(_slots.Pending?.Epoch ?? 0))
                .Constant(5, everybody, to => to.Enum((int)LastResult))
                .Constant(6, AccessRights.Metered, to => to.OctetString(_slots.Receipt))
                .Constant(7, AccessRights.Metered | AccessRights.PublicRead, to => to.OctetString(_slots.Tombstone));
        }

        /// <summary>Takes a ticket.</summary>
        /// <param name="apdu">A general-ciphering APDU.</param>
        /// <returns>The plain answer.</returns>
        public byte[] TakeTicket(ReadOnlySpan<byte> apdu)
        {
            byte[] plain = TicketEnvelope.Open(apdu, _state.Factory?.Kek, _state.SystemTitle, out byte[] ticketId);
            StageOrder order = plain == null ? null : StageOrder.Parse(plain, ticketId);
            LastResult = order == null ? PairingResult.NotAuthentic : Stage(order);
            _state.Events.Add(_time(), LastResult switch
            {
                PairingResult.Staged => SecurityEventCode.Staged,
                PairingResult.StagedAlready or PairingResult.CommittedAlready => SecurityEventCode.StageRepeated,
                PairingResult.NotAuthentic => SecurityEventCode.TicketNotAuthentic,
                _ => SecurityEventCode.StageRefused,
            });
            return plain == null ? ExceptionResponse.NotDeciphered : Answer(LastResult);
        }

        /// <summary>The plain answer to a ticket.</summary>
        public static byte[] Answer(PairingResult result)
        {
            ActionResult action = result switch
            {
                PairingResult.Staged or PairingResult.StagedAlready or PairingResult.CommittedAlready
                    => ActionResult.Success,
                PairingResult.StoreFailed => ActionResult.TemporaryFailure,
                PairingResult.NotAuthentic => ActionResult.OtherReason,
                _ => ActionResult.ReadWriteDenied,
            };
            return [ApduTag.ActionResponse, 1, 0xC1, (byte)action, 1, 0, (byte)DataTag.Enum, (byte)result];
        }

        // A ticket that is there already comes before everything else: the exchange goes on where it was cut, and
        // writing the record anew would start its counter again.
        private PairingResult Stage(StageOrder order)
        {
            PairingKeys keys = order.Keys;
            KeyRecord pending = _slots.Pending;
            if (pending != null && keys.Epoch == pending.Epoch)
            {
                return pending.TicketId.SequenceEqual(keys.TicketId) ? PairingResult.StagedAlready
                    : PairingResult.OtherTicket;
            }

            if (keys.Epoch <= _slots.CommittedEpoch)
            {
                bool isCommitted = keys.Epoch == _slots.CommittedEpoch
                    && keys.TicketId.SequenceEqual(_slots.CommittedTicket);
                return isCommitted ? PairingResult.CommittedAlready : PairingResult.NotAboveCommitted;
            }

            if (keys.Epoch < pending?.Epoch)
            {
                return PairingResult.BelowPending;
            }

            return IsOver(keys.NotAfter) ? PairingResult.Expired
                : _slots.Stage(keys) ? PairingResult.Staged
                : PairingResult.StoreFailed;
        }

        // A clock that is not right ends nothing.
        private bool IsOver(uint notAfter)
        {
            return notAfter != StageOrder.Never && _isClockValid() && CosemTime.ToTicketTime(_time()) > notAfter;
        }

        private ActionResult Commit(Association association, byte[] parameter, AxdrWriter returned)
        {
            var reader = new AxdrReader(parameter);
            reader.Structure(3);
            uint epoch = reader.DoubleLongUnsigned();
            ReadOnlySpan<byte> ownTitle = reader.OctetString();
            ReadOnlySpan<byte> clientTitle = reader.OctetString();
            KeyRecord pending = _slots.Pending;
            bool isMatch = reader.IsGoodToTheEnd && pending != null && association.Keys == pending
                && epoch == pending.Epoch && ownTitle.SequenceEqual(_state.SystemTitle)
                && clientTitle.SequenceEqual(pending.ClientTitle);
            LastResult = !reader.IsGoodToTheEnd ? PairingResult.NotAuthentic
                : !isMatch ? PairingResult.CommitMismatch
                : IsOver(pending.NotAfter) ? PairingResult.Expired
                : _slots.Commit(MakeReceipt(pending), MakeTombstone(_slots.Active, pending.Epoch)) ? PairingResult.Committed
                : PairingResult.StoreFailed;
            bool isCommitted = LastResult == PairingResult.Committed;
            _state.Events.Add(_time(), isCommitted ? SecurityEventCode.Committed : SecurityEventCode.CommitRefused);
            if (isCommitted)
            {
                returned.OctetString(_slots.Receipt);
            }

            return LastResult switch
            {
                PairingResult.Committed => ActionResult.Success,
                PairingResult.StoreFailed => ActionResult.TemporaryFailure,
                PairingResult.NotAuthentic => ActionResult.TypeUnmatched,
                PairingResult.Expired => ActionResult.ScopeOfAccessViolated,
                _ => ActionResult.ReadWriteDenied,
            };
        }

        private byte[] MakeReceipt(KeyRecord pairing)
        {
            byte[] time = CosemTime.ToBytes(_time(), _isClockValid());
            time[CosemTime.HundredthsOffset] = 0;
            byte[] head = new AxdrWriter().Byte(ReceiptVersion).Bytes(_state.SystemTitle).Bytes(pairing.ClientTitle)
                .UInt32(pairing.Epoch).Bytes(pairing.TicketId).Bytes(time).ToArray();
            return [.. head, .. HMACSHA256.HashData(_state.Factory.ProofKey, head)];
        }

        // The old unit can tell by it that it was replaced: only who has its keys can make it, and the counter is one
        // that no message has.
        private byte[] MakeTombstone(KeyRecord old, uint newEpoch)
        {
            if (old == null)
            {
                return [];
            }

            byte[] head = new AxdrWriter().Bytes("retired"u8).Bytes(_state.SystemTitle).Bytes(old.ClientTitle)
                .UInt32(newEpoch).ToArray();
            return [.. head, .. old.Suite.Gmac(_state.SystemTitle, KeyRecord.LastCounter, head)];
        }
    }
}
