using System;
using System.Collections.Generic;

namespace NanoComm.Hems
{
    /// <summary>What is to run later, in a time that comes from outside.</summary>
    internal class HemsTimers
    {
        private readonly PriorityQueue<Action, (long When, long Number)> _timers = new();
        private long _epoch;
        private long _count;

        /// <summary>The last time it was told, ms.</summary>
        public long Now { get; protected set; }

        /// <summary>Does what is due.</summary>
        /// <returns>When it wants to be called again, ms; <see cref="long.MaxValue"/> for not before something
        /// happens.</returns>
        public long Step(long now)
        {
            Now = now;
            while (_timers.TryPeek(out Action action, out (long When, long) next))
            {
                if (next.When > now)
                {
                    return next.When;
                }

                _timers.Dequeue();
                action();
            }

            return long.MaxValue;
        }

        /// <summary>Has an action run at a time, or in the next step when that has passed.</summary>
        public void At(long when, Action action)
        {
            _timers.Enqueue(action, (when, _count++));
        }

        /// <summary>Has an action run later, unless everything is forgotten until then.</summary>
        public void After(int milliseconds, Action action)
        {
            long epoch = _epoch;
            At(Now + milliseconds, () =>
            {
                if (epoch == _epoch)
                {
                    action();
                }
            });
        }

        /// <summary>Forgets what was to run later.</summary>
        public virtual void Forget()
        {
            _epoch++;
        }
    }
}
