using System;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// The metering unit at the other end of the serial line: what to read of it, by OBIS code, over DLMS/COSEM with the
    /// active pairing (SAP 2, HLS mechanism 5, authenticated and encrypted). Energy leaves as it was read; power and
    /// currents are brought to W and 0.1 A by the scalers that the unit declares.
    /// </summary>
    public sealed class MeteringUnit : IMeteringUnit
    {
        /// <summary>The client address of the active pairing.</summary>
        public const int ActivePairingSap = 2;

        /// <summary>Objects that are read of either class.</summary>
        internal const int ObjectCount = HalfHours + 1;

        /// <summary>Digits of a register that declares none.</summary>
        internal const byte DefaultDigits = 8;

        // Their places: of the items of a minute as they stand in it, then the others.
        private const int Clock = 0;
        private const int Normal = 1;
        private const int Reverse = 2;
        private const int PowerNormal = 3;
        private const int PowerReverse = 4;
        private const int CurrentR = 5;
        private const int CurrentT = 6;
        private const int Minutes = 7;
        private const int Serial = 8;
        private const int Digits = 9;
        private const int HalfHours = 10;

        // What is told beside: of the two directions, and of others.
        private const int TooLarge = Differences.FirstKind - Normal;
        private const int LongSerial = Differences.FirstKind + 2;
        private const int OtherTooLarge = Differences.FirstKind + 5;
        private const int NoLists = Differences.FirstKind + 3;
        private const int NoSelection = Differences.FirstKind + 4;

        // Diagnostic of an AARE: authentication failure.
        private const int AuthenticationFailure = 13;
        private const byte UnitWatt = 27;
        private const byte UnitWattHour = 30;
        private const byte UnitAmpere = 33;
        private const int DataClass = 1;
        private const int ClockClass = 8;
        private const byte ValueAttribute = 2;

        // The fourth character of the logical device name, behind the manufacturer's three, tells the class.
        private const int ClassCharacter = 3;
        private const byte LowVoltageLetter = 0x4C;
        private const byte HighVoltageLetter = 0x48;

        private readonly DlmsClient _client;
        private readonly IKeySource _keys;
        private readonly GetItem _clock = new GetItem(new CosemDescriptor(ClockClass, 0, 0, 1, 0, 0, ValueAttribute));
        private readonly GetItem _serial = new GetItem(new CosemDescriptor(DataClass, 0, 0, 96, 1, 0, ValueAttribute));
        private readonly GetItem _digits = new GetItem(new CosemDescriptor(DataClass, 0, 0, 96, 128, 0, ValueAttribute));
        private readonly GetItem _deviceName = new GetItem(new CosemDescriptor(DataClass, 0, 0, 42, 0, 0, ValueAttribute));
        private readonly ScaledRegister _normal = new ScaledRegister(1, 8, UnitWattHour);
        private readonly ScaledRegister _reverse = new ScaledRegister(2, 8, UnitWattHour);
        private readonly ScaledRegister _powerNormal = new ScaledRegister(1, 7, UnitWatt);
        private readonly ScaledRegister _powerReverse = new ScaledRegister(2, 7, UnitWatt);
        private readonly ScaledRegister _currentR = new ScaledRegister(31, 7, UnitAmpere);
        private readonly ScaledRegister _currentT = new ScaledRegister(71, 7, UnitAmpere);
        private readonly ProfileReader _halfHours;
        private readonly ProfileReader _minutes;
        private readonly GetItem[] _parameterItems;
        private readonly GetItem[] _layoutItems;
        private readonly GetItem[] _minuteItems;
        private readonly GetItem[] _liveItems;
        private readonly Differences _differences;
        private readonly MeterClass _class;
        private readonly ScaledRegister[] _energies;
        private readonly HighVoltageItems _high;
        private readonly byte[] _serialNumber = new byte[MeterParameters.SerialLength];
        private SecurityContext _known;
        private bool _hasPhaseT;

        /// <summary>Makes it; nothing is sent yet.</summary>
        /// <param name="client">The client, shared with what else the metering loop does on the line.</param>
        /// <param name="keys">Gives the active pairing.</param>
        /// <param name="log">Takes what is different at the metering unit; null for nobody.</param>
        /// <param name="meterClass">The class of metering unit that is read; another one is not.</param>
        public MeteringUnit(DlmsClient client, IKeySource keys, ILog log = null,
            MeterClass meterClass = MeterClass.LowVoltage)
        {
            _client = client;
            _keys = keys;
            _differences = new Differences(log);
            _class = meterClass;
            _energies = new ScaledRegister[] { _normal, _reverse };
            _high = meterClass == MeterClass.HighVoltage ? new HighVoltageItems(_differences, ObjectCount) : null;
            _halfHours = new ProfileReader(1, MeterTime.HalfHour, _differences, Columns(true));
            _minutes = new ProfileReader(2, MeterTime.Minute, _differences, Columns(false));
            _parameterItems = new GetItem[]
            {
                _serial, _digits, _normal.ScalerUnit, _reverse.ScalerUnit, _powerNormal.ScalerUnit,
                _powerReverse.ScalerUnit, _currentR.ScalerUnit, _currentT.ScalerUnit, _deviceName,
            };
            _layoutItems = new GetItem[]
            {
                _halfHours.CaptureObjects, _halfHours.SortMethod, _minutes.CaptureObjects, _minutes.SortMethod,
            };
            _minuteItems = new GetItem[]
            {
                _clock, _normal.Value, _reverse.Value, _powerNormal.Value, _powerReverse.Value, _currentR.Value,
                _currentT.Value, _minutes.Newest,
            };
            _liveItems = new GetItem[]
            {
                _normal.Value, _reverse.Value, _powerNormal.Value, _powerReverse.Value, _currentR.Value,
                _currentT.Value,
            };
            if (_high != null)
            {
                _minuteItems = _high.Append(_minuteItems, HighVoltageItems.Sheet);
                _liveItems = _high.Append(_liveItems, HighVoltageItems.Reactive);
            }
        }

        /// <summary>The DLMS client, for its statistics.</summary>
        public DlmsClient Client => _client;

        /// <summary>Whether it is about to associate.</summary>
        public bool IsAssociating { get; private set; }

        /// <summary>Differences from what the link expects, since the start, each as often as it was met.</summary>
        public int DifferenceCount => _differences.Count;

        /// <inheritdoc/>
        public bool HasGaps => _differences.Gaps != 0;

        /// <summary>What is not read at the moment, for a person; empty when nothing is missing.</summary>
        public string DescribeGaps()
        {
            string text = "";
            int count = ObjectCount + (_high == null ? 0 : HighVoltageItems.ObjectCount);
            for (int place = 0; place < count; place++)
            {
                if ((_differences.Gaps & (1 << place)) != 0)
                {
                    text += (text.Length == 0 ? "" : ", ") + ItemOf(place).Attribute.Name;
                }
            }

            return text;
        }

        /// <inheritdoc/>
        public MeteringResult ReadParameters(MeterParameters parameters)
        {
            MeteringResult result = Ask(_parameterItems, null, 0, 0, null);
            if (result != MeteringResult.Ok)
            {
                return result;
            }

            if (IsOtherClass())
            {
                return MeteringResult.OtherClass;
            }

            if (!TakeScalers(out byte unit))
            {
                return MeteringResult.Refused;
            }

            TakeSerial();
            if (!CosemNumber.Read(_digits, out long digits))
            {
                // A manufacturer's own object.
                digits = DefaultDigits;
            }
            else if (!Check(digits >= 1 && digits <= DefaultDigits, Digits, _digits))
            {
                digits = DefaultDigits;
            }

            uint coefficient = 1;
            if (_high != null)
            {
                result = Ask(_high.Parameters, null, 0, 0, null);
                if (result != MeteringResult.Ok)
                {
                    return result;
                }

                if (!_high.TakeParameters(parameters.High, out coefficient))
                {
                    return MeteringResult.Refused;
                }
            }

            // Not to be gone without: in columns of another order one would be taken for the other.
            result = Ask(_layoutItems, null, 0, 0, null);
            if (result != MeteringResult.Ok)
            {
                return result;
            }

            _halfHours.TakeLayout();
            _minutes.TakeLayout();
            return parameters.Set(_serialNumber, coefficient, unit, (byte)digits) ? MeteringResult.Ok : MeteringResult.Refused;
        }

        /// <inheritdoc/>
        public MeteringResult ReadNow(MeterReading reading)
        {
            MeteringResult result = Ask(_minuteItems, null, 0, 0, null);
            if (result != MeteringResult.Ok)
            {
                return result;
            }

            // Without the clock nothing can be dated.
            long time = TimeOf(_clock);
            if (!Check(time != MeterTime.Unknown, Clock, _clock))
            {
                return MeteringResult.Refused;
            }

            if (!Check(_minutes.TakeNewest(reading), Minutes, _minutes.Newest))
            {
                _minutes.TakeNone(reading);
            }

            if (_high != null)
            {
                _high.Take(reading.High, HighVoltageItems.Sheet);
            }

            result = TakeLive(reading, time, true);
            if (result != MeteringResult.Ok || _high == null || _client.Supports(Conformance.MultipleReferences))
            {
                return result;
            }

            // Of one time only what comes in one list is.
            result = Ask(_high.CumulativeDemand, null, 0, 0, null);
            if (result == MeteringResult.Ok)
            {
                _high.TakeAgain(reading.High);
            }

            return result;
        }

        /// <inheritdoc/>
        public MeteringResult ReadLive(MeterReading reading)
        {
            MeteringResult result = Ask(_liveItems, null, 0, 0, null);
            if (result == MeteringResult.Ok && _high != null)
            {
                _high.Take(reading.High, HighVoltageItems.Reactive);
            }

            return result == MeteringResult.Ok ? TakeLive(reading, reading.Time, false) : result;
        }

        // Refused when there is nothing at all.
        private MeteringResult TakeLive(MeterReading reading, long time, bool isMinute)
        {
            if (_high != null && !_high.IsCoefficientKept(isMinute))
            {
                return MeteringResult.Changed;
            }

            uint normal = DigitsOf(_differences, _normal, Normal);
            uint reverse = DigitsOf(_differences, _reverse, Reverse);
            int power = PowerOf(out bool flowsBack);
            int currentR = CurrentOf(_currentR, CurrentR, flowsBack);
            int currentT = _hasPhaseT ? CurrentOf(_currentT, CurrentT, flowsBack) : MeterReading.NoCurrent;
            if (normal == MeterReading.NoEnergy && reverse == MeterReading.NoEnergy && power == MeterReading.NoPower
                && currentR == MeterReading.NoCurrent && currentT == MeterReading.NoCurrent)
            {
                return MeteringResult.Refused;
            }

            reading.SetRegisters(time, normal, reverse);
            reading.SetInstantaneous(power, currentR, currentT);
            return MeteringResult.Ok;
        }

        /// <inheritdoc/>
        public MeteringResult ReadMinutes(long from, long to, IProfileSink sink)
        {
            return ReadRows(_minutes, Minutes, from, to, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadHalfHours(long from, long to, IProfileSink sink)
        {
            return ReadRows(_halfHours, HalfHours, from, to, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadRequest(ProfileRequest request)
        {
            for (bool again = false; ; again = true)
            {
                MeteringResult result = Associate();
                if (result != MeteringResult.Ok)
                {
                    return result;
                }

                DlmsResult answer = request.Ask(_client);
                if (again || !IsDropped(answer))
                {
                    return Conclude(answer);
                }
            }
        }

        // A refusal of a profile is its own, one of anything else is not.
        private MeteringResult ReadRows(ProfileReader profile, int place, long from, long to, IProfileSink sink)
        {
            MeteringResult result = Ask(null, profile, from, to, sink);
            if (result == MeteringResult.Refused
                ? _client.IsAssociatedWith(ActivePairingSap, _keys.Active)
                : result == MeteringResult.Ok)
            {
                Check(result == MeteringResult.Ok && !profile.IsUnusable, place, profile.Item);
            }

            return result;
        }

        /// <summary>Takes the scalers of registers that share one unit, which is that of the first that has one.</summary>
        /// <param name="differences">Takes what is different.</param>
        /// <param name="registers">Has the registers.</param>
        /// <param name="from">The first one.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="place">Place of the first one.</param>
        /// <param name="isOptional">Whether a metering unit need not have them.</param>
        /// <returns>The unit as ECHONET Lite codes it, of kWh, kvarh or kW, or
        /// <see cref="HighVoltageParameters.NoUnit"/>.</returns>
        internal static byte TakeUnit(Differences differences, ScaledRegister[] registers, int from, int count, int place,
            bool isOptional)
        {
            byte unit = HighVoltageParameters.NoUnit;
            for (int i = 0; i < count; i++)
            {
                ScaledRegister register = registers[from + i];
                byte own = register.TakeScaler() ? UnitOf(register.Scaler) : HighVoltageParameters.NoUnit;
                unit = unit == HighVoltageParameters.NoUnit ? own : unit;
                register.IsUsable = own == unit && unit != HighVoltageParameters.NoUnit;
                differences.Check(
                    register.IsUsable || (isOptional && register.IsAbsent), place + i, register.ScalerUnit);
            }

            return unit;
        }

        /// <summary>What a register shows.</summary>
        /// <param name="differences">Takes what is different.</param>
        /// <param name="register">The register, read.</param>
        /// <param name="place">Its place.</param>
        internal static uint DigitsOf(Differences differences, ScaledRegister register, int place)
        {
            if (!register.IsUsable)
            {
                return MeterReading.NoEnergy;
            }

            uint digits = CosemNumber.Read(register.Value, out long value) ? register.Digits(value) : MeterReading.NoEnergy;
            if (differences.Check(digits != MeterReading.NoEnergy, place, register.Value) && value > MeterReading.MaxEnergy)
            {
                differences.Tell(place <= Reverse ? TooLarge + place : OtherTooLarge, true, register.Value,
                    "more than eight digits: the last eight are served");
            }

            return digits;
        }

        // What a row has beside its time.
        private ScaledRegister[] Columns(bool isHalfHour)
        {
            if (_high == null)
            {
                return _energies;
            }

            ScaledRegister lagNormal = _high.Register(HighVoltageItems.Reactive);
            ScaledRegister lagReverse = _high.Register(HighVoltageItems.Reactive + 1);
            return isHalfHour
                ? new ScaledRegister[] { _normal, _reverse, lagNormal, lagReverse, _high.Register(0), _high.Register(1) }
                : new ScaledRegister[] { _normal, _reverse, lagNormal, lagReverse };
        }

        private GetItem ItemOf(int place)
        {
            return place <= Minutes ? _minuteItems[place]
                : place == Serial ? _serial
                : place == Digits ? _digits
                : place == HalfHours ? _halfHours.Item
                : _high[place - ObjectCount];
        }

        // A metering unit that does not say is taken for one of the class that is read.
        private bool IsOtherClass()
        {
            GetItem item = _deviceName;
            int length = item.Length - 2;
            if (item.Buffer == null || length <= ClassCharacter || item.Buffer[item.Offset + 1] != length
                || (item.Buffer[item.Offset] != CosemType.OctetString && item.Buffer[item.Offset] != CosemType.VisibleString))
            {
                return false;
            }

            byte letter = item.Buffer[item.Offset + 2 + ClassCharacter];
            return letter == (_class == MeterClass.LowVoltage ? HighVoltageLetter : LowVoltageLetter);
        }

        // Whether an object could be read and understood: else it is a gap.
        private bool Check(bool isGood, int place, GetItem item)
        {
            return _differences.Check(isGood, place, item);
        }

        private static long TimeOf(GetItem item)
        {
            return item.Buffer != null
                && CosemTime.Read(item.Buffer, item.Offset, item.Offset + item.Length, false, out long time) == item.Length
                ? time
                : MeterTime.Unknown;
        }

        // Register in Wh × 10^scaler as ECHONET Lite property E1 codes it; NoUnit where there is none.
        private static byte UnitOf(int scaler)
        {
            int exponent = scaler - 3;
            return exponent >= -4 && exponent <= 0 ? (byte)-exponent
                : exponent >= 1 && exponent <= 4 ? (byte)(0x09 + exponent)
                : HighVoltageParameters.NoUnit;
        }

        private static bool Fits(long value, long limit)
        {
            return value >= -limit && value <= limit;
        }

        // A list, or rows of a profile; once more when the metering unit has dropped the association meanwhile.
        private MeteringResult Ask(GetItem[] list, ProfileReader profile, long from, long to, IProfileSink sink)
        {
            for (bool again = false; ; again = true)
            {
                MeteringResult result = Associate();
                if (result != MeteringResult.Ok)
                {
                    return result;
                }

                DlmsResult answer = list != null
                    ? _client.GetWithList(list, list == _liveItems)
                    : profile.Read(_client, from, to, sink);
                if (again || !IsDropped(answer))
                {
                    return Conclude(answer);
                }
            }
        }

        private bool IsDropped(DlmsResult answer)
        {
            return answer == DlmsResult.NotAssociated
                || (answer == DlmsResult.Refused && !_client.IsAssociatedWith(ActivePairingSap, _keys.Active));
        }

        private MeteringResult Conclude(DlmsResult answer)
        {
            MeteringResult result = Judge(answer);
            if (result == MeteringResult.NotAuthentic)
            {
                _keys.Report(result);
            }

            return result;
        }

        private MeteringResult Associate()
        {
            SecurityContext security = _keys.Active;
            if (security == null)
            {
                return MeteringResult.Unpaired;
            }

            if (security != _known)
            {
                _known = security;
                _differences.Forget();
            }

            if (_client.IsAssociatedWith(ActivePairingSap, security))
            {
                return MeteringResult.Ok;
            }

            IsAssociating = true;
            MeteringResult result = Judge(_client.Associate(ActivePairingSap, security));
            IsAssociating = false;
            _keys.Report(result);
            if (result == MeteringResult.Ok && !_client.Supports(Conformance.MultipleReferences))
            {
                _differences.Tell(NoLists, true, "no list in a GET is offered: attributes are read one after the other");
            }

            if (result == MeteringResult.Ok && !_client.Supports(Conformance.SelectiveAccess))
            {
                _differences.Tell(NoSelection, false, "no selective access is offered: profiles cannot be read");
            }

            return result;
        }

        private MeteringResult Judge(DlmsResult result)
        {
            switch (result)
            {
                case DlmsResult.Ok:
                    return MeteringResult.Ok;
                case DlmsResult.Stopping:
                    return MeteringResult.Stopping;
                case DlmsResult.Refused:
                    return _client.Detail == DlmsDetail.Diagnostic && _client.DetailCode == AuthenticationFailure
                        ? MeteringResult.NotAuthentic
                        : MeteringResult.Refused;
                case DlmsResult.NotAssociated:
                case DlmsResult.ProtocolError when _client.Detail != DlmsDetail.Link:
                    return MeteringResult.Refused;
                case DlmsResult.SecurityError:
                    return _client.Detail == DlmsDetail.Title ? MeteringResult.WrongUnit : MeteringResult.NotAuthentic;
                default:
                    return MeteringResult.NoAnswer;
            }
        }

        // Energies share one unit, the normal direction's if it has one. False when not even one register can be used.
        private bool TakeScalers(out byte unit)
        {
            unit = TakeUnit(_differences, _energies, 0, _energies.Length, Normal, false);
            bool hasEnergy = unit != HighVoltageParameters.NoUnit;
            unit = hasEnergy ? unit : (byte)0;

            // A single-phase two-wire service has no T phase.
            _hasPhaseT = _currentT.TakeScaler();
            Check(_hasPhaseT || _currentT.IsAbsent, CurrentT, _currentT.ScalerUnit);
            return Check(_powerNormal.TakeScaler(), PowerNormal, _powerNormal.ScalerUnit)
                | Check(_powerReverse.TakeScaler(), PowerReverse, _powerReverse.ScalerUnit)
                | Check(_currentR.TakeScaler(), CurrentR, _currentR.ScalerUnit) | hasEnergy;
        }

        // Of a longer one the end: it tells one unit from the next.
        private void TakeSerial()
        {
            GetItem item = _serial;
            int length = item.Length - 2;
            bool isString = item.Buffer != null && length > 0 && item.Buffer[item.Offset + 1] == length
                && (item.Buffer[item.Offset] == CosemType.OctetString
                || item.Buffer[item.Offset] == CosemType.VisibleString);
            Array.Clear(_serialNumber, 0, MeterParameters.SerialLength);
            if (!Check(isString, Serial, item))
            {
                return;
            }

            int excess = length - MeterParameters.SerialLength;
            if (excess > 0)
            {
                _differences.Tell(LongSerial, true, item, "longer than 12 characters: the last 12 are served");
            }
            else
            {
                excess = 0;
            }

            Array.Copy(item.Buffer, item.Offset + 2 + excess, _serialNumber, 0, length - excess);
        }

        // Normal less reverse.
        private int PowerOf(out bool flowsBack)
        {
            bool isRead = Take(_powerNormal, PowerNormal, 0, out long normal)
                & Take(_powerReverse, PowerReverse, 0, out long reverse);
            flowsBack = isRead && normal < reverse;
            return isRead && Fits(normal - reverse, int.MaxValue - 2) ? (int)(normal - reverse) : MeterReading.NoPower;
        }

        private bool Take(ScaledRegister register, int place, int exponent, out long value)
        {
            value = 0;
            return register.IsUsable && Check(register.Read(exponent, out value), place, register.Value);
        }

        // The unit tells magnitudes; the direction is that of the power.
        private int CurrentOf(ScaledRegister register, int place, bool flowsBack)
        {
            return !Take(register, place, 1, out long tenths) || !Fits(tenths, int.MaxValue - 2) ? MeterReading.NoCurrent
                : (int)(flowsBack ? -tenths : tenths);
        }
    }
}
