using System;
using NanoComm.Hal;

namespace NanoComm.Tests.Host.Hal
{
    internal sealed class DelegateReaction : IReaction
    {
        private readonly Func<long, long> _step;

        public DelegateReaction(Func<long, long> step)
        {
            _step = step;
        }

        public long Step(long now)
        {
            return _step(now);
        }
    }
}
