using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Dlms;
using NanoComm.Echonet;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.RouteB;
using NanoComm.Supervision;

namespace NanoComm.Virtual
{
    /// <summary>What the views show: the running unit, as a person wants to know it.</summary>
    internal sealed class Status
    {
        private const int LastExchanges = 12;
        private const int WattsPerKilowatt = 1000;
        private const int MinutesPerHour = 60;

        private static readonly DateTime Epoch = new(2000, 1, 1);

        private readonly ListenPorts _ports;
        private readonly VirtualBoard _board;
        private readonly CommunicationUnit _unit;
        private readonly MeterSnapshot _snapshot;
        private readonly Queue<Exchange> _recent = new();
        private (int Version, (bool IsKnown, uint Normal, uint Reverse)[] Registers, double?[] Powers) _minutes = (-1, [], []);
        private long _cursor;

        public Status(Options options, string meteringUnit, ListenPorts ports, WiSunStatus wiSun, WifiStatus wifi,
            VirtualBoard board, CommunicationUnit unit, ExchangeLog exchanges, EventLog log)
        {
            Options = options;
            MeteringUnit = meteringUnit;
            _ports = ports;
            WiSun = wiSun;
            Wifi = wifi;
            Exchanges = exchanges;
            Log = log;
            _board = board;
            _unit = unit;
            _snapshot = new MeterSnapshot(options.Speed, unit.Data.High is null ? MeterClass.LowVoltage : MeterClass.HighVoltage);
            PowerBudget = new PowerStatus(unit.Power, unit.PowerWatch, board.Clock);
        }

        public Options Options { get; }

        /// <summary>Where the metering unit is.</summary>
        public string MeteringUnit { get; }

        /// <summary>Address of the page in a browser, with what it takes to press its buttons; null without one.</summary>
        public string Page { get; init; }

        /// <summary>Local addresses with their port, as they are now.</summary>
        public IEnumerable<string> Addresses => _ports.Names;

        /// <summary>The Wi-SUN path.</summary>
        public WiSunStatus WiSun { get; }

        /// <summary>The simulated Wi-Fi; null without it.</summary>
        public WifiStatus Wifi { get; }

        /// <summary>Supply and loads.</summary>
        public PowerStatus PowerBudget { get; }

        public ExchangeLog Exchanges { get; }

        public EventLog Log { get; }

        public string Endpoints => Addresses.Any() ? string.Join(", ", Addresses) : "no address";

        public MeterReading Reading => _snapshot.Reading;

        /// <summary>Whether power and currents are young enough to be served.</summary>
        public bool IsLive => _board.Clock.Milliseconds < _snapshot.LiveUntil;

        public bool IsFresh => _board.Clock.Milliseconds < _snapshot.FreshUntil;

        public TimeSpan Uptime => TimeSpan.FromMilliseconds(_board.Clock.Milliseconds);

        public DateTime? MeterClock => ToDateTime(_snapshot.Clock.Now(_board.Clock.Milliseconds));

        public DateTime? HalfHourTime => ToDateTime(_snapshot.HalfHourTime);

        public uint HalfHourNormal => _snapshot.HalfHourNormal;

        public uint HalfHourReverse => _snapshot.HalfHourReverse;

        /// <summary>Which class of meter the unit is.</summary>
        public bool IsHighVoltage => _unit.Data.High is not null;

        /// <summary>That in words, with the objects that it serves.</summary>
        public string MeterClassText => IsHighVoltage ? "high-voltage smart meter 0x028A, 0x028F" : "low-voltage smart meter 0x0288";

        /// <summary>A value of the newest half-hour, of a high-voltage unit.</summary>
        /// <param name="value">One of the constants of <see cref="HighVoltageData"/>.</param>
        public uint HighHalfHour(int value) => _snapshot.HighHalfHour[value];

        public string State => _unit.MeteringUnit.IsAssociating ? "associating" : _unit.Metering.State switch
        {
            MeteringState.Reading => IsFresh ? "reading" : Stale,
            MeteringState.ReadingWithGaps => (IsFresh ? "reading, with gaps: " : Stale + ", gaps: ") + Gaps,
            MeteringState.Lost => "metering unit lost, " + Stale,
            MeteringState.Unpaired => "unpaired",
            MeteringState.WrongUnit => "wrong metering unit",
            MeteringState.NotAuthentic => "metering unit not authentic",
            MeteringState.Refused => "metering unit refuses",
            MeteringState.OtherClass => "metering unit of another class",
            _ => "no metering unit yet",
        };

        /// <summary>All that is told anew when it changes.</summary>
        public UnitStanding Standing => new(Pairing, PairingDetail, PairingEpoch, Light, Metering, Gaps, HangRestarts);

        /// <summary>What the metering loop is doing.</summary>
        public MeteringState Metering => _unit.Metering.State;

        /// <summary>What the metering unit does not give, while it is read with gaps; empty otherwise.</summary>
        public string Gaps
        {
            get
            {
                if (Metering != MeteringState.ReadingWithGaps)
                {
                    return "";
                }

                string objects = _unit.MeteringUnit.DescribeGaps();
                return objects + (!_unit.Metering.LacksRows ? "" : objects.Length == 0 ? "rows that are due" : ", rows that are due");
            }
        }

        /// <summary>What was different at the metering unit from what the link expects, each as often as it was
        /// met.</summary>
        public int Differences => _unit.MeteringUnit.DifferenceCount;

        public PairingState Pairing => _unit.Pairing.State;

        public PairingDetail PairingDetail => _unit.Pairing.Detail;

        /// <summary>Epoch of the active pairing, 0 without one.</summary>
        public uint PairingEpoch => _unit.Pairing.Epoch;

        /// <summary>The pairing in words.</summary>
        public string PairingText
        {
            get
            {
                byte[] meter = _unit.Pairing.MeterTitle;
                string detail = Names.OfDetail(PairingDetail);
                return Names.OfPairing(Pairing) + (detail.Length == 0 ? "" : ": " + detail)
                    + (meter is null ? "" : $" (epoch {PairingEpoch}, metering unit {Convert.ToHexString(meter)})");
            }
        }

        /// <summary>What the light tells.</summary>
        public LightPattern Light => _unit.Light.Pattern;

        /// <summary>Whether it is lit at this moment.</summary>
        public bool IsLit => _board.Light.Lit;

        /// <summary>When the metering unit was read last, on its own clock.</summary>
        public DateTime? LastReading => ToDateTime(_snapshot.Reading.Time);

        /// <summary>What the line to the metering unit has done.</summary>
        public HdlcStatistics Link => _unit.MeteringUnit.Client.Link.Statistics;

        /// <summary>Bytes from the metering unit's line that were outside of frames.</summary>
        public int LinkNoiseBytes => Receiver.NoiseBytes;

        /// <summary>What that line brought and was dropped, by reason, without the reasons that did not occur.</summary>
        public IReadOnlyDictionary<string, int> LinkDrops => Enum.GetValues<HdlcDrop>()
            .Where(reason => Receiver.Drops(reason) > 0)
            .ToDictionary(reason => reason.ToString(), reason => Receiver.Drops(reason));

        public int Readings => _unit.Metering.Readings;

        public int LiveReadings => _unit.Metering.LiveReadings;

        public int Requests => _unit.Node.Handled;

        public int Answers => Paths.Sum(path => path.Answers);

        public int Notifications => Paths.Sum(path => path.NotificationsSent);

        public int Terminals => Paths.Sum(path => path.Terminals.Count);

        /// <summary>Of these, the ones that have proven that they answer at their address.</summary>
        public int ProvenTerminals => Paths.Sum(path => path.Terminals.ProvenCount);

        public int Lost => Paths.Sum(path => path.Lost);

        public int SendFailures => Paths.Sum(path => path.SendFailures);

        /// <summary>Datagrams that did not leave: refused at once, or given up later.</summary>
        public int NotSent => SendFailures + (_unit.WiSunPath?.Coordinator.Port.GivenUp ?? 0);

        /// <summary>Which of the unit's loops hung last, or null.</summary>
        public string HungLoop => _unit.Watch.LastHung == 0 ? null : LoopWatch.NameOf(_unit.Watch.LastHung);

        /// <summary>Restarts because a loop hung.</summary>
        public int HangRestarts => _unit.Watch.Restarts;

        public int LoopFailures => _unit.Health.Failures;

        public int ReadFailures => _unit.Metering.Failures;

        /// <summary>Frames dropped, by reason, without the reasons that did not occur.</summary>
        public IReadOnlyDictionary<string, int> Drops => Enum.GetValues<DropReason>()
            .Where(reason => reason != DropReason.None && CountOf(reason) > 0)
            .ToDictionary(reason => reason.ToString(), CountOf);

        /// <summary>Requests whose selectors were refused, for their sender has no place.</summary>
        public int SelectorsRefused => Paths.Sum(path => path.SelectorsRefused);

        /// <summary>Nodes told of this one because they had announced themselves.</summary>
        public int Greeted => Paths.Sum(path => path.Greeted);

        /// <summary>The last exchanges, newest first.</summary>
        public IEnumerable<Exchange> Recent => _recent.Reverse();

        public static DateTime? ToDateTime(long meterTime)
        {
            return meterTime == MeterTime.Unknown ? null : Epoch.AddSeconds(meterTime);
        }

        /// <summary>One step of the registers of active energy, in kWh; 0 while it is not known.</summary>
        public decimal EnergyStep => StepOf(_snapshot.Parameters.Unit);

        /// <summary>One step of demand, in kW; of a high-voltage unit.</summary>
        public decimal DemandStep => StepOf(_snapshot.Parameters.High.DemandUnit);

        /// <summary>One step of the registers of reactive energy, in kvarh; of a high-voltage unit.</summary>
        public decimal ReactiveStep => StepOf(_snapshot.Parameters.High.ReactiveUnit);

        /// <summary>Active energy in kWh, or "no data".</summary>
        public string Energy(uint register) => Text(register, _snapshot.Parameters.Unit, "kWh");

        /// <summary>Demand in kW, or "no data"; of a high-voltage unit.</summary>
        public string Demand(uint register) => Text(register, _snapshot.Parameters.High.DemandUnit, "kW");

        /// <summary>Reactive energy in kvarh, or "no data"; of a high-voltage unit.</summary>
        public string ReactiveEnergy(uint register) => Text(register, _snapshot.Parameters.High.ReactiveUnit, "kvarh");

        /// <summary>A current in A, or "no data".</summary>
        public static string Current(int tenths)
        {
            return tenths == MeterReading.NoCurrent ? "no data" : $"{tenths / 10.0:F1} A";
        }

        /// <summary>A power in W, or "no data".</summary>
        public static string Power(int watts)
        {
            return watts == MeterReading.NoPower ? "no data" : $"{watts:N0} W";
        }

        /// <summary>Takes over what the unit has published.</summary>
        /// <param name="isLive">Whether there are new live values alone.</param>
        /// <returns>Whether there is a new reading with clock and minute.</returns>
        public bool Refresh(out bool isLive)
        {
            long time = _snapshot.Reading.Time;
            int live = _snapshot.LiveVersion;
            _unit.Data.CopyTo(_snapshot);
            bool isNew = _snapshot.Reading.Time != time;
            isLive = !isNew && _snapshot.LiveVersion != live;
            return isNew;
        }

        /// <summary>Takes the exchanges since the last call, oldest first, and keeps the last ones.</summary>
        public IReadOnlyList<Exchange> TakeExchanges(out long skipped)
        {
            IReadOnlyList<Exchange> taken = Exchanges.Take(ref _cursor, out skipped);
            foreach (Exchange exchange in taken)
            {
                _recent.Enqueue(exchange);
                if (_recent.Count > LastExchanges)
                {
                    _recent.Dequeue();
                }
            }

            return taken;
        }

        /// <summary>Mean power of each minute of the buffer in W, oldest first: positive in the normal direction,
        /// negative in the reverse one, null without data. The same list as before while nothing in it has changed.</summary>
        public IReadOnlyList<double?> MinutePowers()
        {
            IntervalBuffer minutes = _unit.Data.Minutes;
            long newest = minutes.Newest;
            if (newest == MeterTime.Unknown)
            {
                return [];
            }

            var registers = new (bool IsKnown, uint Normal, uint Reverse)[minutes.Capacity];
            for (int i = 0; i < registers.Length; i++)
            {
                bool isKnown = minutes.Get(newest - ((registers.Length - 1 - i) * MeterTime.Minute), out uint normal, out uint reverse);
                registers[i] = (isKnown, normal, reverse);
            }

            if (_minutes.Version != _snapshot.Version || !registers.AsSpan().SequenceEqual(_minutes.Registers))
            {
                _minutes = (_snapshot.Version, registers, registers.Skip(1).Zip(registers, Power).ToArray());
            }

            return _minutes.Powers;
        }

        private int CountOf(DropReason reason) => _unit.Node.Drops(reason) + Paths.Sum(path => path.Drops(reason));

        private IEnumerable<EchonetPath> Paths => new[] { _unit.IpPath, _unit.WiSunPath?.Path }.Where(path => path is not null);

        private HdlcReceiver Receiver => _unit.MeteringUnit.Client.Link.Receiver;

        private string Stale => MeterClock - LastReading is TimeSpan age ? $"stale by {age.TotalMinutes:0} min" : "stale";

        private double? Power((bool IsKnown, uint Normal, uint Reverse) minute, (bool IsKnown, uint Normal, uint Reverse) before)
        {
            return minute.IsKnown && before.IsKnown
                ? ToWatts(Step(before.Normal, minute.Normal)) - ToWatts(Step(before.Reverse, minute.Reverse)) : null;
        }

        private static long Step(uint before, uint after)
        {
            return after >= before ? after - before : after + MeterReading.MaxEnergy + 1L - before;
        }

        // Mean watts of a minute, from a step of the register.
        private double ToWatts(long step)
        {
            return (double)(step * Scale(_snapshot.Parameters.Unit) * WattsPerKilowatt * MinutesPerHour);
        }

        private decimal StepOf(byte unit) => unit == HighVoltageParameters.NoUnit || !_snapshot.IsIdentified ? 0 : Scale(unit);

        private string Text(uint register, byte unit, string name)
        {
            if (register == MeterReading.NoEnergy || unit == HighVoltageParameters.NoUnit)
            {
                return "no data";
            }

            decimal scale = Scale(unit);
            return (register * scale).ToString("N" + scale.Scale) + " " + name;
        }

        // One step of a register in its unit, as the metering unit declares it: coefficient, multiplying factor, unit.
        private decimal Scale(byte unit)
        {
            int multiplier = _snapshot.Parameters.High?.Multiplier ?? 0;
            decimal scale = _snapshot.Parameters.Coefficient;
            for (int power = (unit <= 4 ? unit : 0) + multiplier; power > 0; power--)
            {
                scale *= 0.1m;
            }

            for (int power = unit <= 4 ? 0 : unit - 9; power > 0; power--)
            {
                scale *= 10;
            }

            // Without zeros behind: how many decimals there are is how exact a register is.
            return decimal.Parse(scale.ToString("G29"));
        }
    }
}
