using System;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>The air on the virtual clock of a scenario, where one thing at a time happens anyway.</summary>
    public sealed class VirtualAirClock : IAirClock
    {
        private readonly VirtualScheduler _scheduler;

        /// <summary>Lives by a scheduler.</summary>
        public VirtualAirClock(VirtualScheduler scheduler)
        {
            _scheduler = scheduler;
        }

        /// <inheritdoc/>
        public long Milliseconds => _scheduler.Milliseconds;

        /// <inheritdoc/>
        public void At(long when, Action action)
        {
            _scheduler.At(when, action);
        }

        /// <inheritdoc/>
        public void Enter(Action action)
        {
            action();
        }
    }
}
