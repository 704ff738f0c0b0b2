using System.Threading;
using NanoComm.Hal;

namespace NanoComm.Tests.Host.Hal
{
    internal sealed class CountingSignal : ISignal
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Set()
        {
            Interlocked.Increment(ref _count);
        }

        public WaitResult Wait(long deadline)
        {
            return WaitResult.Stopping;
        }
    }
}
