using System;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // The flag is the signal, the event only parks the waiting thread: setting a signal that is already set costs one
    // exchange and no system call, and an event left over from a wait that did not park wakes once for nothing.
    internal sealed class ThreadSignal : ISignal, IDisposable
    {
        private readonly ThreadLoops _loops;
        private readonly IClock _clock;
        private readonly AutoResetEvent _parked = new AutoResetEvent(false);
        private int _set;

        public ThreadSignal(string name, ThreadLoops loops, IClock clock)
        {
            Name = name;
            _loops = loops;
            _clock = clock;
        }

        public string Name { get; }

        public void Set()
        {
            if (Interlocked.Exchange(ref _set, 1) == 0)
            {
                Unpark();
            }
        }

        public WaitResult Wait(long deadline)
        {
            _loops.BeginWait(deadline);
            WaitResult result = WaitUntil(deadline);
            _loops.EndWait();
            return result;
        }

        private WaitResult WaitUntil(long deadline)
        {
            while (true)
            {
                if (_loops.IsStopping)
                {
                    // Left for whoever else waits here.
                    Unpark();
                    return WaitResult.Stopping;
                }

                if (Interlocked.Exchange(ref _set, 0) != 0)
                {
                    return WaitResult.Signalled;
                }

                int remaining = Deadline.Remaining(deadline, _clock.Milliseconds);
                if (remaining == 0)
                {
                    return WaitResult.TimedOut;
                }

                _parked.WaitOne(remaining);
            }
        }

        public void Unpark()
        {
            try
            {
                _parked.Set();
            }
            catch (ObjectDisposedException)
            {
                // A reader or timer of the PC outlived the loops: nobody waits any more.
            }
        }

        public void Dispose()
        {
            _parked.Dispose();
        }
    }
}
