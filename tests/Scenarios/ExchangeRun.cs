using System;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Brings an exchange to its end through whatever happens to either side's power, and looks at the invariants of the
    /// pairing with every message and after every cut.
    /// </summary>
    internal sealed class ExchangeRun
    {
        private const int Baud = 115200;
        private const int MostLives = 40;

        // What is on the line when the power goes arrives.
        private const int Settling = 30;
        private const int Patience = 1_800_000;

        private readonly MeteringPoint _point;
        private readonly Random _random;
        private uint _committed;
        private bool _isCutting;

        /// <summary>Takes the place where it happens.</summary>
        /// <param name="point">The metering unit.</param>
        /// <param name="watch">Listens; knows all the keys.</param>
        /// <param name="seed">Decides what is left to chance in the units.</param>
        public ExchangeRun(MeteringPoint point, CounterWatch watch, int seed)
        {
            _point = point;
            _random = new Random(seed);
            _committed = Slots.CommittedEpoch;
            watch.ListenToUnit(UnitPower);
            watch.ListenToMeter(point.Server);
            UnitPower.Sending += _ => Check();
            point.Power.Sending += _ => Check();
            UnitPower.Failed += () => Share(point.Power);
            point.Power.Failed += () => Share(UnitPower);
        }

        /// <summary>Power of the unit that is there.</summary>
        public PowerSupply UnitPower { get; } = new();

        /// <summary>Whether both lose their power when one does.</summary>
        public bool IsShared { get; set; }

        /// <summary>Power cuts so far.</summary>
        public int Cuts { get; private set; }

        /// <summary>Called with each unit before it starts, for faults of its line and of its power.</summary>
        public Action<SimulatedUnit> Prepare { get; set; } = _ => { };

        /// <summary>Called after each cut, when both sides have power again.</summary>
        public Action Restarted { get; set; } = () => { };

        private PairingSlots Slots => _point.Server.State.Slots;

        /// <summary>Plugs in a unit that has its ticket, and goes on until it reads the metering unit with it.</summary>
        /// <param name="files">The unit's medium.</param>
        /// <param name="keys">What the ticket brings.</param>
        public void Complete(MemoryFiles files, PairingKeys keys)
        {
            for (int life = 0; life < MostLives; life++)
            {
                if (Live(files, keys.Epoch))
                {
                    Check();
                    Assert.That(Slots.CommittedEpoch, Is.EqualTo(keys.Epoch));
                    Assert.That(Slots.Active.IsSame(keys));
                    return;
                }

                Recover();
            }

            Assert.Fail($"no end after {MostLives} lives");
        }

        /// <summary>Whether a unit, put at a copy of the metering unit, reads it; neither medium is changed.</summary>
        public bool WouldRead(MemoryFiles files)
        {
            var point = new MeteringPoint(1, ExchangeSite.Start, new MemoryFiles(_point.Files));
            using SimulatedUnit unit = SimulatedUnit.At(1, point, Baud, new MemoryFiles(files));
            unit.Unit.Start();
            unit.Scheduler.Run(() => unit.Unit.Metering.Readings > 0 || unit.Unit.Metering.Failures > 0, Patience);
            return unit.Unit.Metering.Readings > 0;
        }

        // One life of the unit; true when the exchange is done.
        private bool Live(MemoryFiles files, uint epoch)
        {
            SimulatedUnit unit = null;
            try
            {
                unit = SimulatedUnit.At(_random.Next(), _point, Baud, files, UnitPower);
                Prepare(unit);
                unit.Unit.Start();
                while (!UnitPower.IsOff)
                {
                    unit.Scheduler.Run(() => UnitPower.IsOff || _point.Power.IsOff || IsDone(unit, epoch),
                        unit.Scheduler.Milliseconds + Patience);
                    if (!UnitPower.IsOff && !_point.Power.IsOff)
                    {
                        return true;
                    }

                    unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + Settling);
                    if (!UnitPower.IsOff)
                    {
                        Recover();
                    }
                }

                return false;
            }
            catch (PowerCutException) when (UnitPower.IsOff)
            {
                // While it started.
                return false;
            }
            finally
            {
                TakeOff(unit);
            }
        }

        private static bool IsDone(SimulatedUnit unit, uint epoch)
        {
            PairingKeeper keeper = unit.Unit.Pairing;
            return keeper.State == PairingState.Paired && keeper.Epoch == epoch
                && unit.Unit.Metering.State == MeteringState.Reading;
        }

        // Without power, so that it does not say goodbye.
        private void TakeOff(SimulatedUnit unit)
        {
            _isCutting = true;
            UnitPower.Cut();
            unit?.Dispose();
            _isCutting = false;
        }

        private void Recover()
        {
            Cuts++;
            bool wasMeterOff = _point.Power.IsOff;
            UnitPower.Restore();
            if (wasMeterOff)
            {
                _point.Restart();
            }

            Check();
            Restarted();
        }

        private void Share(PowerSupply other)
        {
            if (IsShared && !_isCutting)
            {
                other.Cut();
            }
        }

        // At most one pairing is active by the way it is kept: it is that of the committed epoch, which never falls, and
        // what is pending is above it.
        private void Check()
        {
            PairingSlots slots = Slots;
            Assert.That(slots.CommittedEpoch, Is.GreaterThanOrEqualTo(_committed), "the committed epoch fell");
            _committed = slots.CommittedEpoch;
            Assert.That(slots.Active?.Epoch ?? 0, Is.EqualTo(_committed), "the active pairing is the committed one");
            Assert.That(slots.Pending?.Epoch ?? uint.MaxValue, Is.GreaterThan(_committed));
        }
    }
}
