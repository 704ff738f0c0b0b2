using System;

namespace NanoComm.Hal.Host
{
    // A signal of a unit of a crowd. Everything of the unit runs on one thread, so it needs no lock; who sets it on another
    // one has it set there.
    internal sealed class CrowdSignal : ISignal
    {
        private readonly string _name;
        private readonly CrowdLoops _unit;
        private bool _isSet;

        public CrowdSignal(string name, CrowdLoops unit)
        {
            _name = name;
            _unit = unit;
        }

        // The reaction that it wakes, or null.
        public CrowdLoop Loop { get; set; }

        public void Set()
        {
            if (!_unit.Worker.IsCurrent)
            {
                _unit.Worker.Post(Set);
                return;
            }

            _isSet = true;
            if (Loop is not null)
            {
                _unit.Worker.MakeReady(Loop);
            }
        }

        public void Reset()
        {
            _isSet = false;
        }

        // Nobody else of the unit is to run meanwhile, and what is to come on its line is known: so the time that the wait
        // takes is only counted.
        public WaitResult Wait(long deadline)
        {
            if (_unit.IsStopping)
            {
                return WaitResult.Stopping;
            }

            if (!_unit.Clock.IsExchanging)
            {
                throw new InvalidOperationException($"Only an exchange may wait, and not for '{_name}'.");
            }

            if (!_isSet)
            {
                long arrival = _unit.NextArrival();
                if (deadline < arrival)
                {
                    _unit.Clock.MoveOn(deadline);
                    return WaitResult.TimedOut;
                }

                if (arrival == Deadline.Never)
                {
                    throw new InvalidOperationException($"'{_name}' is waited for without end, and nothing will come.");
                }

                _unit.Clock.MoveOn(arrival);
            }

            _isSet = false;
            return WaitResult.Signalled;
        }
    }
}
