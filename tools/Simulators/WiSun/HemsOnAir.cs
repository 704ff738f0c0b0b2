using System;
using NanoComm.Hems;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>Drives a controller by the clock of an air: an event handler among the others on it.</summary>
    public sealed class HemsOnAir
    {
        private readonly HemsController _hems;
        private readonly IAirClock _clock;
        private long _wake = long.MaxValue;
        private bool _isAtWork;

        private HemsOnAir(HemsController hems, IAirClock clock)
        {
            _hems = hems;
            _clock = clock;
        }

        /// <summary>Gives a controller its time, and a line to its module.</summary>
        /// <returns>The controller.</returns>
        public static HemsController Attach(HemsController hems, IAirClock clock, IByteLine line)
        {
            var driver = new HemsOnAir(hems, clock);
            hems.Send += line.Send;
            hems.Roused += () => driver.Run(ReadOnlyMemory<byte>.Empty);
            line.Received += driver.Run;
            return hems;
        }

        private void Run(ReadOnlyMemory<byte> bytes)
        {
            _clock.Enter(() =>
            {
                // What it rouses itself to while it is at work is done before it ends.
                if (_isAtWork)
                {
                    return;
                }

                _isAtWork = true;
                _hems.Take(_clock.Milliseconds, bytes.Span);
                Wake(_hems.Step(_clock.Milliseconds));
                _isAtWork = false;
            });
        }

        private void Wake(long when)
        {
            if (when >= _wake)
            {
                return;
            }

            _wake = when;
            _clock.At(when, () =>
            {
                if (when == _wake)
                {
                    _wake = long.MaxValue;
                    Run(ReadOnlyMemory<byte>.Empty);
                }
            });
        }
    }
}
