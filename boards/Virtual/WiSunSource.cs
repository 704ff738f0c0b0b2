using System;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Simulators;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Virtual
{
    /// <summary>Where the unit's Wi-SUN module is: simulated in this process, with an air and, if wanted, a HEMS dongle;
    /// a real one at a serial port; or nowhere.</summary>
    internal sealed class WiSunSource : IDisposable
    {
        /// <summary>The one in this process.</summary>
        public const string Simulated = "sim";

        /// <summary>None: the board has no Wi-SUN path.</summary>
        public const string None = "none";

        private const int BaudRate = 115200;
        private const ulong UnitMac = 0x001D_1290_0000_0001;
        private const ulong HemsMac = 0x001D_1290_0000_0002;

        private RealAirClock _clock;
        private WiSunAir _air;
        private SimulatedModule _module;
        private OfferedModule _dongle;

        private WiSunSource(string name)
        {
            Name = name;
        }

        /// <summary>What it is called in the views.</summary>
        public string Name { get; }

        /// <summary>The line to it, or null.</summary>
        public ISerialLine Line { get; private set; }

        /// <summary>Its reset input, or null.</summary>
        public IResetLine Reset { get; private set; }

        /// <summary>Opens the line.</summary>
        /// <exception cref="UserError">The options make no sense, or cannot be had.</exception>
        public static WiSunSource Open(Options options)
        {
            if (options.HemsDongle is not null && options.WiSun != Simulated)
            {
                throw new UserError("--hems-dongle: the dongle is in the simulated air, so it goes with --wisun sim");
            }

            return options.WiSun switch
            {
                None => new WiSunSource("none"),
                Simulated => Simulate(),
                _ => OpenPort(options.WiSun),
            };
        }

        /// <summary>Offers the HEMS dongle, if one is wanted. It leaves a trace in the file system, so it comes when
        /// nothing else can go wrong.</summary>
        /// <exception cref="UserError">It cannot be offered.</exception>
        public void OfferDongle(Options options)
        {
            if (options.HemsDongle is not null && _dongle is null)
            {
                _dongle = new OfferedModule("--hems-dongle", options.HemsDongle,
                    new SimulatedModule(_air, new ModuleOptions { Mac = HemsMac, Dialect = options.HemsDialect }));
            }
        }

        /// <summary>Takes the simulated module's power away for a moment, as the unit's goes.</summary>
        public void PowerUp()
        {
            _module.GlitchPower();
            Line.DiscardInput();
        }

        /// <summary>Has the simulated module end its session.</summary>
        /// <returns>False without one.</returns>
        public bool EndSession() => _module.EndSession();

        public void Dispose()
        {
            _dongle?.Dispose();
            _clock?.Dispose();
            (Line as IDisposable)?.Dispose();
        }

        private static WiSunSource Simulate()
        {
            var clock = new RealAirClock();
            var air = new WiSunAir(clock, System.Random.Shared.Next());
            var module = new SimulatedModule(air, new ModuleOptions { Mac = UnitMac });
            var line = new DirectSerialLine(BaudRate);
            module.Attach(line.FarEnd);
            return new WiSunSource("simulated") { _clock = clock, _air = air, _module = module, Line = line, Reset = module.Reset };
        }

        private static WiSunSource OpenPort(string port)
        {
            try
            {
                return new WiSunSource(port) { Line = new HostSerialLine(port, BaudRate) };
            }
            catch (IOException error)
            {
                throw new UserError("--wisun: " + error.Message);
            }
        }
    }
}
