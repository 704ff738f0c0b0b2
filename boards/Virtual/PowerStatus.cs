using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Power;
using NanoComm.Supervision;
using NanoComm.Virtual.Events;

namespace NanoComm.Virtual
{
    /// <summary>What the views show of the power.</summary>
    /// <param name="governor">Grants it.</param>
    /// <param name="watch">Watches the supply.</param>
    /// <param name="clock">The unit's.</param>
    internal sealed class PowerStatus(PowerGovernor governor, PowerWatch watch, IClock clock)
    {
        private const double MilliPerUnit = 1000;
        private const int Lasting = 1000;

        private string _shown;

        /// <summary>How much is granted, of how much, and who goes without.</summary>
        public string Text => $"at most {governor.Granted / MilliPerUnit:N2} VA of {governor.Free / MilliPerUnit:N2} free"
            + (watch.IsLow ? ", supply low" : "") + Without
            + (watch.BrownOuts == 0 ? "" : $", {watch.BrownOuts} restarts out of a low supply");

        /// <summary>Whether nobody goes without.</summary>
        public bool IsWell => !watch.IsLow && Loads.All(load => StateOf(load) is "on" or "off" or "sending");

        /// <summary>The loads, in the order in which the board declares them.</summary>
        public IEnumerable<PowerGrant> Loads => Enumerable.Range(0, governor.LoadCount).Select(load => governor[load]);

        private string Without => string.Concat(Loads.Where(load => StateOf(load) is "shed" or "waits")
            .Select(load => $", {load.Name} " + (load.IsShed ? "shed" : "waits for power")));

        /// <summary>Whether somebody's state or the supply's is another one than at the last call.</summary>
        public bool HasChanged()
        {
            string now = $"{watch.IsLow} {watch.BrownOuts} {string.Join(' ', Loads.Select(load => load.IsOn + StateOf(load)))}";
            bool hasChanged = now != _shown;
            _shown = now;
            return hasChanged;
        }

        /// <summary>The same for programs; mVA and ms.</summary>
        public PowerData ToData()
        {
            return new PowerData
            {
                Free = governor.Free,
                Granted = governor.Granted,
                MostGranted = governor.MostGranted,
                SupplyLow = watch.IsLow,
                BrownOuts = watch.BrownOuts,
                Loads = Loads.Select(load => new LoadData
                {
                    Name = load.Name,
                    State = StateOf(load),
                    Waits = load.Waits,
                    LongestWait = load.LongestWait,
                    Overdue = load.Overdue,
                }),
            };
        }

        /// <summary>What a load does: on, sending, off, waits, or shed.</summary>
        public string StateOf(PowerGrant load)
        {
            return load.IsShed ? "shed"
                : load.HasWaited(clock.Milliseconds, Lasting) ? "waits"
                : !load.IsOn ? "off"
                : load.SendsWhenAsked && load.MaySend ? "sending"
                : "on";
        }
    }
}
