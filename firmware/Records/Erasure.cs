using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Records
{
    /// <summary>
    /// Makes the unit forget everything that is secret or personal, and prove it (requirement R21). First the record
    /// `zeroise` says that it has begun; then one record after the other goes, and of the factory keys all but title and
    /// proof key; the unit restarts, so that nothing stays in memory; and at boot, before any loop runs that could put
    /// something back, everything is erased once more, the record says under the proof key that it is done, and that goes
    /// too. Whenever the power is cut in between, the next boot goes on.
    /// What goes, and with which bit it is told, is in <see cref="RecordCatalogue"/>.
    /// What this does on the medium: a record that was deleted is not found again, by this firmware or any other that
    /// reads the file system. littlefs never writes in place, so that overwriting a record first would only make one
    /// more copy; the bytes stay in the flash chip until their block is used again. Who reads the chip itself may find
    /// them, and so the Wi-Fi passphrase where the image keeps its own: a unit that leaves the utility's
    /// hands is to have its whole flash erased as well (nanoff --masserase), or flash encryption.
    /// </summary>
    public sealed class Erasure
    {
        private const int ProofKeyLength = 32;
        private const int ProofLength = ErasureOrder.TitleLength + ProofKeyLength;

        private readonly IBoard _board;
        private readonly IDurableStore _store;

        // It is told by its bit; all others go before it.
        private readonly DurableRecord _factoryKeys = Find(ErasedPart.FactoryKeys);

        /// <summary>Makes it; nothing is erased yet.</summary>
        /// <param name="board">Has everything.</param>
        public Erasure(IBoard board)
        {
            _board = board;
            _store = board.Store;
        }

        /// <summary>Begins: from now on nothing but erasing comes next, whatever happens to the power. Erases what
        /// there is, and restarts the unit, which on a board does not return.</summary>
        /// <param name="order">The order; another one changes nothing once one has begun.</param>
        /// <returns>False, and nothing erased, when the store does not take the record.</returns>
        public bool Begin(ErasureOrder order)
        {
            ErasureRecord record = ErasureRecord.Read(_store);
            if (record == null || record.IsDone)
            {
                var title = new byte[ErasureOrder.TitleLength];
                IMac proof = OpenProof(title);
                bool isBegun = ErasureRecord.Make(order, title, FindWhatThereIs()).Write(_store, proof);
                Forget(proof);
                if (!isBegun)
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
            bool wasDone = record != null && record.IsDone;
            bool isFinished = record != null && !wasDone && EraseAll() && Finish(record);

            // Of a unit that is used again these are the keys of another life, and whole.
            if ((wasDone || isFinished) && _store.LengthOf(_factoryKeys.Name) == ProofLength)
            {
                _store.Delete(_factoryKeys.Name);
            }

            return isFinished;
        }

        private bool Finish(ErasureRecord record)
        {
            IMac proof = OpenProof(new byte[ErasureOrder.TitleLength]);
            bool isFinished = record.Finish(_store, proof);
            Forget(proof);
            return isFinished;
        }

        // The record of the factory keys begins with the title and ends with the proof key, stripped or not. Null when
        // there is none.
        private IMac OpenProof(byte[] title)
        {
            var factory = new byte[DurableStore.MaxLength];
            int length = _store.Read(_factoryKeys.Name, factory);
            IMac proof = null;
            if (length >= ProofLength)
            {
                byte[] key = Octets.Part(factory, length - ProofKeyLength, ProofKeyLength);
                proof = _board.CreateMac(key);
                Array.Copy(factory, title, title.Length);
                Array.Clear(key, 0, key.Length);
            }

            Array.Clear(factory, 0, factory.Length);
            return proof;
        }

        private static DurableRecord Find(ErasedPart part)
        {
            foreach (DurableRecord record in RecordCatalogue.All())
            {
                if (record.Part == part)
                {
                    return record;
                }
            }

            throw new InvalidOperationException();
        }

        private static void Forget(IMac proof)
        {
            if (proof != null)
            {
                proof.Forget();
            }
        }

        // Leaves title and proof key.
        private bool StripFactoryKeys()
        {
            var factory = new byte[DurableStore.MaxLength];
            int length = _store.Read(_factoryKeys.Name, factory);
            bool isStripped = length < 0 || length == ProofLength;
            if (length > ProofLength)
            {
                Array.Copy(factory, length - ProofKeyLength, factory, ErasureOrder.TitleLength, ProofKeyLength);
                isStripped = _store.Write(_factoryKeys.Name, factory, ProofLength);
            }

            Array.Clear(factory, 0, factory.Length);
            return isStripped || (length < ProofLength && _store.Delete(_factoryKeys.Name));
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
                isErased &= !record.IsErased || (record.Part == ErasedPart.FactoryKeys ? StripFactoryKeys()
                    : _store.Delete(record.Name));
            }

            if (!isErased)
            {
                _board.Log.Write(LogLevel.Error, "erasure", "not everything could be erased; the next start goes on");
            }

            return isErased;
        }
    }
}
