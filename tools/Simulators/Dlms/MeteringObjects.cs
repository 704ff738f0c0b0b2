using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The objects of the metering unit. Everything that one request reads is of the same instant:
    /// <see cref="Refresh"/> takes it.
    /// </summary>
    public sealed class MeteringObjects
    {
        private const byte WattHours = 30;
        private const byte Watts = 27;
        private const byte VarHours = 32;
        private const byte Amperes = 33;
        private const byte Volts = 35;
        private const int SecondsPerDay = 86400;
        private const string LowVoltage = "L";
        private const string HighVoltage = "H";
        private const int DemandDigits = 6;

        // The recorded household was fed with another voltage; here it is the nominal one, and it stands still.
        private const int NominalVoltage = 1000;

        private static readonly Obis ClockName = Obis.Parse("0.0.1.0.0.255");
        private static readonly Obis StatusName = Obis.Parse("0.0.96.10.1.255");
        private static readonly Obis EventCodeName = Obis.Parse("0.0.96.11.0.255");
        private static readonly Obis EventCountName = Obis.Parse("0.0.96.15.0.255");
        private static readonly Obis Import = Obis.Parse("1.0.1.8.0.255");
        private static readonly Obis Export = Obis.Parse("1.0.2.8.0.255");
        private static readonly Obis ReactiveImport = Obis.Parse("1.0.3.8.0.255");
        private static readonly Obis ReactiveExport = Obis.Parse("1.0.4.8.0.255");
        private static readonly Obis Voltage = Obis.Parse("1.0.32.7.0.255");

        // Value group D of a demand.
        private const byte CumulativeMaximum = 2;
        private const byte LastAverage = 5;
        private const byte Maximum = 6;

        private readonly SimulatedMeteringUnit _energy;
        private readonly HighVoltageService _service;
        private readonly MeteringUnitState _state;
        private readonly Dictionary<Obis, CosemObject> _objects = new();
        private DateTime _instant;
        private MeterValues _now;

        /// <summary>Makes the objects.</summary>
        /// <param name="energy">What the unit measures.</param>
        /// <param name="state">What it keeps.</param>
        /// <param name="quirks">How it differs; null for not at all.</param>
        /// <param name="faults">How it misbehaves; null for not at all.</param>
        public MeteringObjects(SimulatedMeteringUnit energy, MeteringUnitState state, MeteringUnitQuirks quirks = null,
            MeteringUnitFaults faults = null)
        {
            _energy = energy;
            _service = energy.HighVoltage;
            _state = state;
            Quirks = quirks ?? new MeteringUnitQuirks();
            Refresh();
            AddIdentity();
            AddClock();
            AddRegisters();
            if (_service != null)
            {
                AddHighVoltage();
            }

            AddProfiles();
            AddSecurity();
            Pairing = new PairingObject(state, () => Time, () => energy.IsClockValid);
            Add(Pairing.ToObject());
            Orders = new OrderBox(state, faults ?? new MeteringUnitFaults(), () => Time);
            Add(Orders.ToObject());
        }

        /// <summary>The Pairing object, for what is not a service on it.</summary>
        public PairingObject Pairing { get; }

        /// <summary>The Order box.</summary>
        public OrderBox Orders { get; }

        /// <summary>How the unit differs.</summary>
        public MeteringUnitQuirks Quirks { get; }

        /// <summary>All of them.</summary>
        public IEnumerable<CosemObject> All => _objects.Values;

        /// <summary>The metering clock.</summary>
        public DateTime Time => _now.Clock;

        /// <summary>The object of a name, or null.</summary>
        public CosemObject Find(Obis name)
        {
            return _objects.GetValueOrDefault(name);
        }

        /// <summary>Takes the values of this instant.</summary>
        public void Refresh()
        {
            _instant = _energy.Instant;
            _now = _energy.Read();
        }

        private void AddIdentity()
        {
            Add(new CosemObject(1, 0, Obis.Parse("0.0.42.0.0.255"), AccessRights.Metered | AccessRights.PublicRead)
                .Constant(2, AccessRights.Metered | AccessRights.PublicRead,
                    to => to.OctetString(Encoding.ASCII.GetBytes("NCM" + (_service == null ? LowVoltage : HighVoltage)
                        + _state.SerialNumber))));
            AddData(Obis.Parse("0.0.96.1.0.255"),
                to => to.OctetString(Encoding.ASCII.GetBytes(Quirks.Serial ?? _state.SerialNumber)));
            AddData(Obis.Parse("0.0.97.97.0.255"), to => to.Unsigned(0));
            AddData(Obis.Parse("0.0.96.128.0.255"), to => to.Unsigned(SimulatedMeteringUnit.Digits));
            Add(new CosemObject(1, 0, Obis.Parse("0.0.96.129.0.255"), AccessRights.Metered)
                .Variable(2, AccessRights.Managed, to => to.Unsigned(_state.Granularity), SetGranularity));
        }

        private void AddClock()
        {
            const AccessRights read = AccessRights.Metered;
            byte[] never = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0xFF];
            Add(new CosemObject(8, 0, ClockName, read)
                .Variable(2, AccessRights.Managed,
                    to => Quirks.WriteTime(to, CosemTime.ToBytes(_now.Clock, _energy.IsClockValid)), SetClock)
                .Constant(3, read, to => to.Long(CosemTime.Deviation))
                .Constant(4, read, to => to.Unsigned(_energy.IsClockValid ? 0 : 1))
                .Constant(5, read, to => to.OctetString(never))
                .Constant(6, read, to => to.OctetString(never))
                .Constant(7, read, to => to.Integer(0))
                .Constant(8, read, to => to.Boolean(false))
                .Constant(9, read, to => to.Enum(1)));
        }

        private void AddRegisters()
        {
            int scaler = _service == null ? 0 : -1;
            AddRegister(Import, scaler, WattHours, to => Quirks.WriteEnergy(to, _now.Normal));
            AddRegister(Export, scaler, WattHours, to => Quirks.WriteEnergy(to, _now.Reverse));
            AddRegister(ReactiveImport, scaler, VarHours, to => to.DoubleLongUnsigned(_energy.ReactiveNormalAt(_instant)));
            AddRegister(ReactiveExport, scaler, VarHours, to => to.DoubleLongUnsigned(_energy.ReactiveReverseAt(_instant)));
            AddRegister(Obis.Parse("1.0.1.7.0.255"), 0, Watts,
                to =>
                {
                    _energy.TellsPower?.Invoke(_now.Power);
                    to.DoubleLongUnsigned((uint)Math.Max(_now.Power, 0));
                });
            AddRegister(Obis.Parse("1.0.2.7.0.255"), 0, Watts,
                to => to.DoubleLongUnsigned((uint)Math.Max(-_now.Power, 0)));
            AddRegister(Obis.Parse("1.0.31.7.0.255"), -1, Amperes, to => to.LongUnsigned(Math.Abs((int)_now.CurrentR)));
            AddRegister(Obis.Parse("1.0.71.7.0.255"), -1, Amperes, to => to.LongUnsigned(Math.Abs((int)_now.CurrentT)));
            if (_service == null)
            {
                AddRegister(Voltage, -1, Volts, to => to.LongUnsigned(NominalVoltage));
            }
        }

        // No voltage: the transformer ratio makes it useless.
        private void AddHighVoltage()
        {
            foreach (Quadrant quadrant in Enum.GetValues<Quadrant>())
            {
                AddRegister(ReactiveName(quadrant), -1, VarHours,
                    to => Quirks.WriteEnergy(to, _energy.ReactiveAt(quadrant, _instant)));
            }

            foreach (bool isReverse in new[] { false, true })
            {
                AddRegister(DemandName(isReverse, LastAverage), -1, Watts,
                    to => to.DoubleLongUnsigned(_energy.DemandTo(isReverse, LastHalfHour)));
                AddRegister(DemandName(isReverse, Maximum), -1, Watts,
                    to => to.DoubleLongUnsigned(_energy.MaximumDemandAt(isReverse, _instant)));
                AddRegister(DemandName(isReverse, CumulativeMaximum), 0, Watts,
                    to => to.DoubleLongUnsigned(_energy.CumulativeDemandAt(isReverse, _instant)));
            }

            AddData(Obis.Parse("1.0.0.4.4.255"), to => to.DoubleLongUnsigned(_service.Coefficient));
            AddData(Obis.Parse("1.0.0.4.7.255"), to => to.LongUnsigned(_service.CoefficientDivisor));
            AddData(Obis.Parse("0.0.96.128.1.255"), to => to.Unsigned(DemandDigits));
            AddData(Obis.Parse("0.0.96.128.2.255"), to => to.Unsigned(SimulatedMeteringUnit.Digits));
            AddData(Obis.Parse("0.0.96.131.0.255"), to => to.Unsigned(_service.FixedDate));
        }

        private DateTime LastHalfHour => _instant.AddTicks(-(_instant.Ticks % TimeSpan.FromMinutes(30).Ticks));

        private static Obis ReactiveName(Quadrant quadrant)
        {
            return new Obis(1, 0, (byte)quadrant, 8, 0, 255);
        }

        private static Obis DemandName(bool isReverse, byte kind)
        {
            return new Obis(1, 0, isReverse ? (byte)2 : (byte)1, kind, 0, 255);
        }

        private void AddProfiles()
        {
            ProfileColumn<IntervalRow> clock =
                new(8, ClockName, 2, (to, row) => Quirks.WriteTime(to, CosemTime.ToBytes(Label(row))));
            ProfileColumn<IntervalRow> status = new(1, StatusName, 2, (to, _) => to.Unsigned(0));
            ProfileColumn<IntervalRow> import = Energy(Import, _energy.NormalAt);
            ProfileColumn<IntervalRow> export = Energy(Export, _energy.ReverseAt);
            ProfileColumn<IntervalRow>[] energies = [clock, import, export];
            ProfileColumn<IntervalRow>[] quality =
            [
                .. energies, Energy(ReactiveImport, _energy.ReactiveNormalAt),
                Energy(ReactiveExport, _energy.ReactiveReverseAt),
                new(3, Voltage, 2, (to, _) => to.LongUnsigned(NominalVoltage)),
            ];
            ProfileColumn<IntervalRow>[] Energies() =>
                Quirks.StatusColumn ? [clock, status, import, export] : Quirks.ReverseFirst ? [clock, export, import] : energies;
            ProfileColumn<IntervalRow>[] lag = Columns(Quadrant.LagNormal, Quadrant.LagReverse);
            ProfileColumn<IntervalRow>[] demand = _service == null ? [] : [DemandColumn(false), DemandColumn(true)];
            AddProfile("1.0.99.1.0.255", () => [.. Energies(), .. lag, .. demand], MeterInterval.HalfHour,
                SimulatedMeteringUnit.HistoryDays);
            AddProfile("1.0.99.2.0.255", () => [.. Energies(), .. lag], MeterInterval.Minute, SimulatedMeteringUnit.MinuteDays);
            AddProfile("1.0.99.3.0.255", () => _service == null ? quality : [.. energies, .. lag],
                MeterInterval.FiveMinutes, SimulatedMeteringUnit.FiveMinuteDays);
            AddProfile("1.0.99.4.0.255", () => [.. Energies(), .. lag], MeterInterval.QuarterHour,
                SimulatedMeteringUnit.HistoryDays);
        }

        private ProfileColumn<IntervalRow>[] Columns(params Quadrant[] quadrants)
        {
            return _service == null ? [] : quadrants
                .Select(quadrant => Energy(ReactiveName(quadrant), instant => _energy.ReactiveAt(quadrant, instant))).ToArray();
        }

        private ProfileColumn<IntervalRow> DemandColumn(bool isReverse)
        {
            return new(3, DemandName(isReverse, LastAverage), 2,
                (to, row) => to.DoubleLongUnsigned(_energy.DemandTo(isReverse, row.Recorded)));
        }

        private DateTime Label(IntervalRow row)
        {
            return row.Label.AddSeconds(Quirks.LabelOffset);
        }

        private void AddSecurity()
        {
            AddData(EventCodeName, to => to.Unsigned((int)LatestEvent().Code));
            AddData(EventCountName, to => to.DoubleLongUnsigned(LatestEvent().Count));
            ProfileColumn<SecurityEvent>[] columns =
            [
                new(8, ClockName, 2, (to, row) => to.OctetString(CosemTime.ToBytes(row.Time))),
                new(1, EventCodeName, 2, (to, row) => to.Unsigned((int)row.Code)),
                new(1, EventCountName, 2, (to, row) => to.DoubleLongUnsigned(row.Count)),
            ];
            var log = new Profile<SecurityEvent>(() => columns, row => row.Time, count => _state.Events.NewestFirst(count));
            Add(log.ToObject(Obis.Parse("0.0.99.98.0.255"), AccessRights.Metered, 0, SecurityEventLog.Capacity));
        }

        private ProfileColumn<IntervalRow> Energy(Obis name, Func<DateTime, uint> registerAt)
        {
            return new(3, name, 2, (to, row) => Quirks.WriteEnergy(to, registerAt(row.Recorded)));
        }

        private SecurityEvent LatestEvent()
        {
            IReadOnlyList<SecurityEvent> newest = _state.Events.NewestFirst(1);
            return newest.Count > 0 ? newest[0] : default;
        }

        private void AddData(Obis name, Action<AxdrWriter> read)
        {
            Add(new CosemObject(1, 0, name, AccessRights.Metered).Constant(2, AccessRights.Metered, read));
        }

        private void AddRegister(Obis name, int scaler, byte unit, Action<AxdrWriter> read)
        {
            Add(new CosemObject(3, 0, name, AccessRights.Metered)
                .Constant(2, AccessRights.Metered, read)
                .Constant(3, AccessRights.Metered, to => to.Structure(2).Integer(scaler).Enum(unit)));
        }

        private void AddProfile(
            string name, Func<ProfileColumn<IntervalRow>[]> columns, MeterInterval interval, int days)
        {
            var profile = new Profile<IntervalRow>(columns, Label, count => _energy.NewestRows(interval, count), Quirks,
                (int)interval);
            Add(profile.ToObject(Obis.Parse(name), AccessRights.Metered, (int)interval, days * SecondsPerDay / (int)interval));
        }

        private void Add(CosemObject item)
        {
            _objects.Add(item.Name, item);
        }

        private DataAccessResult SetGranularity(byte[] value)
        {
            var reader = new AxdrReader(value);
            byte minutes = reader.Unsigned();
            if (!reader.IsGoodToTheEnd)
            {
                return DataAccessResult.TypeUnmatched;
            }

            if (!MeteringUnitState.IsGranularity(minutes))
            {
                return DataAccessResult.ScopeOfAccessViolated;
            }

            if (!_state.SetGranularity(minutes))
            {
                return DataAccessResult.HardwareFault;
            }

            _state.Events.Add(_now.Clock, SecurityEventCode.GranularitySwitched);
            return DataAccessResult.Success;
        }

        private DataAccessResult SetClock(byte[] value)
        {
            var reader = new AxdrReader(value);
            if (!CosemTime.TryParse(reader.OctetString(), out DateTime time) || !reader.IsGoodToTheEnd)
            {
                return DataAccessResult.TypeUnmatched;
            }

            _energy.StepClock(time - _now.Clock);
            _energy.IsClockValid = true;
            _state.Events.Add(time, SecurityEventCode.ClockSet);
            return DataAccessResult.Success;
        }
    }
}
