using System;
using System.Buffers.Binary;
using System.Linq;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The active and the pending pairing in two slots, each a record with its keys and its counter, and one record
    /// that says which slot is active: writing that is the commit. The keys of a pairing stay in their slot, so its
    /// counter goes on when it becomes active. A slot that is neither active nor pending is erased, at the latest at
    /// the next start.
    /// Layout of the commit record, big-endian: active slot u8, epoch u32, ticket id 16, length u8 and receipt, length
    /// u8 and tombstone.
    /// </summary>
    public sealed class PairingSlots : IDisposable
    {
        private const string CommitRecord = "commit";
        private const int TicketOffset = 5;
        private const int ReceiptOffset = TicketOffset + PairingKeys.TicketIdLength;

        private static readonly string[] SlotRecords = ["slot-a", "slot-b"];

        private readonly IDurableStore _store;
        private byte[] _commit;

        /// <summary>Reads what is there, and finishes erasing old keys.</summary>
        public PairingSlots(IDurableStore store)
        {
            _store = store;
            _commit = ReadCommit(store);
            Active = _commit == null ? null : KeyRecord.Load(store, SlotRecords[ActiveSlot]);
            LoadPending();
            EraseOld();
        }

        /// <summary>Another pairing is pending: the keys of the one before are gone.</summary>
        public event Action Staged;

        /// <summary>Another pairing is active: the keys of the one before are gone.</summary>
        public event Action Committed;

        /// <summary>The active pairing, or null.</summary>
        public KeyRecord Active { get; private set; }

        /// <summary>The pending pairing, or null; its epoch is above the committed one.</summary>
        public KeyRecord Pending { get; private set; }

        /// <summary>Epoch of the last commit, 0 before the first.</summary>
        public uint CommittedEpoch => _commit == null ? 0 : BinaryPrimitives.ReadUInt32BigEndian(_commit.AsSpan(1));

        /// <summary>Id of the ticket of the last commit; zeros before the first.</summary>
        public byte[] CommittedTicket => _commit == null ? new byte[PairingKeys.TicketIdLength]
            : _commit[TicketOffset..ReceiptOffset];

        /// <summary>The receipt of the last commit; empty before the first.</summary>
        public byte[] Receipt => _commit == null ? [] : Field(_commit, ReceiptOffset);

        /// <summary>The tombstone of the pairing before the active one; empty without one.</summary>
        public byte[] Tombstone => _commit == null ? [] : Field(_commit, ReceiptOffset + 1 + Receipt.Length);

        private int ActiveSlot => _commit == null ? 0 : _commit[0];

        private string FreeSlotRecord => SlotRecords[1 - ActiveSlot];

        /// <summary>Makes a pairing active without a ticket, as a bench does.</summary>
        /// <returns>False when the store did not take it.</returns>
        public bool Install(PairingKeys keys)
        {
            return KeyRecord.Save(_store, FreeSlotRecord, keys) && TakePending() && Commit([], []);

            bool TakePending()
            {
                Pending?.Dispose();
                Pending = KeyRecord.Load(_store, FreeSlotRecord);
                return Pending != null;
            }
        }

        /// <summary>Makes a pairing the pending one, in place of the one that was.</summary>
        /// <returns>False when the store did not take it.</returns>
        public bool Stage(PairingKeys keys)
        {
            bool isStaged = KeyRecord.Save(_store, FreeSlotRecord, keys);

            // A store that refuses has kept the old record or the new one: what it has is what counts.
            LoadPending();
            Staged?.Invoke();
            return isStaged;
        }

        /// <summary>Makes the pending pairing the active one: one durable write, then the old keys are erased.</summary>
        /// <param name="receipt">Its receipt.</param>
        /// <param name="tombstone">The tombstone of the one that was active.</param>
        /// <returns>False when the store did not take it: then nothing has changed.</returns>
        public bool Commit(byte[] receipt, byte[] tombstone)
        {
            byte[] commit =
            [
                (byte)(1 - ActiveSlot), .. BigEndian(Pending.Epoch), .. Pending.TicketId,
                (byte)receipt.Length, .. receipt, (byte)tombstone.Length, .. tombstone,
            ];

            // As above: a store that refuses may have taken it all the same.
            if (!_store.Write(CommitRecord, commit, commit.Length) && !commit.SequenceEqual(ReadCommit(_store) ?? []))
            {
                return false;
            }

            KeyRecord old = Active;
            _commit = commit;
            Active = Pending;
            Pending = null;
            Committed?.Invoke();
            old?.Dispose();
            EraseOld();
            return true;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Active?.Dispose();
            Pending?.Dispose();
        }

        private static byte[] ReadCommit(IDurableStore store)
        {
            var buffer = new byte[RecordLimits.MaxLength];
            int length = store.Read(CommitRecord, buffer);
            return length < ReceiptOffset + 2 ? null : buffer[..length];
        }

        private static byte[] Field(byte[] record, int at)
        {
            return record.AsSpan(at + 1, record[at]).ToArray();
        }

        private static byte[] BigEndian(uint value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return bytes;
        }

        private void LoadPending()
        {
            Pending?.Dispose();
            Pending = KeyRecord.Load(_store, FreeSlotRecord);
            if (Pending?.Epoch <= CommittedEpoch)
            {
                Pending.Dispose();
                Pending = null;
            }
        }

        // Where the store refuses, the next start does it, and the next ticket writes over them.
        private void EraseOld()
        {
            if (Pending == null)
            {
                _store.Delete(FreeSlotRecord);
            }
        }
    }
}
