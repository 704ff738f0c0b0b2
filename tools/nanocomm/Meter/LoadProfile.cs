using System;
using System.Collections.Generic;
using NanoComm.CommandLine;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>
    /// A load profile of a metering unit: its columns, and its rows on the grid of its period. A time that is null-data is
    /// one period on from the row before in the order in which rows are kept, a value that is null-data is the one of the
    /// row before; a label up to five seconds beside the grid is taken for the grid's.
    /// </summary>
    internal sealed class LoadProfile
    {
        private const ushort ProfileClass = 7;
        private const ushort ClockClass = 8;
        private const ushort RegisterClass = 3;
        private const byte Buffer = 2;
        private const byte CaptureObjects = 3;
        private const byte SortMethod = 5;
        private const byte ScalerUnit = 3;
        private const int MaxDepth = 8;
        private const int LargestScaler = 10;
        private const int RowsPerQuestion = 60;

        // Sort methods of the standard: 1 first in first out, 4 smallest first; the others have the newest row first.
        private const int FirstInFirstOut = 1;
        private const int SmallestFirst = 4;

        private static readonly TimeSpan OffGrid = TimeSpan.FromSeconds(5);
        private static readonly Obis Clock = Obis.Parse("0.0.1.0.0.255");

        private readonly MeterClient _meter;
        private readonly TimeSpan _period;
        private readonly bool _isOldestFirst;
        private readonly SortedDictionary<DateTime, decimal?[]> _rows = new();

        private LoadProfile(MeterClient meter, int minutes, Obis name)
        {
            _meter = meter;
            _period = TimeSpan.FromMinutes(minutes);
            Name = name;
            Columns = ReadColumns();
            decimal? method = CosemValue.ToNumber(meter.Get(ProfileClass, name, SortMethod));
            _isOldestFirst = method is FirstInFirstOut or SmallestFirst;
        }

        /// <summary>Its logical name.</summary>
        public Obis Name { get; }

        /// <summary>Its columns.</summary>
        public List<LoadColumn> Columns { get; }

        /// <summary>Whether there were rows that could not be used: no time that could be told, or none on the grid.</summary>
        public bool HasUnusable { get; private set; }

        /// <summary>The profile of a period.</summary>
        /// <param name="meter">The metering unit.</param>
        /// <param name="minutes">1, 5, 15 or 30.</param>
        /// <exception cref="UserError">It has none.</exception>
        public static LoadProfile Open(MeterClient meter, int minutes)
        {
            var name = new Obis(1, 0, 99, (byte)(minutes switch { 1 => 2, 5 => 3, 15 => 4, _ => 1 }), 0, 255);
            try
            {
                return new LoadProfile(meter, minutes, name);
            }
            catch (MeterRefusal refusal)
            {
                throw new UserError($"the metering unit {meter.Meter} gives no profile of {minutes} minutes ({name}): {refusal.Message}. "
                    + "Try another --every, or ask its maker");
            }
        }

        /// <summary>Time of the metering clock.</summary>
        /// <exception cref="UserError">It tells none.</exception>
        public static DateTime ReadClock(MeterClient meter)
        {
            try
            {
                if (CosemValue.ToTime(meter.Get(ClockClass, Clock, Buffer)) is DateTime time)
                {
                    return time;
                }
            }
            catch (MeterRefusal)
            {
                // As good as a clock that is wrong.
            }

            throw new UserError($"the metering unit {meter.Meter} tells no time that counts: say to what time with --to");
        }

        /// <summary>The first time of the grid that is not before another.</summary>
        public DateTime UpToGrid(DateTime time) => DownToGrid(time.Add(_period).AddTicks(-1));

        /// <summary>The last time of the grid that is not after another.</summary>
        public DateTime DownToGrid(DateTime time) => time.AddTicks(-(time.Ticks % _period.Ticks));

        /// <summary>Times of the grid from one to another.</summary>
        public IEnumerable<DateTime> Grid(DateTime from, DateTime to)
        {
            for (DateTime time = from; time <= to; time += _period)
            {
                yield return time;
            }
        }

        /// <summary>The values of a row, the time left out.</summary>
        /// <returns>Null when there is no such row.</returns>
        public decimal?[] At(DateTime time) => _rows.GetValueOrDefault(time);

        /// <summary>Reads the rows from one time of the grid to another.</summary>
        /// <param name="from">The first.</param>
        /// <param name="to">The last.</param>
        /// <param name="tell">Is told the time up to which rows were read.</param>
        public void Read(DateTime from, DateTime to, Action<DateTime> tell)
        {
            while (from <= to)
            {
                DateTime last = from + ((RowsPerQuestion - 1) * _period);
                last = last < to ? last : to;

                // A row wider: there are metering units whose ranges leave out their ends.
                byte[] data = _meter.Get(ProfileClass, Name, Buffer, Range(from - _period, last + _period));
                Take(data, from, last);
                tell(last);
                from = last + _period;
            }
        }

        private List<LoadColumn> ReadColumns()
        {
            var columns = new List<LoadColumn>();
            var reader = new AxdrReader(_meter.Get(ProfileClass, Name, CaptureObjects));
            reader.Expect(DataTag.Array);
            int count = reader.Count();
            for (int i = 0; i < count && reader.IsGood; i++)
            {
                reader.Structure(4);
                ushort classId = reader.LongUnsigned();
                Obis name = reader.LogicalNameData();
                int attribute = reader.Integer();
                reader.LongUnsigned();
                columns.Add(new LoadColumn(classId, name, attribute, 0, 0));
            }

            if (!reader.IsGoodToTheEnd || columns.FindAll(column => column.IsTime).Count != 1)
            {
                throw new UserError($"the metering unit {_meter.Meter} does not say in attribute 3 of {Name} what its columns are");
            }

            return columns.ConvertAll(column => column.ClassId == RegisterClass ? WithUnit(column) : column);
        }

        private LoadColumn WithUnit(LoadColumn column)
        {
            try
            {
                var reader = new AxdrReader(_meter.Get(RegisterClass, column.Name, ScalerUnit));
                reader.Structure(2);
                int scaler = reader.Integer();
                reader.Expect(DataTag.Enum);
                int unit = reader.Byte();
                return reader.IsGoodToTheEnd && Math.Abs(scaler) <= LargestScaler ? column with { Scaler = scaler, Unit = unit } : column;
            }
            catch (MeterRefusal)
            {
                // A captured register that cannot be read itself: its numbers stand as they come, without a unit.
                return column;
            }
        }

        private byte[] Range(DateTime from, DateTime to)
        {
            return new AxdrWriter().Byte(1).Structure(4)
                .Structure(4).LongUnsigned(ClockClass).LogicalName(Clock).Integer(Buffer).LongUnsigned(0)
                .OctetString(Unzoned(from)).OctetString(Unzoned(to)).Array(0).ToArray();
        }

        // Day of week and deviation not specified: the meter's own.
        private static byte[] Unzoned(DateTime time)
        {
            byte[] bytes = CosemTime.ToBytes(time);
            bytes[4] = 0xFF;
            bytes[9] = 0x80;
            bytes[10] = 0;
            return bytes;
        }

        private void Take(byte[] data, DateTime from, DateTime last)
        {
            List<(DateTime? Time, bool IsDated, decimal?[] Values)> rows = Split(data);
            TimeSpan step = _isOldestFirst ? _period : -_period;
            int firstDated = rows.FindIndex(row => row.Time is not null);
            for (int i = 0; i < rows.Count; i++)
            {
                (DateTime? time, bool isDated, decimal?[] values) = rows[i];
                if (!isDated && firstDated >= 0)
                {
                    time = i > 0 && i > firstDated ? rows[i - 1].Time + step : rows[firstDated].Time - ((firstDated - i) * step);
                    rows[i] = (time, true, values);
                }

                if (time is not DateTime known || !TryToGrid(known, out DateTime onGrid))
                {
                    HasUnusable = true;
                }
                else if (onGrid >= from && onGrid <= last)
                {
                    _rows[onGrid] = values;
                }
            }
        }

        private bool TryToGrid(DateTime time, out DateTime onGrid)
        {
            onGrid = DownToGrid(time + OffGrid);
            return (time - onGrid).Duration() <= OffGrid;
        }

        private List<(DateTime? Time, bool IsDated, decimal?[] Values)> Split(byte[] data)
        {
            var rows = new List<(DateTime? Time, bool IsDated, decimal?[] Values)>();
            var before = new decimal?[Columns.Count];
            var reader = new AxdrReader(data);
            reader.Expect(DataTag.Array);
            int count = reader.Count();
            for (int i = 0; i < count && reader.IsGood; i++)
            {
                reader.Structure(Columns.Count);
                DateTime? time = null;
                bool isDated = true;
                var values = new List<decimal?>();
                for (int column = 0; column < Columns.Count; column++)
                {
                    ReadOnlySpan<byte> value = reader.Data(MaxDepth);
                    bool isNull = CosemValue.IsNull(value);
                    if (Columns[column].IsTime)
                    {
                        isDated = !isNull;
                        time = CosemValue.ToTime(value);
                        continue;
                    }

                    before[column] = isNull ? before[column] : CosemValue.ToNumber(value);
                    values.Add(before[column]);
                }

                rows.Add((time, isDated, values.ToArray()));
            }

            return reader.IsGoodToTheEnd ? rows
                : throw new UserError($"the metering unit {_meter.Meter} gives rows of {Name} that are not of the columns it declares");
        }
    }
}
