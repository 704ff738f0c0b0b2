using System;
using System.Diagnostics;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>A light that the views look at; one of them wants to see each time that it went on or off.</summary>
    internal sealed class VirtualLight : IIndicator
    {
        private const int Capacity = 64;

        private readonly (long At, bool Lit)[] _changes = new (long, bool)[Capacity];
        private long _count;
        private volatile bool _lit;

        /// <summary>Whether it is lit now.</summary>
        public bool Lit => _lit;

        public void Set(bool lit)
        {
            if (lit == _lit)
            {
                return;
            }

            _lit = lit;
            lock (_changes)
            {
                _changes[_count++ % Capacity] = (Stopwatch.GetTimestamp(), lit);
            }
        }

        /// <summary>Takes the changes since the last call with this cursor, oldest first, the last 64 at most.</summary>
        /// <param name="cursor">0 at first; moved on.</param>
        /// <param name="take">Is given the <see cref="Stopwatch"/>'s time of each, and whether the light went on.</param>
        public void Take(ref long cursor, Action<long, bool> take)
        {
            lock (_changes)
            {
                for (cursor = Math.Max(cursor, _count - Capacity); cursor < _count; cursor++)
                {
                    take(_changes[cursor % Capacity].At, _changes[cursor % Capacity].Lit);
                }
            }
        }
    }
}
