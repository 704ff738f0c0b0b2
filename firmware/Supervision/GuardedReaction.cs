using System;
using NanoComm.Hal;

namespace NanoComm.Supervision
{
    /// <summary>A reaction that outlives what it throws: reported, then left alone for the back-off.</summary>
    public sealed class GuardedReaction : IReaction
    {
        private readonly string _name;
        private readonly IReaction _inner;
        private readonly LoopHealth _health;
        private readonly BackOff _backOff = new BackOff();
        private long _downUntil;

        /// <summary>Makes it.</summary>
        /// <param name="name">The loop's name.</param>
        /// <param name="inner">The reaction to guard.</param>
        /// <param name="health">Takes the failures.</param>
        public GuardedReaction(string name, IReaction inner, LoopHealth health)
        {
            _name = name;
            _inner = inner;
            _health = health;
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            if (now < _downUntil)
            {
                return _downUntil;
            }

            try
            {
                return _inner.Step(now);
            }
            catch (Exception failure)
            {
                _health.Report(_name, failure);
                _downUntil = _backOff.Fail(now);
                return _downUntil;
            }
        }
    }
}
