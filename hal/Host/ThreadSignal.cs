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
        private readonly Func<bool> _isToReturn;
        private volatile SocketWatch _watch;
        private int _set;

        public ThreadSignal(string name, ThreadLoops loops, IClock clock)
        {
            Name = name;
            _loops = loops;
            _clock = clock;
            _isToReturn = () => _loops.IsStopping || Volatile.Read(ref _set) != 0;
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

                // The sockets are looked at even when there is no time to wait: a loop that is kept busy by one of them
                // would never hear of the others.
                bool isSet = Interlocked.Exchange(ref _set, 0) != 0;
                int remaining = isSet ? 0 : Deadline.Remaining(deadline, _clock.Milliseconds);
                if (remaining != 0)
                {
                    _loops.Resting?.Invoke();
                }

                bool isReady = _watch is SocketWatch watch && watch.Wait(remaining, _isToReturn);
                if (isSet || isReady)
                {
                    return WaitResult.Signalled;
                }

                if (remaining == 0)
                {
                    return WaitResult.TimedOut;
                }

                if (_watch is null)
                {
                    _parked.WaitOne(remaining);
                }
            }
        }

        // Has the waiting loop wait for a socket, too.
        public void Watch(PolledDatagrams inbox)
        {
            SocketWatch watch = _watch;
            if (watch is null)
            {
                watch = new SocketWatch();
                if (Interlocked.CompareExchange(ref _watch, watch, null) is SocketWatch other)
                {
                    watch.Dispose();
                    watch = other;
                }

                _parked.Set();
            }

            watch.Add(inbox);
        }

        public void Unwatch(PolledDatagrams inbox)
        {
            _watch?.Remove(inbox);
        }

        public void Unpark()
        {
            try
            {
                _parked.Set();
                _watch?.Wake();
            }
            catch (ObjectDisposedException)
            {
                // A reader or timer of the PC outlived the loops: nobody waits any more.
            }
        }

        public void Dispose()
        {
            _parked.Dispose();
            _watch?.Dispose();
        }
    }
}
