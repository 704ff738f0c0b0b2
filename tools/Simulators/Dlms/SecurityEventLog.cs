using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The security event log: one entry for each kind of event and day, with its count, so that nobody can flush it
    /// by repeating an attack. It is written when an entry begins and whenever its count reaches a power of two, so
    /// that nobody can wear out the store either; a power cut may halve a count, never lose an entry.
    /// Layout of the record, big-endian: entries of time s64 (seconds since 2000-01-01 of the meter's civil time), code u8,
    /// count u32, oldest first.
    /// </summary>
    public sealed class SecurityEventLog
    {
        /// <summary>Entries kept.</summary>
        public const int Capacity = 64;

        private const string RecordName = "events";
        private const int EntryLength = 13;

        private static readonly DateTime Epoch = new(2000, 1, 1);

        private readonly IDurableStore _store;
        private readonly List<SecurityEvent> _entries = new();

        /// <summary>Reads the log.</summary>
        public SecurityEventLog(IDurableStore store)
        {
            _store = store;
            var buffer = new byte[RecordLimits.MaxLength];
            int length = store.Read(RecordName, buffer);
            for (int i = 0; i + EntryLength <= length; i += EntryLength)
            {
                _entries.Add(new SecurityEvent(Epoch.AddTicks(BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(i)) * TimeSpan.TicksPerSecond),
                    (SecurityEventCode)buffer[i + 8], BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(i + 9))));
            }
        }

        /// <summary>Entries, newest first.</summary>
        public IReadOnlyList<SecurityEvent> NewestFirst(int count)
        {
            return Enumerable.Reverse(_entries).Take(count).ToList();
        }

        /// <summary>Records an event.</summary>
        /// <param name="time">Metering clock.</param>
        /// <param name="code">What happened.</param>
        public void Add(DateTime time, SecurityEventCode code)
        {
            int index = _entries.FindLastIndex(entry => entry.Code == code && entry.Time.Date == time.Date);
            if (index >= 0)
            {
                SecurityEvent entry = _entries[index];
                _entries[index] = entry with { Count = entry.Count == uint.MaxValue ? entry.Count : entry.Count + 1 };
            }
            else
            {
                index = _entries.Count;
                _entries.Add(new SecurityEvent(time, code, 1));
                if (_entries.Count > Capacity)
                {
                    _entries.RemoveAt(0);
                    index--;
                }
            }

            if (BitOperations.IsPow2(_entries[index].Count))
            {
                Save();
            }
        }

        private void Save()
        {
            var record = new byte[_entries.Count * EntryLength];
            for (int i = 0; i < _entries.Count; i++)
            {
                Span<byte> entry = record.AsSpan(i * EntryLength, EntryLength);
                BinaryPrimitives.WriteInt64BigEndian(entry, (_entries[i].Time - Epoch).Ticks / TimeSpan.TicksPerSecond);
                entry[8] = (byte)_entries[i].Code;
                BinaryPrimitives.WriteUInt32BigEndian(entry[9..], _entries[i].Count);
            }

            // A store that does not take it is no reason to stop metering; the entry stays readable until power-down.
            _store.Write(RecordName, record, record.Length);
        }
    }
}
