using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// A pair of keys with the one client they belong to and the own sending counter under them, as one durable
    /// record. The counter is reserved ahead: the record holds the first value that may not be used yet, so that after
    /// a power cut none is used twice: little at first, then twice as much each time. Layout, big-endian: epoch u32,
    /// client title 8, ticket id 16, GUEK 16, GAK 16, reserved u32, not-after u32, which older records do not have.
    /// </summary>
    public sealed class KeyRecord : IDisposable
    {
        /// <summary>Counter values reserved with the first write after it was switched on, or after one that
        /// failed.</summary>
        public const uint FirstReserve = 1024;

        /// <summary>Counter values reserved with one write at most.</summary>
        public const uint LastReserve = 0x10000;

        /// <summary>Never sent: reserved for the tombstone of the pairing.</summary>
        public const uint LastCounter = uint.MaxValue;

        private const int TitleOffset = 4;
        private const int TicketOffset = TitleOffset + Suite0.TitleLength;
        private const int EncryptionKeyOffset = TicketOffset + PairingKeys.TicketIdLength;
        private const int AuthenticationKeyOffset = EncryptionKeyOffset + Suite0.KeyLength;
        private const int ReservedOffset = AuthenticationKeyOffset + Suite0.KeyLength;
        private const int NotAfterOffset = ReservedOffset + 4;
        private const int Length = NotAfterOffset + 4;

        private readonly IDurableStore _store;
        private readonly string _name;
        private readonly byte[] _record;
        private uint _reserve = FirstReserve;
        private bool _isDisposed;

        private KeyRecord(IDurableStore store, string name, byte[] record)
        {
            _store = store;
            _name = name;
            _record = record;
            Suite = new Suite0(EncryptionKey, AuthenticationKey);
            NextCounter = Reserved;
        }

        /// <summary>Epoch of the pairing.</summary>
        public uint Epoch => BinaryPrimitives.ReadUInt32BigEndian(_record);

        /// <summary>System title of the client that the keys are for.</summary>
        public ReadOnlySpan<byte> ClientTitle => _record.AsSpan(TitleOffset, Suite0.TitleLength);

        /// <summary>Id of the ticket that the keys came in; zeros where they came in none.</summary>
        public ReadOnlySpan<byte> TicketId => _record.AsSpan(TicketOffset, PairingKeys.TicketIdLength);

        /// <summary>Last time at which it may be committed, as <see cref="PairingKeys.NotAfter"/>.</summary>
        public uint NotAfter => _record.Length < Length ? StageOrder.Never
            : BinaryPrimitives.ReadUInt32BigEndian(_record.AsSpan(NotAfterOffset));

        /// <summary>The counter that is sent next.</summary>
        public uint NextCounter { get; private set; }

        /// <summary>Ciphering under the keys.</summary>
        public Suite0 Suite { get; }

        private ReadOnlySpan<byte> EncryptionKey => _record.AsSpan(EncryptionKeyOffset, Suite0.KeyLength);

        private ReadOnlySpan<byte> AuthenticationKey => _record.AsSpan(AuthenticationKeyOffset, Suite0.KeyLength);

        private uint Reserved => BinaryPrimitives.ReadUInt32BigEndian(_record.AsSpan(ReservedOffset));

        /// <summary>Reads the record.</summary>
        /// <returns>Null when there is none.</returns>
        public static KeyRecord Load(IDurableStore store, string name)
        {
            var buffer = new byte[RecordLimits.MaxLength];
            int length = store.Read(name, buffer);
            return length is Length or NotAfterOffset ? new KeyRecord(store, name, buffer[..length]) : null;
        }

        /// <summary>Writes the record anew, its counter at 0.</summary>
        /// <returns>False when the store did not take it.</returns>
        public static bool Save(IDurableStore store, string name, PairingKeys keys)
        {
            var record = new byte[Length];
            BinaryPrimitives.WriteUInt32BigEndian(record, keys.Epoch);
            keys.ClientTitle.CopyTo(record, TitleOffset);
            keys.TicketId.CopyTo(record, TicketOffset);
            keys.EncryptionKey.CopyTo(record, EncryptionKeyOffset);
            keys.AuthenticationKey.CopyTo(record, AuthenticationKeyOffset);
            BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(NotAfterOffset), keys.NotAfter);
            bool isSaved = store.Write(name, record, Length);
            CryptographicOperations.ZeroMemory(record);
            return isSaved;
        }

        /// <summary>Takes the next sending counter.</summary>
        /// <returns>False when there is none left, or the store did not take the reservation: nothing may be
        /// sent.</returns>
        /// <exception cref="ObjectDisposedException">The keys were given up; a reservation would bring their record
        /// back.</exception>
        public bool TryTakeCounter(out uint counter)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
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
                && TicketId.SequenceEqual(keys.TicketId) && EncryptionKey.SequenceEqual(keys.EncryptionKey)
                && AuthenticationKey.SequenceEqual(keys.AuthenticationKey);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _isDisposed = true;
            Suite.Dispose();
            CryptographicOperations.ZeroMemory(_record);
        }

        private bool ReserveAhead()
        {
            uint before = Reserved;
            uint after = before > LastCounter - _reserve ? LastCounter : before + _reserve;
            BinaryPrimitives.WriteUInt32BigEndian(_record.AsSpan(ReservedOffset), after);
            if (_store.Write(_name, _record, _record.Length))
            {
                _reserve = Math.Min(2 * _reserve, LastReserve);
                return true;
            }

            BinaryPrimitives.WriteUInt32BigEndian(_record.AsSpan(ReservedOffset), before);
            _reserve = FirstReserve;
            return false;
        }
    }
}
