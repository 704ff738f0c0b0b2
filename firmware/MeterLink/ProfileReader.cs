using NanoComm.Dlms;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// Rows of a load profile: the clock, and registers of the normal and of the reverse direction, in the columns that
    /// the profile declares or else by their types. A time that is null-data is one capture period on from the row before,
    /// a value that is null-data is the one of the row before; a row a few seconds beside the grid is taken for the
    /// grid's; a range that leaves out its ends is asked a row wider.
    /// </summary>
    internal sealed class ProfileReader : IRowSink
    {
        private const int ProfileClass = 7;
        internal const byte BufferAttribute = 2;
        private const byte CaptureObjectsAttribute = 3;
        private const byte SortMethodAttribute = 5;
        private const byte ProfileGroup = 99;

        // Class 12 2, logical name 09 06 6, attribute 0F 1, data index 12 2, in a structure.
        private const int CaptureObjectLength = 18;
        private const int NameOffset = 7;
        private const int AttributeOffset = 14;

        // What a column is: one of the values by its number, or one of these.
        private const int NoColumn = -1;
        private const sbyte NoValue = -1;
        private const sbyte TimeColumn = -2;
        private const int MostColumns = 16;
        private const int Directions = 2;

        // Sort methods of the standard: 1 first in first out, 2 last in first out, 3 largest and 4 smallest first.
        private const int LastInFirstOut = 2;
        private const int LargestFirst = 3;
        private const int SmallestFirst = 4;

        private const int OffGridSeconds = 5;

        // What is told of a profile.
        private const int NullTime = 0;
        private const int NullValue = 1;
        private const int OffGrid = 2;
        private const int HalfOpen = 3;
        private const int ByTypes = 4;
        private const int BadRow = 5;
        private const int TooLarge = 6;
        private const int Undated = 7;
        private const int Kinds = 8;

        private readonly RangeSelector _range = new RangeSelector();
        private readonly GetItem _item;
        private readonly int _period;
        private readonly int _firstKind;
        private readonly Differences _differences;
        private readonly ScaledRegister[] _registers;
        private readonly sbyte[] _roles = new sbyte[MostColumns];
        private readonly uint[] _values;

        private bool _isDeclared;
        private int _columns;
        private bool _isHalfOpen;

        // 1 when rows come oldest first, -1 newest first, 0 when that is not known.
        private int _declaredOrder;
        private int _order;

        // The answer under way.
        private IProfileSink _sink;
        private long _from;
        private long _to;
        private bool _hasFrom;
        private bool _hasTo;
        private int _rows;
        private int _undated;
        private int _firstDated;
        private long _firstTime;
        private long _time;

        /// <summary>Makes a reader of 1-0:99.D.0.255.</summary>
        /// <param name="d">Value group D: 1 for half-hours, 2 for minutes.</param>
        /// <param name="period">Seconds from one row to the next.</param>
        /// <param name="differences">Takes what is different.</param>
        /// <param name="registers">The registers whose values rows have, in their units: normal and reverse direction of
        /// each quantity.</param>
        public ProfileReader(byte d, int period, Differences differences, params ScaledRegister[] registers)
        {
            _item = new GetItem(Attribute(d, BufferAttribute), _range);
            Newest = new GetItem(Attribute(d, BufferAttribute), new EntrySelector());
            CaptureObjects = new GetItem(Attribute(d, CaptureObjectsAttribute));
            SortMethod = new GetItem(Attribute(d, SortMethodAttribute));
            _period = period;
            _firstKind = Differences.FirstKind + (d * Kinds);
            _differences = differences;
            _registers = registers;
            _values = new uint[registers.Length];
            TakePlainColumns();
        }

        /// <summary>Reads rows of a range, with why it was refused.</summary>
        public GetItem Item => _item;

        /// <summary>Reads the newest row; the profile is sorted newest first.</summary>
        public GetItem Newest { get; }

        /// <summary>Reads what the columns are.</summary>
        public GetItem CaptureObjects { get; }

        /// <summary>Reads in which order rows are kept.</summary>
        public GetItem SortMethod { get; }

        /// <summary>Whether the last range brought rows, and none that could be used.</summary>
        public bool IsUnusable => _rows > 0 && _firstDated < 0;

        /// <summary>Takes columns and order from <see cref="CaptureObjects"/> and <see cref="SortMethod"/>; what was not
        /// read is not known.</summary>
        public void TakeLayout()
        {
            _isHalfOpen = false;
            _declaredOrder = !CosemNumber.Read(SortMethod, out long method) || method < 1 || method > SmallestFirst ? 0
                : method == LastInFirstOut || method == LargestFirst ? -1 : 1;
            GetItem item = CaptureObjects;
            int count = item.Buffer == null || item.Length < 2 ? 0 : item.Buffer[item.Offset + 1];
            _isDeclared = count > 0 && item.Buffer[item.Offset] == CosemType.Array
                && item.Length == 2 + (count * CaptureObjectLength);
            TakePlainColumns();
            if (_isDeclared && !TakeColumns(count))
            {
                _differences.TellColumns(_firstKind + ByTypes, item, _registers);
            }
        }

        /// <summary>Reads the rows of a range of time, as they come; some may lie beside it, or come twice.</summary>
        /// <param name="client">An associated client.</param>
        /// <param name="from">Time of the first row.</param>
        /// <param name="to">Time of the last row.</param>
        /// <param name="sink">Takes the rows.</param>
        public DlmsResult Read(DlmsClient client, long from, long to, IProfileSink sink)
        {
            _sink = sink;
            _from = from;
            _to = to;
            DlmsResult result = Ask(client, _isHalfOpen ? _period : 0);
            if (result != DlmsResult.Ok || _isHalfOpen || (_hasFrom && _hasTo) || IsUnusable || (_rows == 0 && from != to))
            {
                return result;
            }

            // Rows are missing there, or a range leaves out its ends.
            bool hadFrom = _hasFrom;
            bool hadTo = _hasTo;
            result = Ask(client, _period);
            _isHalfOpen = (_hasFrom && !hadFrom) || (_hasTo && !hadTo);
            if (_isHalfOpen)
            {
                Tell(HalfOpen, true, "a range leaves out rows at its ends; asked a row wider");
            }

            return result;
        }

        /// <summary>Takes the row that <see cref="Newest"/> has read.</summary>
        /// <param name="reading">Takes its values; "no data" when the profile is empty, or the row has no time.</param>
        /// <returns>False, and nothing taken, when it was not read or is of another form.</returns>
        public bool TakeNewest(MeterReading reading)
        {
            GetItem item = Newest;
            if (item.Buffer == null || item.Length < 2 || item.Buffer[item.Offset] != CosemType.Array
                || item.Buffer[item.Offset + 1] > 1)
            {
                return false;
            }

            BeginRows(MeterTime.Unknown);
            long time = MeterTime.Unknown;
            if (item.Buffer[item.Offset + 1] == 1
                && !ReadRow(item.Buffer, item.Offset + 2, item.Offset + item.Length, out time))
            {
                return false;
            }

            long onGrid = ToGrid(time);
            bool isDated = onGrid != MeterTime.Unknown;
            if (!isDated && time != MeterTime.Unknown)
            {
                return false;
            }

            if (isDated)
            {
                TakeValues(reading, onGrid);
            }
            else
            {
                TakeNone(reading);
            }

            return true;
        }

        /// <summary>Takes that there is no newest row.</summary>
        /// <param name="reading">Reads no data.</param>
        public void TakeNone(MeterReading reading)
        {
            ForgetValues();
            TakeValues(reading, MeterTime.Unknown);
        }

        /// <inheritdoc/>
        public void Put(byte[] buffer, int offset, int length)
        {
            int row = _rows++;
            if (!ReadRow(buffer, offset, offset + length, out long time))
            {
                Refuse(buffer, offset, length);
                return;
            }

            if (time == MeterTime.Unknown)
            {
                if (_time == MeterTime.Unknown || _order == 0)
                {
                    _undated++;
                    return;
                }

                time = _time + (_order * _period);
                Tell(NullTime, true, "rows without a time are dated by the row before");
            }

            time = ToGrid(time);
            if (time == MeterTime.Unknown || !HasValues())
            {
                Refuse(buffer, offset, length);
                return;
            }

            if (_firstDated < 0)
            {
                _firstDated = row;
                _firstTime = time;
            }

            _time = time;
            _hasFrom |= time == _from;
            _hasTo |= time == _to;
            _sink.Put(time, _values);
        }

        /// <summary>An attribute of 1-0:99.D.0.255.</summary>
        /// <param name="d">Value group D.</param>
        /// <param name="attribute">Its number.</param>
        internal static CosemDescriptor Attribute(byte d, byte attribute)
        {
            return new CosemDescriptor(ProfileClass, 1, 0, ProfileGroup, d, 0, attribute);
        }

        // The clock, then the values as they are numbered.
        private void TakePlainColumns()
        {
            _columns = 1 + _registers.Length;
            for (int i = 0; i < MostColumns; i++)
            {
                _roles[i] = (sbyte)(i == 0 ? TimeColumn : i < _columns ? i - 1 : NoValue);
            }
        }

        // By what they capture. False when one is missing that should be there.
        private bool TakeColumns(int count)
        {
            _columns = count;
            for (int i = 0; i < MostColumns; i++)
            {
                _roles[i] = NoValue;
            }

            bool isWhole = Assign(Find(8, 0, 1, 0), TimeColumn);
            for (int i = 0; i < _registers.Length; i++)
            {
                CosemDescriptor name = _registers[i].Value.Attribute;
                isWhole &= Assign(Find(0, 1, name.C, name.D), (sbyte)i) || (i >= Directions && !_registers[i].IsUsable);
            }

            return isWhole;
        }

        private bool Assign(int column, sbyte role)
        {
            if (column == NoColumn || column >= MostColumns)
            {
                return false;
            }

            _roles[column] = role;
            return true;
        }

        // A capture object by class (0: any) and value groups A, C, D.
        private int Find(int classId, int a, int c, int d)
        {
            byte[] buffer = CaptureObjects.Buffer;
            int offset = CaptureObjects.Offset + 2;
            for (int i = 0; i < _columns; i++)
            {
                int name = offset + NameOffset;
                if ((classId == 0 || buffer[offset + 4] == classId) && buffer[name] == a && buffer[name + 2] == c
                    && buffer[name + 3] == d && buffer[name + 4] == 0 && buffer[offset + AttributeOffset] == BufferAttribute)
                {
                    return i;
                }

                offset += CaptureObjectLength;
            }

            return NoColumn;
        }

        private DlmsResult Ask(DlmsClient client, int margin)
        {
            CosemTime.Write(_from - margin, _range.From);
            CosemTime.Write(_to + margin, _range.To);
            _order = _declaredOrder;
            BeginRows(MeterTime.Unknown);
            DlmsResult result = client.GetRows(_item, this);
            if (result != DlmsResult.Ok || _undated == 0)
            {
                return result;
            }

            // Once more, now that the places of the rows tell the time of the first.
            long first = FirstTime(_from - margin, _to + margin);
            if (first == MeterTime.Unknown)
            {
                Tell(Undated, false, "rows without a time, and none that dates them: no data");
                return result;
            }

            BeginRows(first - (_order * _period));
            return client.GetRows(_item, this);
        }

        private void BeginRows(long before)
        {
            _time = before;
            ForgetValues();
            _rows = 0;
            _undated = 0;
            _firstDated = -1;
            _hasFrom = false;
            _hasTo = false;
        }

        // Never a guess: from a row that has a time, in an order that is declared or the only one that fits the range; or
        // because there are exactly as many rows as the range has places.
        private long FirstTime(long from, long to)
        {
            long span = (_rows - 1L) * _period;
            if (_firstDated < 0)
            {
                _order = _order == 0 && _rows == 1 ? 1 : _order;
                return span != to - from || _order == 0 ? MeterTime.Unknown : _order > 0 ? from : to;
            }

            long before = (long)_firstDated * _period;
            if (_order == 0)
            {
                bool isForth = _firstTime - before >= from && _firstTime - before + span <= to;
                bool isBack = _firstTime + before <= to && _firstTime + before - span >= from;
                _order = isForth == isBack ? 0 : isForth ? 1 : -1;
            }

            return _order == 0 ? MeterTime.Unknown : _firstTime - (_order * before);
        }

        private void TakeValues(MeterReading reading, long time)
        {
            uint[] values = _values;
            reading.SetMinute(time, values[0], values[1]);
            if (reading.High != null)
            {
                reading.High[HighVoltageReading.MinuteLagNormal] = values[2];
                reading.High[HighVoltageReading.MinuteLagReverse] = values[3];
            }
        }

        private void ForgetValues()
        {
            for (int i = 0; i < _values.Length; i++)
            {
                _values[i] = MeterReading.NoEnergy;
            }
        }

        private bool HasValues()
        {
            for (int i = 0; i < _values.Length; i++)
            {
                if (_values[i] != MeterReading.NoEnergy)
                {
                    return true;
                }
            }

            return false;
        }

        // The time is unknown when it is null-data.
        private bool ReadRow(byte[] buffer, int offset, int end, out long time)
        {
            time = MeterTime.Unknown;
            if (end - offset < 2 || buffer[offset] != CosemType.Structure
                || (buffer[offset + 1] != _columns && !TakeTypes(buffer, offset, end)))
            {
                return false;
            }

            int at = offset + 2;
            for (int column = 0; column < _columns; column++)
            {
                if (at >= end)
                {
                    return false;
                }

                int role = column < MostColumns ? _roles[column] : NoValue;
                int size = role >= 0 ? ReadValue(buffer, at, end, role)
                    : role == TimeColumn ? ReadTime(buffer, at, end, out time)
                    : CosemData.Measure(buffer, at, end);
                if (size <= 0)
                {
                    return false;
                }

                at += size;
            }

            return at == end;
        }

        private static int ReadTime(byte[] buffer, int at, int end, out long time)
        {
            time = MeterTime.Unknown;
            if (buffer[at] == CosemType.Null)
            {
                return 1;
            }

            int size = CosemTime.Read(buffer, at, end, true, out time);
            return time == MeterTime.Unknown ? 0 : size;
        }

        // One that is left out stays as it was in the row before.
        private int ReadValue(byte[] buffer, int at, int end, int number)
        {
            if (buffer[at] == CosemType.Null)
            {
                Tell(NullValue, true, "values that are left out are those of the row before");
                return 1;
            }

            ScaledRegister register = _registers[number];
            int size = CosemNumber.Read(buffer, at, end, out long value);
            uint read = size == 0 || !register.IsUsable ? MeterReading.NoEnergy : register.Digits(value);
            _values[number] = read;
            if (value > MeterReading.MaxEnergy && read != MeterReading.NoEnergy)
            {
                Tell(TooLarge, true, "more than eight digits: the last eight are served");
            }

            return size;
        }

        // Columns that nobody has declared: the first time, and the first numbers of 32 or 64 bits; those of active energy
        // alone where there are fewer than the values.
        private bool TakeTypes(byte[] buffer, int offset, int end)
        {
            int count = buffer[offset + 1];
            int time = NoColumn;
            int numbers = 0;
            int at = offset + 2;
            for (int column = 0; column < count && column < MostColumns && !_isDeclared; column++)
            {
                int size = CosemData.Measure(buffer, at, end);
                if (size <= 0)
                {
                    break;
                }

                sbyte role = NoValue;
                if (time < 0 && CosemTime.Read(buffer, at, end, true, out long _) == size)
                {
                    time = column;
                    role = TimeColumn;
                }
                else if (numbers < _values.Length && (size == 5 || size == 9)
                    && CosemNumber.Read(buffer, at, end, out long _) == size)
                {
                    role = (sbyte)numbers++;
                }

                _roles[column] = role;
                at += size;
            }

            if (time < 0 || numbers < Directions)
            {
                if (!_isDeclared)
                {
                    TakePlainColumns();
                }

                return false;
            }

            for (int column = 0; column < MostColumns; column++)
            {
                bool isBehind = column >= count || (numbers < _values.Length && _roles[column] >= Directions);
                _roles[column] = isBehind ? NoValue : _roles[column];
            }

            _columns = count;
            Tell(ByTypes, true, "columns are taken by their types");
            return true;
        }

        // Unknown when it is too far beside the grid.
        private long ToGrid(long time)
        {
            long beside = time == MeterTime.Unknown ? 0 : time - MeterTime.Floor(time, _period);
            if (beside == 0)
            {
                return time;
            }

            if (beside > OffGridSeconds && beside < _period - OffGridSeconds)
            {
                return MeterTime.Unknown;
            }

            Tell(OffGrid, true, "rows beside the grid by seconds are taken for the grid's");
            return beside > OffGridSeconds ? time + _period - beside : time - beside;
        }

        private void Refuse(byte[] buffer, int offset, int length)
        {
            _time = MeterTime.Unknown;
            _differences.TellBad(_firstKind + BadRow, _item, buffer, offset, length);
        }

        private void Tell(int kind, bool isServed, string what)
        {
            _differences.Tell(_firstKind + kind, isServed, _item, what);
        }
    }
}
