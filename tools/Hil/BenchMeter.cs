using System.Collections.Generic;
using NanoComm.Hal;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Hil
{
    /// <summary>The metering unit of the bench, at the board's line, and what it has told of its power.</summary>
    public sealed class BenchMeter
    {
        private readonly List<(long At, int Power)> _told = [];

        /// <summary>Switches it on.</summary>
        /// <param name="clock">The bench's time.</param>
        /// <param name="office">Who makes it.</param>
        /// <param name="random">Its challenges come from here.</param>
        /// <param name="setup">What its clock shows, and how fast it runs.</param>
        public BenchMeter(IBenchClock clock, BenchOffice office, IRandomSource random, BenchSetup setup)
        {
            Energy = new SimulatedMeteringUnit(HouseholdData.Recorded, clock, setup.Start, setup.Speed)
            {
                TellsPower = power => _told.Add((clock.Milliseconds, power)),
            };
            Server = new MeteringUnitServer(Energy, office.MakeMeter(new MemoryStore()), clock, random);
        }

        /// <summary>What it measures.</summary>
        public SimulatedMeteringUnit Energy { get; }

        /// <summary>Its DLMS server.</summary>
        public MeteringUnitServer Server { get; }

        /// <summary>What it keeps.</summary>
        public MeteringUnitState State => Server.State;

        /// <summary>Whether it is there: it answers on its line.</summary>
        public bool IsThere
        {
            get => Energy.IsAnswering;
            set => Energy.IsAnswering = value;
        }

        /// <summary>How long ago it told a power last.</summary>
        /// <param name="power">W.</param>
        /// <param name="now">ms of the bench's clock.</param>
        /// <returns>ms; null when it never did.</returns>
        public long? AgeOf(int power, long now)
        {
            int at = _told.FindLastIndex(told => told.Power == power && told.At <= now);
            return at < 0 ? null : now - _told[at].At;
        }
    }
}
