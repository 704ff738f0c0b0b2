using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>A light that remembers when it was switched.</summary>
    public sealed class SimulatedLight : IIndicator
    {
        private readonly IClock _clock;
        private readonly List<(long At, bool Lit)> _changes = [];

        /// <summary>Makes a dark light.</summary>
        /// <param name="clock">Times the changes.</param>
        public SimulatedLight(IClock clock)
        {
            _clock = clock;
        }

        /// <summary>Whether it is lit now.</summary>
        public bool Lit { get; private set; }

        /// <summary>When it changed, in milliseconds of the clock, and to what; oldest first.</summary>
        public IReadOnlyList<(long At, bool Lit)> Changes => _changes;

        /// <inheritdoc/>
        public void Set(bool lit)
        {
            if (lit != Lit)
            {
                Lit = lit;
                _changes.Add((_clock.Milliseconds, lit));
            }
        }
    }
}
