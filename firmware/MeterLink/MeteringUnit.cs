using System;
using NanoComm.Dlms;
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

        // Diagnostic of an AARE: authentication failure.
        private const int AuthenticationFailure = 13;
        private const byte UnitWatt = 27;
        private const byte UnitWattHour = 30;
        private const byte UnitAmpere = 33;
        private const byte DefaultDigits = 8;
        private const int DataClass = 1;
        private const int ClockClass = 8;
        private const byte ValueAttribute = 2;

        private readonly IKeySource _keys;
        private readonly GetItem _clock = new GetItem(new CosemDescriptor(ClockClass, 0, 0, 1, 0, 0, ValueAttribute));
        private readonly GetItem _serial = new GetItem(new CosemDescriptor(DataClass, 0, 0, 96, 1, 0, ValueAttribute));
        private readonly GetItem _digits = new GetItem(new CosemDescriptor(DataClass, 0, 0, 96, 128, 0, ValueAttribute));
        private readonly ScaledRegister _normal = new ScaledRegister(1, 8, UnitWattHour);
        private readonly ScaledRegister _reverse = new ScaledRegister(2, 8, UnitWattHour);
        private readonly ScaledRegister _powerNormal = new ScaledRegister(1, 7, UnitWatt);
        private readonly ScaledRegister _powerReverse = new ScaledRegister(2, 7, UnitWatt);
        private readonly ScaledRegister _currentR = new ScaledRegister(31, 7, UnitAmpere);
        private readonly ScaledRegister _currentT = new ScaledRegister(71, 7, UnitAmpere);
        private readonly ProfileReader _halfHours = new ProfileReader(1);
        private readonly ProfileReader _minutes = new ProfileReader(2);
        private readonly GetItem[] _parameterItems;
        private readonly GetItem[] _minuteItems;
        private readonly GetItem[] _liveItems;
        private readonly byte[] _serialNumber = new byte[MeterParameters.SerialLength];
        private bool _hasPhaseT;

        /// <summary>Makes it; nothing is sent yet.</summary>
        /// <param name="client">The client, shared with what else the metering loop does on the line.</param>
        /// <param name="keys">Gives the active pairing.</param>
        public MeteringUnit(DlmsClient client, IKeySource keys)
        {
            Client = client;
            _keys = keys;
            _parameterItems = new GetItem[]
            {
                _serial, _digits, _normal.ScalerUnit, _reverse.ScalerUnit, _powerNormal.ScalerUnit,
                _powerReverse.ScalerUnit, _currentR.ScalerUnit, _currentT.ScalerUnit,
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
        }

        /// <summary>The DLMS client, for its statistics.</summary>
        public DlmsClient Client { get; }

        /// <summary>Whether it is about to associate.</summary>
        public bool IsAssociating { get; private set; }

        /// <inheritdoc/>
        public MeteringResult ReadParameters(MeterParameters parameters)
        {
            MeteringResult result = Ask(_parameterItems, null, 0, 0, null);
            if (result != MeteringResult.Ok)
            {
                return result;
            }

            if (!_normal.TakeScaler() || !_reverse.TakeScaler() || !_powerNormal.TakeScaler()
                || !_powerReverse.TakeScaler() || !_currentR.TakeScaler() || _normal.Scaler != _reverse.Scaler)
            {
                return MeteringResult.Refused;
            }

            // A single-phase two-wire service has no T phase.
            _hasPhaseT = _currentT.TakeScaler();
            if (!CosemNumber.Read(_digits, out long digits))
            {
                digits = DefaultDigits;
            }

            return digits >= 1 && digits <= DefaultDigits && TakeSerial()
                && parameters.Set(_serialNumber, 1, UnitOf(_normal.Scaler), (byte)digits)
                ? MeteringResult.Ok
                : MeteringResult.Refused;
        }

        /// <inheritdoc/>
        public MeteringResult ReadNow(MeterReading reading)
        {
            MeteringResult result = Ask(_minuteItems, null, 0, 0, null);
            if (result != MeteringResult.Ok)
            {
                return result;
            }

            long time = TimeOf(_clock);
            if (time == MeterTime.Unknown || !ReadRegisters(out uint normal, out uint reverse)
                || !_minutes.TakeNewest(reading))
            {
                return MeteringResult.Refused;
            }

            reading.SetRegisters(time, normal, reverse);
            TakeInstantaneous(reading);
            return MeteringResult.Ok;
        }

        /// <inheritdoc/>
        public MeteringResult ReadLive(MeterReading reading)
        {
            MeteringResult result = Ask(_liveItems, null, 0, 0, null);
            if (result != MeteringResult.Ok)
            {
                return result;
            }

            if (!ReadRegisters(out uint normal, out uint reverse))
            {
                return MeteringResult.Refused;
            }

            reading.SetRegisters(reading.Time, normal, reverse);
            TakeInstantaneous(reading);
            return MeteringResult.Ok;
        }

        /// <inheritdoc/>
        public MeteringResult ReadMinutes(long from, long to, IIntervalSink sink)
        {
            return Ask(null, _minutes, from, to, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadHalfHours(long from, long to, IIntervalSink sink)
        {
            return Ask(null, _halfHours, from, to, sink);
        }

        private static bool IsEnergy(long value)
        {
            return value >= 0 && value <= MeterReading.MaxEnergy;
        }

        private static long TimeOf(GetItem item)
        {
            return item.Buffer != null && item.Length == CosemTime.Length + 2
                && item.Buffer[item.Offset] == CosemType.OctetString
                ? CosemTime.Read(item.Buffer, item.Offset + 2)
                : MeterTime.Unknown;
        }

        // Register in Wh × 10^scaler as ECHONET Lite property E1 codes it; a code that is none is refused later.
        private static byte UnitOf(int scaler)
        {
            int exponent = scaler - 3;
            return exponent >= -4 && exponent <= 0 ? (byte)-exponent
                : exponent >= 1 && exponent <= 4 ? (byte)(0x09 + exponent)
                : (byte)0xFF;
        }

        private static bool Fits(long value, long limit)
        {
            return value >= -limit && value <= limit;
        }

        // A list, or rows of a profile; once more when the metering unit has dropped the association meanwhile.
        private MeteringResult Ask(GetItem[] list, ProfileReader profile, long from, long to, IIntervalSink sink)
        {
            for (bool again = false; ; again = true)
            {
                MeteringResult result = Associate();
                if (result != MeteringResult.Ok)
                {
                    return result;
                }

                DlmsResult answer = list != null
                    ? Client.GetWithList(list, list == _liveItems)
                    : profile.Read(Client, from, to, sink);
                if (answer == DlmsResult.NotAssociated && !again)
                {
                    continue;
                }

                result = Judge(answer);
                if (result == MeteringResult.NotAuthentic)
                {
                    _keys.Report(result);
                }

                return result;
            }
        }

        private MeteringResult Associate()
        {
            SecurityContext security = _keys.Active;
            if (security == null)
            {
                return MeteringResult.Unpaired;
            }

            if (Client.IsAssociatedWith(ActivePairingSap, security))
            {
                return MeteringResult.Ok;
            }

            IsAssociating = true;
            MeteringResult result = Judge(Client.Associate(ActivePairingSap, security));
            IsAssociating = false;
            _keys.Report(result);
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
                    return Client.Detail == DlmsDetail.Diagnostic && Client.DetailCode == AuthenticationFailure
                        ? MeteringResult.NotAuthentic
                        : MeteringResult.Refused;
                case DlmsResult.NotAssociated:
                case DlmsResult.ProtocolError when Client.Detail != DlmsDetail.Link:
                    return MeteringResult.Refused;
                case DlmsResult.SecurityError:
                    return Client.Detail == DlmsDetail.Title ? MeteringResult.WrongUnit : MeteringResult.NotAuthentic;
                default:
                    return MeteringResult.NoAnswer;
            }
        }

        private bool TakeSerial()
        {
            GetItem item = _serial;
            int length = item.Length - 2;
            if (item.Buffer == null || length < 1 || length > MeterParameters.SerialLength
                || item.Buffer[item.Offset + 1] != length || (item.Buffer[item.Offset] != CosemType.OctetString
                && item.Buffer[item.Offset] != CosemType.VisibleString))
            {
                return false;
            }

            Array.Clear(_serialNumber, 0, MeterParameters.SerialLength);
            Array.Copy(item.Buffer, item.Offset + 2, _serialNumber, 0, length);
            return true;
        }

        private bool ReadRegisters(out uint normal, out uint reverse)
        {
            bool isNormal = CosemNumber.Read(_normal.Value, out long first);
            bool isReverse = CosemNumber.Read(_reverse.Value, out long second);
            normal = (uint)first;
            reverse = (uint)second;
            return isNormal && isReverse && IsEnergy(first) && IsEnergy(second);
        }

        private void TakeInstantaneous(MeterReading reading)
        {
            long power = MeterReading.NoPower;
            bool flowsBack = false;
            if (CosemNumber.Read(_powerNormal.Value, out long normal)
                && CosemNumber.Read(_powerReverse.Value, out long reverse))
            {
                long net = CosemNumber.Scale(normal, _powerNormal.Scaler)
                    - CosemNumber.Scale(reverse, _powerReverse.Scaler);
                flowsBack = net < 0;
                power = Fits(net, int.MaxValue - 2) ? net : MeterReading.NoPower;
            }

            reading.SetInstantaneous((int)power, CurrentOf(_currentR, flowsBack),
                _hasPhaseT ? CurrentOf(_currentT, flowsBack) : MeterReading.NoCurrent);
        }

        // The unit tells magnitudes; the direction is that of the power.
        private static short CurrentOf(ScaledRegister register, bool flowsBack)
        {
            if (!CosemNumber.Read(register.Value, out long value))
            {
                return MeterReading.NoCurrent;
            }

            long tenths = CosemNumber.Scale(value, register.Scaler + 1);
            return !Fits(tenths, short.MaxValue - 2) ? MeterReading.NoCurrent : (short)(flowsBack ? -tenths : tenths);
        }
    }
}
