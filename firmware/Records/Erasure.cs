using NanoComm.Hal;

namespace NanoComm.Records
{
    /// <summary>
    /// Makes the unit forget everything that is secret or personal, and prove it (requirement R21). First the record
    /// `zeroise` says that it has begun; then one record after the other goes, the factory keys last; the unit
    /// restarts, so that nothing stays in memory; and at boot, before any loop runs that could put something back,
    /// everything is erased once more and the record says that it is done. Whenever the power is cut in between, the
    /// next boot goes on.
    /// What goes, and with which bit it is told, is in <see cref="RecordCatalogue"/>.
    /// What this does on the medium: a record that was deleted is not found again, by this firmware or any other that
    /// reads the file system. littlefs never writes in place, so that overwriting a record first would only make one
    /// more copy; the bytes stay in the flash chip until their block is used again. Who reads the chip itself may find
    /// them, and the Wi-Fi passphrase in a place that the image keeps for itself: a unit that leaves the utility's
    /// hands is to have its whole flash erased as well (nanoff --masserase), or flash encryption.
    /// </summary>
    public sealed class Erasure
    {
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
        /// <param name="order">The order; its proof is not needed any more once one has begun.</param>
        /// <returns>False, and nothing erased, when the store does not take the record.</returns>
        public bool Begin(ErasureOrder order)
        {
            ErasureRecord record = ErasureRecord.Read(_store);
            if (record == null || record.IsDone)
            {
                record = ErasureRecord.Make(order, FindWhatThereIs());
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

        private ErasedPart FindWhatThereIs()
        {
            ErasedPart found = _board.Wifi == null ? ErasedPart.None : ErasedPart.Settings;
            foreach (DurableRecord record in RecordCatalogue.All())
            {
                bool isThere = record.IsErased && _store.LengthOf(record.Name) >= 0;
                found |= isThere ? record.Part : ErasedPart.None;
            }

            return found;
        }

        // What one record refuses does not spare the next one.
        private bool EraseAll()
        {
            bool isErased = _board.Wifi == null || _board.Wifi.Forget();
            foreach (DurableRecord record in RecordCatalogue.All())
            {
                isErased &= !record.IsErased || _store.Delete(record.Name);
            }

            if (!isErased)
            {
                _board.Log.Write(LogLevel.Error, "erasure", "not everything could be erased; the next start goes on");
            }

            return isErased;
        }
    }
}
