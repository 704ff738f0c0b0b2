using System;
using NanoComm.Hal.Host;

namespace NanoComm.Rig
{
    /// <summary>
    /// What the parts of a simulated board really draw, from what they do, ms by ms; and how much of the time that is
    /// more than the unit may take. It knows nothing of the firmware: its own figures, and its own way from the loads to
    /// the transformer.
    /// </summary>
    public sealed class PowerMeter
    {
        // The planning values: buck 85 %, rectifier 75 %, power factor 0.5 (docs/power.md).
        private const double VoltAmperesPerMilliampere = 0.0033 / 0.85 / 0.75 / 0.5;

        private readonly VirtualScheduler _scheduler;
        private readonly double _free;
        private double _drawn;
        private long _since;

        /// <summary>Makes a meter of a board with nothing on.</summary>
        /// <param name="scheduler">The time.</param>
        /// <param name="free">What the unit may take, in VA.</param>
        public PowerMeter(VirtualScheduler scheduler, double free)
        {
            _scheduler = scheduler;
            _free = free;
        }

        /// <summary>Milliseconds in which more was taken than there was.</summary>
        public long Over { get; private set; }

        /// <summary>The most that was taken, in VA.</summary>
        public double Most { get; private set; }

        /// <summary>VA times ms taken so far.</summary>
        public double Taken { get; private set; }

        /// <summary>A part draws more from now on, or less.</summary>
        public void Add(double milliamperes)
        {
            long now = _scheduler.Milliseconds;
            Count(now);
            _drawn += milliamperes;
            if (_drawn < -0.001)
            {
                throw new InvalidOperationException("a part gave back more than it drew");
            }
        }

        /// <summary>Counts until now. What lasts no time at all counts for nothing.</summary>
        public void Count()
        {
            Count(_scheduler.Milliseconds);
        }

        private void Count(long now)
        {
            long time = now - _since;
            if (time == 0)
            {
                return;
            }

            double taken = _drawn * VoltAmperesPerMilliampere;
            Over += taken > _free ? time : 0;
            Most = Math.Max(Most, taken);
            Taken += taken * time;
            _since = now;
        }
    }
}
