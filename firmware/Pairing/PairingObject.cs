using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.MeterLink;

namespace NanoComm.Pairing
{
    /// <summary>
    /// The metering unit's Pairing object (docs/pairing.md: class 8192, 0-0:96.130.0.255), asked through the client
    /// that the metering loop has.
    /// </summary>
    internal sealed class PairingObject
    {
        private const int PublicSap = 16;
        private const int PendingSap = 3;
        private const int TicketSap = 4;
        private const int ClassId = 8192;
        private const byte StateAttribute = 2;
        private const byte CommittedEpochAttribute = 3;
        private const byte ReceiptAttribute = 6;
        private const byte TombstoneAttribute = 7;
        private const byte CommitMethod = 2;
        private const int StateActive = 1;
        private const int StateActiveAndPending = 2;

        // M is an ACTION request of this number.
        private const int StageInvokeId = 1;
        private const int CommitLength = 2 + 5 + (2 * (2 + SecurityContext.TitleLength));

        private readonly DlmsClient _client;
        private readonly ApduReader _reader = new ApduReader();
        private readonly byte[] _parameter = new byte[CommitLength];
        private readonly CosemDescriptor _commit = Member(CommitMethod);
        private readonly GetItem _state = new GetItem(Member(StateAttribute));
        private readonly GetItem _committedEpoch = new GetItem(Member(CommittedEpochAttribute));
        private readonly GetItem _receipt = new GetItem(Member(ReceiptAttribute));
        private readonly GetItem _tombstone = new GetItem(Member(TombstoneAttribute));
        private readonly GetItem[] _stateItems;
        private readonly GetItem[] _stateAndReceiptItems;

        /// <summary>Makes it; nothing is sent.</summary>
        /// <param name="client">The client.</param>
        public PairingObject(DlmsClient client)
        {
            _client = client;
            _stateItems = new GetItem[] { _state, _committedEpoch };
            _stateAndReceiptItems = new GetItem[] { _state, _committedEpoch, _receipt };
        }

        /// <summary>Finds out which metering unit is at the line: by the association that reads, or else by what it says of
        /// itself on SAP 16. Nothing protects that: whoever lies about it keeps a ticket from being used, no more.</summary>
        /// <param name="active">Titles and keys of the active pairing, or null.</param>
        /// <param name="title">Its system title; null where it is not known.</param>
        public DlmsResult Identify(SecurityContext active, out byte[] title)
        {
            if (active != null && _client.IsAssociatedWith(MeteringUnit.ActivePairingSap, active))
            {
                title = active.ServerTitle;
                return DlmsResult.Ok;
            }

            title = null;
            DlmsResult result = _client.Associate(PublicSap, null);
            if (result != DlmsResult.Ok || _client.TitleOffset < 0)
            {
                return result == DlmsResult.Ok ? DlmsResult.ProtocolError : result;
            }

            title = Octets.Part(_client.Returned, _client.TitleOffset, SecurityContext.TitleLength);
            return DlmsResult.Ok;
        }

        /// <summary>Hands M over on SAP 4. Nothing protects the answer.</summary>
        /// <param name="message">M.</param>
        /// <param name="answer">What the metering unit says of it, be it a refusal.</param>
        /// <returns><see cref="DlmsResult.Ok"/> when there is such an answer.</returns>
        public DlmsResult Stage(byte[] message, out StageResult answer)
        {
            answer = StageResult.None;
            DlmsResult result = _client.Deliver(TicketSap, message, 0, message.Length, out int length);
            if (result != DlmsResult.Ok)
            {
                return result;
            }

            _reader.Open(_client.Returned, 0, length);
            _reader.Expect(ApduTag.ActionResponse);
            DlmsDetail detail = ActionResponse.Read(_reader, StageInvokeId, out int code, out int offset, out length);
            if (detail != DlmsDetail.None && detail != DlmsDetail.ActionResult)
            {
                return DlmsResult.ProtocolError;
            }

            CosemNumber.Read(_client.Returned, offset, offset + length, out long number);
            answer = (StageResult)number;
            bool isRefusal = answer > StageResult.CommittedAlready;
            return isRefusal == (code != 0) ? DlmsResult.Ok : DlmsResult.ProtocolError;
        }

        /// <summary>Associates on SAP 3 with the keys of a pending pairing.</summary>
        /// <param name="security">Titles, keys and counter.</param>
        public DlmsResult AssociatePending(SecurityContext security)
        {
            return _client.Associate(PendingSap, security);
        }

        /// <summary>Commits, associated on SAP 3.</summary>
        /// <param name="security">Titles of the pending pairing.</param>
        /// <param name="epoch">Its epoch.</param>
        /// <param name="receipt">Takes the receipt that comes back.</param>
        public DlmsResult Commit(SecurityContext security, uint epoch, Receipt receipt)
        {
            _parameter[0] = CosemType.Structure;
            _parameter[1] = 3;
            _parameter[2] = CosemType.DoubleLongUnsigned;
            BigEndian.WriteU32(_parameter, 3, epoch);
            WriteTitle(security.ServerTitle, 7);
            WriteTitle(security.ClientTitle, 7 + 2 + SecurityContext.TitleLength);
            DlmsResult result = _client.Act(_commit, _parameter, CommitLength, out int offset, out int length);
            if (result == DlmsResult.Ok)
            {
                receipt.Take(_client.Returned, offset, length);
            }

            return result;
        }

        /// <summary>Associates on SAP 2 and reads, authenticated, which pairing the metering unit has committed.</summary>
        /// <param name="security">Titles, keys and counter.</param>
        /// <param name="receipt">Takes the receipt, too; null to do without.</param>
        /// <param name="epoch">Epoch of the committed pairing; 0 when the metering unit has none.</param>
        public DlmsResult ReadCommitted(SecurityContext security, Receipt receipt, out uint epoch)
        {
            epoch = 0;
            DlmsResult result = _client.Associate(MeteringUnit.ActivePairingSap, security);
            if (result == DlmsResult.Ok)
            {
                result = Read(receipt == null ? _stateItems : _stateAndReceiptItems, out epoch);
            }

            if (result == DlmsResult.Ok && receipt != null && _receipt.Buffer != null)
            {
                receipt.Take(_receipt.Buffer, _receipt.Offset, _receipt.Length);
            }

            return result;
        }

        /// <summary>Reads the same, associated on SAP 3.</summary>
        /// <param name="epoch">Epoch of the committed pairing; 0 when the metering unit has none.</param>
        public DlmsResult ReadCommitted(out uint epoch)
        {
            return Read(_stateItems, out epoch);
        }

        /// <summary>Reads the tombstone on SAP 16, where anyone may answer.</summary>
        /// <param name="tombstone">Takes it.</param>
        public DlmsResult ReadTombstone(Tombstone tombstone)
        {
            DlmsResult result = _client.Associate(PublicSap, null);
            if (result == DlmsResult.Ok)
            {
                result = _client.Get(_tombstone);
            }

            if (result == DlmsResult.Ok)
            {
                tombstone.Take(_tombstone.Buffer, _tombstone.Offset, _tombstone.Length);
            }

            return result;
        }

        private DlmsResult Read(GetItem[] items, out uint epoch)
        {
            epoch = 0;
            DlmsResult result = _client.GetWithList(items);
            if (result != DlmsResult.Ok)
            {
                return result;
            }

            if (!CosemNumber.Read(_state, out long state) || !CosemNumber.Read(_committedEpoch, out long committed))
            {
                return DlmsResult.ProtocolError;
            }

            epoch = state == StateActive || state == StateActiveAndPending ? (uint)committed : 0;
            return DlmsResult.Ok;
        }

        private static CosemDescriptor Member(byte member)
        {
            return new CosemDescriptor(ClassId, 0, 0, 96, 130, 0, member);
        }

        private void WriteTitle(byte[] title, int offset)
        {
            _parameter[offset] = CosemType.OctetString;
            _parameter[offset + 1] = SecurityContext.TitleLength;
            Array.Copy(title, 0, _parameter, offset + 2, SecurityContext.TitleLength);
        }
    }
}
