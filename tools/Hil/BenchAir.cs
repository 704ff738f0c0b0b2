using NanoComm.Hems;
using NanoComm.Simulators;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Hil
{
    /// <summary>The board's Wi-SUN module, the air around it, and the controllers in it.</summary>
    public sealed class BenchAir
    {
        private const ulong UnitMac = 0x001D_1290_0000_0001;

        private readonly WiSunAir _air;
        private ulong _nextMac = UnitMac + 0x10;

        /// <summary>Puts a module at the board's line.</summary>
        /// <param name="clock">The bench's time.</param>
        /// <param name="line">The line.</param>
        /// <param name="seed">Decides chance.</param>
        public BenchAir(IBenchClock clock, IByteLine line, int seed)
        {
            _air = new WiSunAir(clock, seed);
            Module = new SimulatedModule(_air, new ModuleOptions { Mac = UnitMac, FactoryOption = 1 });
            Module.Attach(line);
        }

        /// <summary>The board's module.</summary>
        public SimulatedModule Module { get; }

        /// <summary>A controller with a module of its own; it does nothing before it is started.</summary>
        /// <param name="id">Its route-B id.</param>
        /// <param name="password">Its password.</param>
        public HemsController AddController(string id, string password)
        {
            var module = new SimulatedModule(_air, new ModuleOptions { Mac = _nextMac++, FactoryOption = 1 });
            var line = new ByteLinePair(_air.Clock);
            module.Attach(line.Other);
            return HemsOnAir.Attach(new HemsController(new HemsOptions { Id = id, Password = password }), _air.Clock, line.One);
        }
    }
}
