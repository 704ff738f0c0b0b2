using NanoComm.Hal;

namespace NanoComm.Power
{
    /// <summary>A path whose radio sends only when asked: it steps while it has a grant to send, and waits for one with
    /// what has arrived where it is.</summary>
    public sealed class PoweredReaction : IReaction
    {
        private readonly IReaction _inner;
        private readonly PowerGrant _power;

        /// <summary>Makes it.</summary>
        /// <param name="inner">The path.</param>
        /// <param name="power">Of its radio.</param>
        public PoweredReaction(IReaction inner, PowerGrant power)
        {
            _inner = inner;
            _power = power;
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            if (!_power.IsOn)
            {
                return _inner.Step(now);
            }

            if (!_power.Begin(Urgency.Traffic, now))
            {
                return _power.RetryAt(now);
            }

            // What it has sent may still be leaving.
            long deadline = _inner.Step(now);
            _power.End(false, now);
            return deadline;
        }
    }
}
