using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace NanoComm.Fleet
{
    /// <summary>Restarts and exchanges the units that are to be, each at its own moment of the period.</summary>
    internal sealed class FaultClock : IDisposable
    {
        private const int OrderPeriod = 1000;

        private readonly List<Timer> _timers = [];
        private readonly FleetUnit[] _restarting;
        private readonly FleetUnit[] _exchanged;

        public FaultClock(IEnumerable<FleetUnit> units)
        {
            _restarting = units.Where(unit => unit.Fault == FleetFault.Restarting).ToArray();
            _exchanged = units.Where(unit => unit.Fault == FleetFault.Exchanged).ToArray();
        }

        public void Start()
        {
            InTurn(_restarting, FleetFaults.RestartPeriod, unit => unit.Start());
            InTurn(_exchanged, FleetFaults.ExchangePeriod, unit => unit.Exchange());
            InTurn(_exchanged, OrderPeriod, unit => unit.Order());
        }

        public void Dispose()
        {
            foreach (Timer timer in _timers)
            {
                timer.Dispose();
            }
        }

        private void InTurn(FleetUnit[] units, int period, Action<FleetUnit> action)
        {
            if (units.Length == 0)
            {
                return;
            }

            int next = 0;
            TimeSpan each = TimeSpan.FromMilliseconds((double)period / units.Length);
            _timers.Add(new Timer(_ =>
            {
                FleetUnit unit = units[(int)((uint)Interlocked.Increment(ref next) % (uint)units.Length)];
                unit.Post(() => action(unit));
            }, null, each, each));
        }
    }
}
