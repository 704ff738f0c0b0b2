using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>
    /// The low-voltage smart electric energy meter, class 0x0288, Release R. Everything is answered at once from what
    /// the communication unit holds (requirement R12); what it does not know, or no longer, reads "no data" (R7).
    /// The object is there once a metering unit has been read: before that, a unit or a coefficient would be a guess
    /// that a controller keeps.
    /// </summary>
    public sealed class LowVoltageMeter : EchonetObject
    {
        private const byte On = 0x30;
        private const byte Fault = 0x41;
        private const byte NoFault = 0x42;
        private const int NoFaultDescription = 0x0000;
        private const int SensorFaultDescription = 0x001E;
        private const int SlotsPerDay = MeterTime.Day / MeterTime.HalfHour;
        private const int MaxHistory2Rows = 12;
        private const int MaxHistory3Rows = 10;
        private const int DateTimeLength = 7;
        private const int DateMinuteLength = 6;
        private const int DateLength = 4;
        private const int OneMinuteLength = DateTimeLength + 8;
        private const int FixedTimeLength = DateTimeLength + 4;

        private readonly EchonetIdentity _identity;
        private readonly InstallationLocation _location;
        private readonly MeterData _data;
        private readonly MeterSnapshot _snapshot;
        private readonly uint[] _day = new uint[SlotsPerDay];

        // Values that change once a minute or less are encoded then, not at every request.
        private readonly byte[] _oneMinute = new byte[OneMinuteLength];
        private readonly byte[] _normalFixedTime = new byte[FixedTimeLength];
        private readonly byte[] _reverseFixedTime = new byte[FixedTimeLength];

        private long _now;
        private bool _isFresh;
        private long _fixedTimeUntil = Deadline.Never;

        /// <summary>Makes the object.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="location">Installation location, shared with the node's other objects.</param>
        /// <param name="data">The read model.</param>
        public LowVoltageMeter(EchonetIdentity identity, InstallationLocation location, MeterData data)
            : base(
                Eoj.LowVoltageMeter,
                new PropertyMap(Epc.OperationStatus, Epc.InstallationLocation, Epc.FaultStatus,
                    Epc.NormalFixedTimeEnergy, Epc.ReverseFixedTimeEnergy),
                new PropertyMap(Epc.InstallationLocation, Epc.History1Day, Epc.History2Time, Epc.History3Time),
                new PropertyMap(Epc.OperationStatus, Epc.InstallationLocation, Epc.StandardVersion,
                    Epc.IdentificationNumber, Epc.FaultStatus, Epc.FaultDescription, Epc.ManufacturerCode,
                    Epc.ProductCode, Epc.ProductionNumber, Epc.CurrentTime, Epc.CurrentDate, Epc.InfMap, Epc.SetMap,
                    Epc.GetMap, Epc.RouteBId, Epc.OneMinuteEnergy, Epc.Coefficient, Epc.EffectiveDigits,
                    Epc.NormalEnergy, Epc.EnergyUnit, Epc.NormalHistory1, Epc.ReverseEnergy, Epc.ReverseHistory1,
                    Epc.History1Day, Epc.InstantaneousPower, Epc.InstantaneousCurrents, Epc.NormalFixedTimeEnergy,
                    Epc.ReverseFixedTimeEnergy, Epc.History2, Epc.History2Time, Epc.History3, Epc.History3Time))
        {
            _identity = identity;
            _location = location;
            _data = data;
            _snapshot = new MeterSnapshot(data.ClockRate);
            Encode();
        }

        /// <inheritdoc/>
        public override bool IsPresent
        {
            get { return _snapshot.IsIdentified; }
        }

        /// <summary>Whether the latest reading is too old to be served (88 reads 41).</summary>
        public bool IsFaulty
        {
            get { return !_isFresh; }
        }

        /// <summary>When <see cref="IsFaulty"/> changes without a new reading: milliseconds of the monotonic clock.</summary>
        public long FreshUntil
        {
            get { return _snapshot.FreshUntil; }
        }

        /// <summary>Time of the half-hour values that EA and EB show, or <see cref="MeterTime.Unknown"/>.</summary>
        public long FixedTime
        {
            get { return _snapshot.HalfHourTime; }
        }

        /// <summary>Whether there are half-hour values of that time.</summary>
        public bool HasFixedTimeValues
        {
            get
            {
                return _snapshot.HalfHourNormal != MeterReading.NoEnergy
                    || _snapshot.HalfHourReverse != MeterReading.NoEnergy;
            }
        }

        /// <summary>The metering clock at the last <see cref="Refresh"/>, or <see cref="MeterTime.Unknown"/>.</summary>
        public long Time
        {
            get { return _snapshot.Clock.Now(_now); }
        }

        /// <inheritdoc/>
        public override void Refresh(long now)
        {
            if (_snapshot.Version != _data.Version)
            {
                _data.CopyTo(_snapshot);
                Encode();
            }

            _now = now;
            _isFresh = now < _snapshot.FreshUntil;
        }

        /// <inheritdoc/>
        public override bool Write(byte epc, Terminal terminal, byte[] buffer, int offset, int length)
        {
            switch (epc)
            {
                case Epc.InstallationLocation:
                    return _location.Write(buffer, offset, length);
                case Epc.History1Day:
                    return SetDay(terminal, buffer, offset, length);
                case Epc.History2Time:
                    return SetSelector(terminal.History2Time, MaxHistory2Rows, MeterTime.HalfHour, buffer, offset, length);
                case Epc.History3Time:
                    return SetSelector(terminal.History3Time, MaxHistory3Rows, MeterTime.Minute, buffer, offset, length);
                default:
                    return false;
            }
        }

        /// <inheritdoc/>
        protected override int ReadOwn(byte epc, Terminal terminal, byte[] buffer, int offset)
        {
            MeterReading reading = _snapshot.Reading;
            switch (epc)
            {
                case Epc.OperationStatus:
                    return WriteU8(On, buffer, offset);
                case Epc.InstallationLocation:
                    return _location.Read(buffer, offset);
                case Epc.StandardVersion:
                    return WriteU32(Release << 8, buffer, offset);
                case Epc.IdentificationNumber:
                    return WriteBytes(_identity.IdentificationNumber, buffer, offset);
                case Epc.FaultStatus:
                    return WriteU8(IsFaulty ? Fault : NoFault, buffer, offset);
                case Epc.FaultDescription:
                    return WriteU16(IsFaulty ? SensorFaultDescription : NoFaultDescription, buffer, offset);
                case Epc.ManufacturerCode:
                    return WriteBytes(_identity.ManufacturerCode, buffer, offset);
                case Epc.ProductCode:
                    return WriteBytes(_identity.ProductCode, buffer, offset);
                case Epc.ProductionNumber:
                    _snapshot.Parameters.CopySerial(buffer, offset);
                    return MeterParameters.SerialLength;
                case Epc.CurrentTime:
                    return WriteTimeOfDay(buffer, offset);
                case Epc.CurrentDate:
                    MeterTime.Write(Time, buffer, offset, DateLength);
                    return DateLength;
                case Epc.RouteBId:
                    return WriteBytes(_identity.RouteBId, buffer, offset);
                case Epc.OneMinuteEnergy:
                    return ReadOneMinute(buffer, offset);
                case Epc.Coefficient:
                    return WriteU32(_snapshot.Parameters.Coefficient, buffer, offset);
                case Epc.EffectiveDigits:
                    return WriteU8(_snapshot.Parameters.Digits, buffer, offset);
                case Epc.NormalEnergy:
                    return WriteU32(_isFresh ? reading.Normal : MeterReading.NoEnergy, buffer, offset);
                case Epc.EnergyUnit:
                    return WriteU8(_snapshot.Parameters.Unit, buffer, offset);
                case Epc.NormalHistory1:
                    return WriteHistory1(terminal, false, buffer, offset);
                case Epc.ReverseEnergy:
                    return WriteU32(_isFresh ? reading.Reverse : MeterReading.NoEnergy, buffer, offset);
                case Epc.ReverseHistory1:
                    return WriteHistory1(terminal, true, buffer, offset);
                case Epc.History1Day:
                    return WriteU8(terminal.Day, buffer, offset);
                case Epc.InstantaneousPower:
                    return WriteU32((uint)(_isFresh ? reading.Power : MeterReading.NoPower), buffer, offset);
                case Epc.InstantaneousCurrents:
                    WriteU16(_isFresh ? reading.CurrentR : MeterReading.NoCurrent, buffer, offset);
                    return 2 + WriteU16(_isFresh ? reading.CurrentT : MeterReading.NoCurrent, buffer, offset + 2);
                case Epc.NormalFixedTimeEnergy:
                    return ReadFixedTime(_normalFixedTime, buffer, offset);
                case Epc.ReverseFixedTimeEnergy:
                    return ReadFixedTime(_reverseFixedTime, buffer, offset);
                case Epc.History2:
                    return WriteRows(terminal.History2Time, _data.HalfHours, buffer, offset);
                case Epc.History2Time:
                    return WriteBytes(terminal.History2Time, buffer, offset);
                case Epc.History3:
                    return WriteRows(terminal.History3Time, _data.Minutes, buffer, offset);
                case Epc.History3Time:
                    return WriteBytes(terminal.History3Time, buffer, offset);
                default:
                    return NotServed;
            }
        }

        private static bool SetDay(Terminal terminal, byte[] buffer, int offset, int length)
        {
            if (length != 1 || (buffer[offset] >= MeterData.HistoryDays && buffer[offset] != Terminal.NoDay))
            {
                return false;
            }

            terminal.Day = buffer[offset];
            return true;
        }

        private static bool SetSelector(byte[] selector, int maxRows, int interval, byte[] buffer, int offset, int length)
        {
            if (length != Terminal.SelectorLength)
            {
                return false;
            }

            byte rows = buffer[offset + DateMinuteLength];
            long time = MeterTime.ReadToMinute(buffer, offset);
            bool isTime = time != MeterTime.Unknown && MeterTime.Floor(time, interval) == time
                && rows >= 1 && rows <= maxRows;
            if (!isTime && !(rows == 1 && IsDefault(buffer, offset)))
            {
                return false;
            }

            for (int i = 0; i < Terminal.SelectorLength; i++)
            {
                selector[i] = buffer[offset + i];
            }

            return true;
        }

        private static int WriteOneMinute(long time, uint normal, uint reverse, byte[] buffer, int offset)
        {
            MeterTime.Write(time, buffer, offset, DateTimeLength);
            WriteU32(normal, buffer, offset + DateTimeLength);
            WriteU32(reverse, buffer, offset + DateTimeLength + 4);
            return OneMinuteLength;
        }

        private static int WriteFixedTime(long time, uint energy, byte[] buffer, int offset)
        {
            MeterTime.Write(time, buffer, offset, DateTimeLength);
            WriteU32(energy, buffer, offset + DateTimeLength);
            return FixedTimeLength;
        }

        private static bool IsDefault(byte[] buffer, int offset)
        {
            bool isDefault = true;
            for (int i = 0; i < DateMinuteLength; i++)
            {
                isDefault &= buffer[offset + i] == 0xFF;
            }

            return isDefault;
        }

        // The selector as it was set, then one row for each interval, the selected time first and back from there.
        // Before any selector was set there is one row without data.
        private static int WriteRows(byte[] selector, IntervalBuffer values, byte[] buffer, int offset)
        {
            int end = offset + WriteBytes(selector, buffer, offset);
            int rows = selector[DateMinuteLength];
            long time = MeterTime.ReadToMinute(selector, 0);
            for (int i = 0; i < rows; i++)
            {
                uint normal = MeterReading.NoEnergy;
                uint reverse = MeterReading.NoEnergy;
                if (time != MeterTime.Unknown)
                {
                    values.Get(time - ((long)i * values.Interval), out normal, out reverse);
                }

                end += WriteU32(normal, buffer, end);
                end += WriteU32(reverse, buffer, end);
            }

            return end - offset;
        }

        private int WriteTimeOfDay(byte[] buffer, int offset)
        {
            long time = Time;
            int seconds = time == MeterTime.Unknown ? 0 : (int)(time - MeterTime.Floor(time, MeterTime.Day));
            buffer[offset] = (byte)(seconds / 3600);
            buffer[offset + 1] = (byte)(seconds / 60 % 60);
            return 2;
        }

        private void Encode()
        {
            MeterReading reading = _snapshot.Reading;
            WriteOneMinute(reading.MinuteTime, reading.MinuteNormal, reading.MinuteReverse, _oneMinute, 0);
            long halfHour = _snapshot.HalfHourTime;
            WriteFixedTime(halfHour, _snapshot.HalfHourNormal, _normalFixedTime, 0);
            WriteFixedTime(halfHour, _snapshot.HalfHourReverse, _reverseFixedTime, 0);
            _fixedTimeUntil = halfHour == MeterTime.Unknown || !_snapshot.Clock.IsKnown
                ? Deadline.Never
                : _snapshot.Clock.When(halfHour + MeterTime.HalfHour + MeterData.FreshSeconds);
        }

        // The stamp says which minute it is, so a value that is one missed poll old is still true; after that the
        // minute that should be here is shown, without data.
        private int ReadOneMinute(byte[] buffer, int offset)
        {
            bool known = _isFresh && _snapshot.Reading.MinuteTime != MeterTime.Unknown;
            if (known || !_snapshot.Clock.IsKnown)
            {
                return WriteBytes(_oneMinute, buffer, offset);
            }

            return WriteOneMinute(MeterTime.Floor(Time, MeterTime.Minute), MeterReading.NoEnergy, MeterReading.NoEnergy,
                buffer, offset);
        }

        // Likewise: the half-hour that was read last stands until the next one is overdue.
        private int ReadFixedTime(byte[] encoded, byte[] buffer, int offset)
        {
            return _now < _fixedTimeUntil
                ? WriteBytes(encoded, buffer, offset)
                : WriteFixedTime(MeterTime.Floor(Time, MeterTime.HalfHour), MeterReading.NoEnergy, buffer, offset);
        }

        private int WriteHistory1(Terminal terminal, bool reverse, byte[] buffer, int offset)
        {
            long time = Time;
            bool known = terminal.Day != Terminal.NoDay && time != MeterTime.Unknown;
            if (known)
            {
                long today = MeterTime.Floor(time, MeterTime.Day);
                _data.HalfHours.CopyTo(today - ((long)terminal.Day * MeterTime.Day), reverse, _day);
            }

            int end = offset + WriteU16(terminal.Day, buffer, offset);
            for (int slot = 0; slot < SlotsPerDay; slot++)
            {
                end += WriteU32(known ? _day[slot] : MeterReading.NoEnergy, buffer, end);
            }

            return end - offset;
        }
    }
}
