using System;
using System.Linq;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The order that waits for the communication unit, and its latest answer: one record, replaced as a whole. It counts
    /// for the unit that was paired when the order came, and for no other one: so that a commit empties it by the one write
    /// that it is, wherever the power is cut.
    /// Layout of the record, big-endian: title 8 of the paired unit (zeros for none), hint u32, length u16 and order, length
    /// u8 and answer.
    /// </summary>
    public sealed class OrderSlot
    {
        private const string RecordName = "orders";

        private readonly IDurableStore _store;
        private readonly PairingSlots _pairings;

        /// <summary>Reads what is there, and removes what counts for another unit.</summary>
        /// <param name="store">The metering unit's store.</param>
        /// <param name="pairings">Its pairings.</param>
        public OrderSlot(IDurableStore store, PairingSlots pairings)
        {
            _store = store;
            _pairings = pairings;
            Load();
            pairings.Committed += Load;
        }

        /// <summary>The order; empty when none waits.</summary>
        public byte[] Order { get; private set; } = [];

        /// <summary>The hint of the order; 0 when none waits.</summary>
        public uint Waiting { get; private set; }

        /// <summary>The latest answer; empty when there is none since the latest order came.</summary>
        public byte[] Answer { get; private set; } = [];

        private ReadOnlySpan<byte> UnitTitle
            => _pairings.Active == null ? new byte[Suite0.TitleLength] : _pairings.Active.ClientTitle;

        /// <summary>Puts an order in, in place of the one that waits, and takes the answer out.</summary>
        /// <param name="order">At most 256 bytes.</param>
        /// <param name="hint">Not 0.</param>
        /// <returns>False when the store did not take it: then nothing has changed.</returns>
        public bool Put(byte[] order, uint hint)
        {
            return Save(order, hint, []);
        }

        /// <summary>Keeps an answer.</summary>
        /// <param name="answer">At most 200 bytes.</param>
        /// <param name="isToTheOrder">Whether it is to the order that waits, which then waits no more.</param>
        /// <returns>False when the store did not take it: then nothing has changed.</returns>
        public bool Keep(byte[] answer, bool isToTheOrder)
        {
            return isToTheOrder ? Save([], 0, answer) : Save(Order, Waiting, answer);
        }

        // A store that refuses has kept the old record or the new one: what it has is what counts.
        private bool Save(byte[] order, uint hint, byte[] answer)
        {
            byte[] record = new AxdrWriter().Bytes(UnitTitle).UInt32(hint).UInt16(order.Length).Bytes(order)
                .Byte((byte)answer.Length).Bytes(answer).ToArray();
            bool isSaved = _store.Write(RecordName, record, record.Length) || record.SequenceEqual(Read());
            if (isSaved)
            {
                Take(record);
            }

            return isSaved;
        }

        // What could not be removed is tried again at the next start and the next commit, and counts no more meanwhile.
        private void Load()
        {
            byte[] record = Read();
            if (!Take(record))
            {
                Order = [];
                Waiting = 0;
                Answer = [];
            }

            if (Order.Length == 0 && Answer.Length == 0 && record.Length > 0)
            {
                _store.Delete(RecordName);
            }
        }

        private byte[] Read()
        {
            var buffer = new byte[RecordLimits.MaxLength];
            return buffer[..Math.Max(0, _store.Read(RecordName, buffer))];
        }

        private bool Take(byte[] record)
        {
            var reader = new AxdrReader(record);
            bool isForUnit = reader.Bytes(Suite0.TitleLength).SequenceEqual(UnitTitle);
            uint waiting = reader.UInt32();
            byte[] order = reader.Bytes(reader.UInt16()).ToArray();
            byte[] answer = reader.Bytes(reader.Byte()).ToArray();
            if (!isForUnit || !reader.IsGoodToTheEnd)
            {
                return false;
            }

            Order = order;
            Waiting = waiting;
            Answer = answer;
            return true;
        }
    }
}
