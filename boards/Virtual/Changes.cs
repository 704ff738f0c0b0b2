using System.Diagnostics;
using System.Threading;

namespace NanoComm.Virtual
{
    /// <summary>Wakes a view when there may be something new to see, ten times a second at most; as long as nothing happens the
    /// view sleeps.</summary>
    internal sealed class Changes
    {
        // Milliseconds from one look to the next, at least.
        private const int Pause = 100;

        private readonly AutoResetEvent _woken = new(false);
        private long _looked;
        private int _isSet;

        /// <summary>Whether there is a look to come, which sees all that has changed until now.</summary>
        public bool IsSet => Interlocked.CompareExchange(ref _isSet, 0, 0) != 0;

        /// <summary>Something has changed, or is over. Costs nothing while a change before it has not been looked at.</summary>
        public void Set()
        {
            if (Interlocked.Exchange(ref _isSet, 1) == 0)
            {
                _woken.Set();
            }
        }

        /// <summary>Waits for the next look. What was changed before <see cref="Set"/> is there to be seen then, and what is changed
        /// later has another look.</summary>
        /// <param name="end">Ends it as well; whoever sets it calls <see cref="Set"/> behind it.</param>
        /// <param name="milliseconds">How long at most; -1 for as long as nothing happens.</param>
        /// <returns>Whether the end has come.</returns>
        public bool Wait(ManualResetEventSlim end, int milliseconds = Timeout.Infinite)
        {
            _woken.WaitOne(milliseconds);
            int pause = Pause - (int)Stopwatch.GetElapsedTime(_looked).TotalMilliseconds;
            if (pause > 0)
            {
                end.Wait(pause);
            }

            Interlocked.Exchange(ref _isSet, 0);
            _looked = Stopwatch.GetTimestamp();
            return end.IsSet;
        }
    }
}
