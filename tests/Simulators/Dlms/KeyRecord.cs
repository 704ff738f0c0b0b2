using System;
using System.Buffers.Binary;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// A pair of keys with the one client they belong to and the own sending counter under them, as one durable
    /// record. The counter is reserved ahead: the record holds the first value that may not be used yet, so that after
    /// a power cut none is used twice. Layout, big-endian: epoch u32, client title 8, GUEK 16, GAK 16, reserved u32.
    /// </summary>
    public sealed class KeyRecord : IDisposable
    {
        /// <summary>Counter values reserved with one write.</summary>
        public const uint Reserve = 1024;

        /// <summary>Never sent: reserved for the tombstone of the pairing.</summary>
        public const uint LastCounter = uint.MaxValue;

        private const int Length = 4 + Suite0.TitleLength + (2 * Suite0.KeyLength) + 4;

        private readonly IDurableStore _store;
        private readonly string _name;
        private readonly byte[] _record;

        private KeyRecord(IDurableStore store, string name, byte[] record)
        {
            _store = store;
            _name = name;
            _record = record;
            Suite = new Suite0(record.AsSpan(12, Suite0.KeyLength), record.AsSpan(28, Suite0.KeyLength));
            NextCounter = Reserved;
        }

        /// <summary>Epoch of the pairing.</summary>
        public uint Epoch => BinaryPrimitives.ReadUInt32BigEndian(_record);

        /// <summary>System title of the client that the keys are for.</summary>
        public ReadOnlySpan<byte> ClientTitle => _record.AsSpan(4, Suite0.TitleLength);

        /// <summary>The counter that is sent next.</summary>
        public uint NextCounter { get; private set; }

        /// <summary>Ciphering under the keys.</summary>
        public Suite0 Suite { get; }

        private uint Reserved => BinaryPrimitives.ReadUInt32BigEndian(_record.AsSpan(Length - 4));

        /// <summary>Reads the record.</summary>
        /// <returns>Null when there is none.</returns>
        public static KeyRecord Load(IDurableStore store, string name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            return store.Read(name, buffer) == Length ? new KeyRecord(store, name, buffer[..Length]) : null;
        }

        /// <summary>Writes the record anew, its counter at 0.</summary>
        /// <returns>False when the store did not take it.</returns>
        public static bool Save(IDurableStore store, string name, PairingKeys keys)
        {
            var record = new byte[Length];
            BinaryPrimitives.WriteUInt32BigEndian(record, keys.Epoch);
            keys.ClientTitle.CopyTo(record, 4);
            keys.EncryptionKey.CopyTo(record, 12);
            keys.AuthenticationKey.CopyTo(record, 28);
            return store.Write(name, record, Length);
        }

        /// <summary>Takes the next sending counter.</summary>
        /// <returns>False when there is none left, or the store did not take the reservation: nothing may be
        /// sent.</returns>
        public bool TryTakeCounter(out uint counter)
        {
            counter = NextCounter;
            if (counter == LastCounter || (counter == Reserved && !ReserveAhead()))
            {
                return false;
            }

            NextCounter++;
            return true;
        }

        /// <summary>Whether the keys and the client are these.</summary>
        public bool IsSame(PairingKeys keys)
        {
            return Epoch == keys.Epoch && ClientTitle.SequenceEqual(keys.ClientTitle)
                && _record.AsSpan(12, Suite0.KeyLength).SequenceEqual(keys.EncryptionKey)
                && _record.AsSpan(28, Suite0.KeyLength).SequenceEqual(keys.AuthenticationKey);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Suite.Dispose();
            Array.Clear(_record);
        }

        private bool ReserveAhead()
        {
            uint before = Reserved;
            uint after = before > LastCounter - Reserve ? LastCounter : before + Reserve;
            BinaryPrimitives.WriteUInt32BigEndian(_record.AsSpan(Length - 4), after);
            if (_store.Write(_name, _record, Length))
            {
                return true;
            }

            BinaryPrimitives.WriteUInt32BigEndian(_record.AsSpan(Length - 4), before);
            return false;
        }
    }
}
