using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// A profile generic (Blue Book 4.3.6, class 7 version 1), kept newest first: entry 1 is the newest row. Its first
    /// column is the clock. Selective access by range takes rows by their label, both ends included, whatever their
    /// place; by entry it counts from the newest.
    /// </summary>
    public sealed class Profile<TRow>
    {
        private const byte SortedFirstInFirstOut = 1;
        private const byte SortedLastInFirstOut = 2;
        private const byte ByRange = 1;
        private const byte ByEntry = 2;
        private const ushort ClockClass = 8;
        private static readonly byte[] Null = [(byte)DataTag.Null];

        private readonly Func<ProfileColumn<TRow>[]> _columns;
        private readonly Func<TRow, DateTime> _time;
        private readonly Func<int, IReadOnlyList<TRow>> _newest;
        private readonly Func<int, DateTime, DateTime, IReadOnlyList<TRow>> _between;
        private readonly MeteringUnitQuirks _quirks;
        private readonly int _period;

        /// <summary>Makes a profile.</summary>
        /// <param name="columns">Its columns, the clock first.</param>
        /// <param name="time">A row's label.</param>
        /// <param name="newest">The newest rows, at most so many, newest first.</param>
        /// <param name="quirks">How it differs; null for not at all.</param>
        /// <param name="period">Its capture period in seconds, for what differs by it.</param>
        /// <param name="between">Of those newest rows the ones between two labels, both included, in the same order; null
        /// where none is so long that this matters.</param>
        public Profile(Func<ProfileColumn<TRow>[]> columns, Func<TRow, DateTime> time,
            Func<int, IReadOnlyList<TRow>> newest, MeteringUnitQuirks quirks = null, int period = 0,
            Func<int, DateTime, DateTime, IReadOnlyList<TRow>> between = null)
        {
            _columns = columns;
            _time = time;
            _newest = newest;
            _quirks = quirks ?? new MeteringUnitQuirks();
            _period = period;
            _between = between ?? ((count, _, _) => newest(count));
        }

        private ProfileColumn<TRow>[] Columns => _columns();

        /// <summary>Makes the object.</summary>
        /// <param name="name">Logical name.</param>
        /// <param name="rights">Who may read it.</param>
        /// <param name="period">Capture period in seconds; 0 when rows come with events.</param>
        /// <param name="capacity">Rows kept.</param>
        public CosemObject ToObject(Obis name, AccessRights rights, int period, int capacity)
        {
            return new CosemObject(7, 1, name, rights)
                .Add(new CosemAttribute(2, rights, (to, selection) => ReadBuffer(to, selection, capacity), null,
                    [1, 2]))
                .Constant(3, rights, WriteCaptureObjects)
                .Constant(4, rights, to => to.DoubleLongUnsigned((uint)period))
                .Constant(5, rights, to => to.Enum(_quirks.OldestFirst ? SortedFirstInFirstOut : SortedLastInFirstOut))
                .Constant(6, rights, to => to.Structure(4).LongUnsigned(0).LogicalName(default).Integer(0)
                    .LongUnsigned(0))
                .Constant(7, rights, to => to.DoubleLongUnsigned((uint)_newest(capacity).Count))
                .Constant(8, rights, to => to.DoubleLongUnsigned((uint)capacity));
        }

        private void WriteCaptureObjects(AxdrWriter to)
        {
            ProfileColumn<TRow>[] columns = Columns;
            to.Array(columns.Length);
            foreach (ProfileColumn<TRow> column in columns)
            {
                to.Structure(4).LongUnsigned(column.ClassId).LogicalName(column.Name).Integer(column.Attribute)
                    .LongUnsigned(0);
            }
        }

        private DataAccessResult ReadBuffer(AxdrWriter to, SelectiveAccess selection, int capacity)
        {
            return selection.Selector switch
            {
                0 => WriteRows(to, InOrder(_newest(capacity)), Columns),
                ByRange => ReadRange(to, selection.Parameters.Span, capacity),
                ByEntry => ReadEntries(to, selection.Parameters.Span, capacity),
                _ => DataAccessResult.ScopeOfAccessViolated,
            };
        }

        private DataAccessResult ReadRange(AxdrWriter to, ReadOnlySpan<byte> parameters, int capacity)
        {
            var reader = new AxdrReader(parameters);
            reader.Structure(4);
            (ushort ClassId, Obis Name, sbyte Attribute) by = CaptureObject(ref reader);
            DateTime from = Time(ref reader);
            DateTime last = Time(ref reader);
            ProfileColumn<TRow>[] columns = SelectColumns(ref reader);
            if (!reader.IsGoodToTheEnd)
            {
                return DataAccessResult.TypeUnmatched;
            }

            if (columns == null || by != (Columns[0].ClassId, Columns[0].Name, Columns[0].Attribute))
            {
                return DataAccessResult.ScopeOfAccessViolated;
            }

            IReadOnlyList<TRow> rows = InOrder(_between(capacity, from, last));
            return WriteRows(to, rows.Where(row => IsWithin(_time(row), from, last)).ToList(), columns);
        }

        private DataAccessResult ReadEntries(AxdrWriter to, ReadOnlySpan<byte> parameters, int capacity)
        {
            var reader = new AxdrReader(parameters);
            reader.Structure(4);
            uint from = reader.DoubleLongUnsigned();
            uint last = reader.DoubleLongUnsigned();
            int fromColumn = reader.LongUnsigned();
            int lastColumn = reader.LongUnsigned();
            if (!reader.IsGoodToTheEnd)
            {
                return DataAccessResult.TypeUnmatched;
            }

            last = last == 0 ? (uint)capacity : Math.Min(last, (uint)capacity);
            lastColumn = lastColumn == 0 ? Columns.Length : lastColumn;
            if (from < 1 || fromColumn < 1 || lastColumn > Columns.Length || fromColumn > lastColumn)
            {
                return DataAccessResult.ScopeOfAccessViolated;
            }

            IEnumerable<TRow> rows = from > last ? []
                : _quirks.OldestFirst ? InOrder(_newest(capacity)).Take((int)last).Skip((int)from - 1)
                : _newest((int)last).Skip((int)from - 1);
            return WriteRows(to, rows.ToList(), Columns[(fromColumn - 1)..lastColumn]);
        }

        private static (ushort ClassId, Obis Name, sbyte Attribute) CaptureObject(ref AxdrReader reader)
        {
            reader.Structure(4);
            ushort classId = reader.LongUnsigned();
            Obis name = reader.LogicalNameData();
            sbyte attribute = reader.Integer();
            reader.Require(reader.LongUnsigned() == 0);
            return (classId, name, attribute);
        }

        private static DateTime Time(ref AxdrReader reader)
        {
            DataTag tag = (DataTag)reader.Byte();
            reader.Require(tag is DataTag.OctetString or DataTag.DateTime);
            int length = tag == DataTag.OctetString ? reader.Count() : CosemTime.Length;
            reader.Require(CosemTime.TryParse(reader.Bytes(length), out DateTime time));
            return time;
        }

        // All for an empty array; null when one of them is not captured here.
        private ProfileColumn<TRow>[] SelectColumns(ref AxdrReader reader)
        {
            reader.Expect(DataTag.Array);
            int count = reader.Count();
            var columns = new List<ProfileColumn<TRow>>();
            bool isKnown = true;
            for (int i = 0; i < count && reader.IsGood; i++)
            {
                (ushort ClassId, Obis Name, sbyte Attribute) wanted = CaptureObject(ref reader);
                ProfileColumn<TRow> column = Array.Find(Columns, c => (c.ClassId, c.Name, c.Attribute) == wanted);
                isKnown &= column != null;
                columns.Add(column);
            }

            return !isKnown ? null : count == 0 ? Columns : columns.ToArray();
        }

        private IReadOnlyList<TRow> InOrder(IReadOnlyList<TRow> rows)
        {
            return _quirks.OldestFirst ? rows.Reverse().ToList() : rows;
        }

        private bool IsWithin(DateTime time, DateTime from, DateTime last)
        {
            return (_quirks.RangeWithoutFirst ? time > from : time >= from)
                && (_quirks.RangeWithoutLast ? time < last : time <= last);
        }

        private DataAccessResult WriteRows(AxdrWriter to, IReadOnlyList<TRow> rows, ProfileColumn<TRow>[] columns)
        {
            to.Array(rows.Count);
            byte[][] before = new byte[columns.Length][];
            for (int i = 0; i < rows.Count; i++)
            {
                to.Structure(columns.Length);
                for (int column = 0; column < columns.Length; column++)
                {
                    var value = new AxdrWriter();
                    columns[column].Write(value, rows[i]);
                    byte[] bytes = value.ToArray();
                    bool isNull = columns[column].ClassId == ClockClass ? IsTimeLeftOut(rows[i], i)
                        : _quirks.NullValues && before[column] != null && bytes.AsSpan().SequenceEqual(before[column]);
                    before[column] = bytes;
                    to.Bytes(isNull ? Null : bytes);
                }
            }

            return DataAccessResult.Success;
        }

        private bool IsTimeLeftOut(TRow row, int place)
        {
            return (_quirks.NullTimes && place > 0)
                || (_quirks.TimeEvery > 0 && _time(row).Ticks / TimeSpan.TicksPerSecond / _period % _quirks.TimeEvery != 0);
        }
    }
}
