using System;
using NanoComm.CommandLine;

namespace NanoComm.Virtual
{
    /// <summary>What is there with or without the unit, and outlasts it when its plug is pulled or another one takes its
    /// place: what is simulated of metering unit, line and air, and the supply.</summary>
    internal sealed class Site : IDisposable
    {
        private volatile bool _isSupplyLow;

        /// <summary>Something was done to the supply.</summary>
        public event Action SupplyChanged;

        /// <summary>The simulated metering unit; null where it is somewhere else.</summary>
        public MeteringUnitSource MeteringUnit { get; private set; }

        /// <summary>The simulated air; null without one.</summary>
        public WiSunSource WiSun { get; private set; }

        /// <summary>Whether the supply is sagged.</summary>
        public bool IsSupplyLow => _isSupplyLow;

        /// <summary>Opens the line to the metering unit for a run of the unit.</summary>
        /// <exception cref="UserError">The option makes no sense.</exception>
        public MeteringUnitSource OpenMeteringUnit(Options options)
        {
            if (options.MeteringUnit != MeteringUnitSource.Simulated)
            {
                return MeteringUnitSource.Open(options);
            }

            return MeteringUnit ??= MeteringUnitSource.Open(options);
        }

        /// <summary>Opens the line to the Wi-SUN module for a run of the unit, with the module's power on anew.</summary>
        /// <exception cref="UserError">The options make no sense, or cannot be had.</exception>
        public WiSunSource OpenWiSun(Options options)
        {
            if (WiSun is not null)
            {
                WiSun.PowerUp();
                return WiSun;
            }

            WiSunSource source = WiSunSource.Open(options);
            WiSun = options.WiSun == WiSunSource.Simulated ? source : null;
            return source;
        }

        /// <summary>Closes what does not outlast the unit.</summary>
        public void Close(MeteringUnitSource meteringUnit, WiSunSource wiSun)
        {
            if (meteringUnit != MeteringUnit)
            {
                meteringUnit.Dispose();
            }

            if (wiSun != WiSun)
            {
                wiSun.Dispose();
            }
        }

        /// <summary>Sags the supply, or makes it good again.</summary>
        public void SagSupply(bool isLow)
        {
            _isSupplyLow = isLow;
            SupplyChanged?.Invoke();
        }

        public void Dispose()
        {
            MeteringUnit?.Dispose();
            WiSun?.Dispose();
        }
    }
}
