using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Virtual
{
    /// <summary>What has happened, handed on in the order of its times. What is stamped before a moment has been kept by then, and what
    /// is taken later and is younger waits for the next look: so nothing is told that something older could still follow.</summary>
    internal sealed class EventOrder<T>
    {
        private readonly List<(DateTime At, T What)> _waiting = [];

        /// <summary>Keeps something.</summary>
        /// <param name="at">When it happened, by <see cref="EventTime"/>.</param>
        /// <param name="what">What.</param>
        public void Add(DateTime at, T what) => _waiting.Add((at, what));

        /// <summary>Takes what happened up to a moment, oldest first; of one time what was added first.</summary>
        /// <param name="until">Asked of <see cref="EventTime"/> before anything was looked at.</param>
        public IReadOnlyList<T> Take(DateTime until)
        {
            T[] taken = _waiting.Where(one => one.At <= until).OrderBy(one => one.At).Select(one => one.What).ToArray();
            _waiting.RemoveAll(one => one.At <= until);
            return taken;
        }
    }
}
