using System;
using System.Linq;
using System.Net;
using System.Runtime.InteropServices;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Virtual.Web;

namespace NanoComm.Virtual
{
    /// <summary>One run of the virtual board, from start to restart or end: puts the unit together, shows it, and ends
    /// it.</summary>
    internal sealed class Session : IDisposable
    {
        private const int PluggedOut = 1000;
        private const int OrderPeriod = 250;

        private readonly Options _options;
        private readonly Site _site;
        private readonly Plug _plug = new();
        private readonly Changes _changes = new();
        private readonly UnitExchange _exchange;
        private readonly EventLog _log;
        private readonly MeteringUnitSource _source;
        private readonly WiSunSource _wiSun;
        private readonly VirtualBoard _board;
        private readonly CommunicationUnit _unit;
        private readonly IView _view;
        private readonly WebPage _page;
        private readonly ManualResetEventSlim _end = new(false, spinCount: 0);
        private readonly ManualResetEventSlim _stopped = new(false);
        private int _ending;
        private bool _isOrdered;

        /// <summary>Puts the unit together.</summary>
        /// <param name="options">What the user asked for.</param>
        /// <param name="files">The unit's records.</param>
        /// <param name="site">Where it is.</param>
        /// <param name="exchange">What made the unit take another one's place; null where nothing did.</param>
        /// <param name="page">Shows it in a browser; null for nobody.</param>
        public Session(Options options, IFiles files, Site site, UnitExchange exchange, WebPage page)
        {
            _options = options;
            _site = site;
            _exchange = exchange;
            _page = page;
            HouseholdData data = HostOptions.Load(options.Data);
            _log = new EventLog(_changes, page is null ? null : page.Log.Add);
            WifiSource wifi = WifiSource.Open(options, _log, _changes);
            var ports = new ListenPorts(options, wifi, _log);
            _source = site.OpenMeteringUnit(options);
            _wiSun = site.OpenWiSun(options);
            _board = new VirtualBoard(options, files, site, _plug, _source.Line, _wiSun, wifi, ports, _log);
            _board.Restarting = () => End(Ending.Restarts);
            ports.Reserve();
            if (options.Pair is not null)
            {
                MeteringUnitSource.Pair(options.Pair, _board);
            }

            if (options.MeteringUnit == MeteringUnitSource.Simulated)
            {
                _source.Simulate(options, data, _board);
            }

            wifi?.Settle(_board.Store);
            UnitCredentials credentials = UnitCredentials.Settle(options, _board.Store);
            var exchanges = new ExchangeLog(_changes);
            _unit = new CommunicationUnit(_board, null, new UnitSettings(Identify(options))
            {
                MeterClockRate = options.Speed,
                ServesHighVoltage = true,
                MeterClass = options.IsHighVoltage ? MeterClass.HighVoltage : MeterClass.LowVoltage,
                LivePeriod = options.LivePeriod,
                EchonetPort = options.Port,
                SessionLifetime = options.SessionLifetime,
                IpRequestsPerSecond = options.IpRate,
                IpBurst = options.IpBurst,
                IpPathRequestsPerSecond = options.IpPathRate,
                WiSunRequestsPerSecond = options.WiSunRate,
                WiSunBurst = options.WiSunBurst,
                IpObserver = exchanges.Watch("IP"),
                WiSunObserver = exchanges.Watch("Wi-SUN"),
            });
            Status MakeStatus()
            {
                WifiStatus wifiStatus = wifi is null ? null : new WifiStatus(options.Wifi, wifi, _unit.Wifi);
                return new Status(options, _source.Name, ports, new WiSunStatus(options, _wiSun.Name, credentials, _unit.WiSunPath),
                    wifiStatus, _board, _unit, exchanges, _log) { Page = page?.Address };
            }

            Status status = MakeStatus();
            bool showsLive = options.Log == LogFormat.Json || LiveScreen.IsPossible;
            _board.Resting = new StatusWatch(MakeStatus(), showsLive, _changes).Look;
            _view = options.Log == LogFormat.Json ? new JsonView(status, _changes)
                : LiveScreen.IsPossible ? new LiveView(status, _changes)
                : new LineView(status, _changes);
            _wiSun.OfferDongle(options);
            ports.Follow();
            page?.Show(new ShownUnit(this, MakeStatus(), _unit, _board));
        }

        /// <summary>What the user asked for.</summary>
        public Options Options => _options;

        /// <summary>Where the unit is.</summary>
        public Site Site => _site;

        /// <summary>Title of the unit, where it came with a ticket; else null.</summary>
        public string Title => _exchange?.Title;

        /// <summary>Runs until Ctrl-C, a request to terminate, the end of the time asked for, or a restart; or until nobody reads what
        /// is told.</summary>
        /// <returns>Why it ended.</returns>
        public Ending Run()
        {
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            using CancellationTokenRegistration unread = OutputReader.Gone.Register(End);
            using Timer timer = _options.For is double seconds
                ? new Timer(_ => End(Ending.Ended), null, TimeSpan.FromSeconds(Math.Max(seconds, 0)), Timeout.InfiniteTimeSpan)
                : null;
            using Timer order = _exchange is null ? null : new Timer(_ => OpenRouteB(), null, OrderPeriod, OrderPeriod);
            _unit.Start();
            _view.Run(_end);
            bool isOut = (Ending)_ending is Ending.PlugPulled or Ending.Exchanged;
            return isOut && _stopped.Wait(PluggedOut) ? Ending.Ended : (Ending)_ending;
        }

        /// <summary>Takes the unit's power away, whatever it is at, and gives it back a moment later.</summary>
        /// <param name="ending"><see cref="Ending.PlugPulled"/>, or <see cref="Ending.Exchanged"/> for another unit's power.</param>
        public void PullPlug(Ending ending)
        {
            _plug.Pull();
            _log.Close();
            _board.Stop();
            End(ending);
        }

        public void Dispose()
        {
            _page?.Hide();
            _board.Dispose();
            _site.Close(_source, _wiSun);
            _end.Dispose();
            _stopped.Dispose();
        }

        private static EchonetIdentity Identify(Options options)
        {
            IPAddress asked = options.Wifi?.Address ?? options.Listen[0];
            IPAddress first = LocalAddresses.Expand(asked).FirstOrDefault() ?? asked;
            return VirtualIdentity.Of(new IPEndPoint(first, options.Port));
        }

        // The technician has it in his hand, and the utility's order with it.
        private void OpenRouteB()
        {
            if (!_isOrdered && _unit.Pairing.State == PairingState.Paired && _unit.Pairing.Epoch == _exchange.Epoch)
            {
                byte[] order = _exchange.MakeOrder();
                _isOrdered = _board.Store.Write(RecordCatalogue.Inbox, order, order.Length);
            }
        }

        private void End(Ending ending)
        {
            Interlocked.CompareExchange(ref _ending, (int)ending, (int)Ending.Ended);
            _end.Set();
            _changes.Set();
        }

        private void End(PosixSignalContext context)
        {
            context.Cancel = true;
            End();
        }

        private void End()
        {
            _stopped.Set();
            _end.Set();
            _changes.Set();
        }
    }
}
