using System;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Records;
using NanoComm.WiSun;

namespace NanoComm.Pairing
{
    /// <summary>
    /// Makes the unit forget everything that is secret or personal, and prove it (requirement R21). First the record
    /// `zeroise` says that it has begun; then one record after the other goes, the factory keys last; the unit
    /// restarts, so that nothing stays in memory; and at boot, before any loop runs that could put something back,
    /// everything is erased once more and the record says that it is done. Whenever the power is cut in between, the
    /// next boot goes on.
    /// The security log goes too: it names nobody, but tells when a household's terminals came and went.
    /// What this does on the medium: a record that was deleted is not found again, by this firmware or any other that
    /// reads the file system. littlefs never writes in place, so that overwriting a record first would only make one
    /// more copy; the bytes stay in the flash chip until their block is used again. Who reads the chip itself may find
    /// them, and the Wi-Fi passphrase in a place that the image keeps for itself: a unit that leaves the utility's
    /// hands is to have its whole flash erased as well (nanoff --masserase), or flash encryption.
    /// </summary>
    public sealed class Erasure
    {
        private const int ActivePairingBit = 0x01;
        private const int TicketsBit = 0x02;
        private const int RouteBBit = 0x04;
        private const int LogsBit = 0x08;
        private const int FactoryKeysBit = 0x10;
        private const int SettingsBit = 0x20;

        // The order itself is in the inbox, and is not counted among what was erased.
        private const int OrderBit = 0;

        private static readonly string[] Records =
        {
            ActivePairing.Record, TicketSlots.RecordA, TicketSlots.RecordB, PairingKeeper.Inbox, Receipt.Record,
            PairingReport.Record, RouteBCredentials.Record, ChannelPlan.Record, SecurityLog.Record,
            InstallationLocation.Record, FactoryKeys.Record,
        };

        private static readonly int[] Bits =
        {
            ActivePairingBit, TicketsBit, TicketsBit, OrderBit, LogsBit,
            LogsBit, RouteBBit, RouteBBit, LogsBit,
            SettingsBit, FactoryKeysBit,
        };

        private readonly IBoard _board;
        private readonly IDurableStore _store;

        /// <summary>Makes it; nothing is erased yet.</summary>
        /// <param name="board">Has everything.</param>
        public Erasure(IBoard board)
        {
            _board = board;
            _store = board.Store;
        }

        /// <summary>Begins: from now on nothing but erasing comes next, whatever happens to the power. Erases what
        /// there is, and restarts the unit, which on a board does not return.</summary>
        /// <param name="order"><see cref="ErasureRecord.OrderOfTicket"/> or
        /// <see cref="ErasureRecord.OrderOfBench"/>.</param>
        /// <param name="orderId">The ticket id, 16 bytes, or null.</param>
        /// <param name="epoch">The order's epoch, or 0.</param>
        /// <param name="meterTitle">System title of the metering unit, 8 bytes, or null.</param>
        /// <param name="cosemTime">COSEM date-time, 12 bytes; null when no time is known.</param>
        /// <returns>False, and nothing erased, when the store does not take the record.</returns>
        public bool Begin(int order, byte[] orderId, uint epoch, byte[] meterTitle, byte[] cosemTime)
        {
            ErasureRecord record = ErasureRecord.Read(_store);
            if (record == null || record.IsDone)
            {
                record = ErasureRecord.Make(_board, order, orderId, epoch, meterTitle, cosemTime, FindWhatThereIs());
                if (!record.Write(_store))
                {
                    return false;
                }
            }

            EraseAll();
            _board.Restart("everything was erased by order");
            return true;
        }

        /// <summary>Finishes what was begun. To be called at boot, before anything reads its records.</summary>
        /// <returns>True when everything is erased now and was not before.</returns>
        public bool Resume()
        {
            ErasureRecord record = ErasureRecord.Read(_store);
            return record != null && !record.IsDone && EraseAll() && record.Finish(_store);
        }

        private int FindWhatThereIs()
        {
            var buffer = new byte[DurableStore.MaxLength];
            int found = _board.Wifi == null ? 0 : SettingsBit;
            for (int i = 0; i < Records.Length; i++)
            {
                found |= _store.Read(Records[i], buffer) < 0 ? 0 : Bits[i];
            }

            Array.Clear(buffer, 0, buffer.Length);
            return found;
        }

        // What one record refuses does not spare the next one.
        private bool EraseAll()
        {
            bool isErased = _board.Wifi == null || _board.Wifi.Forget();
            for (int i = 0; i < Records.Length; i++)
            {
                isErased &= _store.Delete(Records[i]);
            }

            if (!isErased)
            {
                _board.Log.Write(LogLevel.Error, "erasure", "not everything could be erased; the next start goes on");
            }

            return isErased;
        }
    }
}
