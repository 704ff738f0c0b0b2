using System;
using System.Linq;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Metering;
using NanoComm.Simulators;

namespace NanoComm.Virtual
{
    /// <summary>One run of the virtual board, from start to restart or end: puts the unit together, shows it, and ends
    /// it.</summary>
    internal sealed class Session : IDisposable
    {
        private readonly Options _options;
        private readonly MeteringUnitSource _source;
        private readonly VirtualBoard _board;
        private readonly CommunicationUnit _unit;
        private readonly IView _view;
        private readonly ManualResetEventSlim _end = new(false);
        private volatile bool _restarts;

        public Session(Options options, IFiles files)
        {
            _options = options;
            HouseholdData data = HostOptions.Load(options.Data);
            var log = new EventLog();
            WifiSource wifi = WifiSource.Open(options, log);
            var ports = new ListenPorts(options, wifi, log);
            _source = MeteringUnitSource.Open(options);
            WiSunSource wiSun = WiSunSource.Open(options);
            _board = new VirtualBoard(options, files, _source.Line, wiSun, wifi, ports, log);
            _board.Restarting = Restart;
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
            var exchanges = new ExchangeLog();
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
            var wiSunStatus = new WiSunStatus(options, wiSun.Name, credentials, _unit.WiSunPath);
            WifiStatus wifiStatus = wifi is null ? null : new WifiStatus(options.Wifi, wifi, _unit.Wifi);
            var status = new Status(options, _source.Name, ports, wiSunStatus, wifiStatus, _board, _unit, exchanges, log);
            _view = options.Log == LogFormat.Json ? new JsonView(status)
                : LiveScreen.IsPossible ? new LiveView(status)
                : new LineView(status);
            wiSun.OfferDongle(options);
            ports.Follow();
        }

        /// <summary>Runs until Ctrl-C, a request to terminate, the end of the time asked for, or a restart.</summary>
        /// <returns>Whether the unit wants to be started anew.</returns>
        public bool Run()
        {
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            using Timer timer = _options.For is double seconds
                ? new Timer(_ => _end.Set(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan)
                : null;
            _unit.Start();
            _view.Run(_end);
            return _restarts;
        }

        public void Dispose()
        {
            _board.Dispose();
            _source.Dispose();
            _end.Dispose();
        }

        // The same board at the same address is the same unit tomorrow, and two of them on one network are two.
        private static EchonetIdentity Identify(Options options)
        {
            IPAddress asked = options.Wifi?.Address ?? options.Listen[0];
            IPAddress first = LocalAddresses.Expand(asked).FirstOrDefault() ?? asked;
            var address = new IPEndPoint(first, options.Port);
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName + " " + address));
            byte[] noManufacturer = [0xFF, 0xFF, 0xFF];
            byte[] product = Encoding.ASCII.GetBytes("nanoComm-VB\0");
            return new EchonetIdentity(noManufacturer, hash[..EchonetIdentity.UniqueLength],
                hash[^EchonetIdentity.RouteBFreeLength..], product);
        }

        private void Restart()
        {
            _restarts = true;
            _end.Set();
        }

        private void End(PosixSignalContext context)
        {
            context.Cancel = true;
            _end.Set();
        }
    }
}
