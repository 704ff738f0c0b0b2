using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>A signal on an auto-reset event. Made by <see cref="Esp32Loops"/>.</summary>
    internal sealed class Esp32Signal : ISignal
    {
        private readonly Esp32Loops _loops;
        private readonly IClock _clock;
        private readonly AutoResetEvent _event = new AutoResetEvent(false);

        public Esp32Signal(Esp32Loops loops, IClock clock)
        {
            _loops = loops;
            _clock = clock;
        }

        public void Set()
        {
            _event.Set();
        }

        public WaitResult Wait(long deadline)
        {
            return Wait(deadline, _loops.Sequence);
        }

        /// <summary>The same, of a loop whose sign of life it writes.</summary>
        public WaitResult Wait(long deadline, LoopBeat beat)
        {
            beat.Due = deadline;
            WaitResult result = WaitUntil(deadline);
            beat.Due = _clock.Milliseconds;
            return result;
        }

        private WaitResult WaitUntil(long deadline)
        {
            // Once more when the event's timer, which counts in coarser steps, ends a little before the deadline.
            while (!_loops.IsStopping)
            {
                int remaining = Deadline.Remaining(deadline, _clock.Milliseconds);
                if (_event.WaitOne(remaining, false))
                {
                    return _loops.IsStopping ? WaitResult.Stopping : WaitResult.Signalled;
                }

                if (remaining == 0)
                {
                    return WaitResult.TimedOut;
                }
            }

            return WaitResult.Stopping;
        }
    }
}
