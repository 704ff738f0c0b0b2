using System;
using NanoComm.Hal.Host;
using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>A bench in virtual time: nobody waits for anything.</summary>
    internal sealed class VirtualBenchClock(VirtualScheduler scheduler) : IBenchClock
    {
        public long Milliseconds => scheduler.Milliseconds;

        public void At(long when, Action action) => scheduler.At(when, action);

        public void Enter(Action action) => action();

        public void Run(long milliseconds) => scheduler.RunUntil(Milliseconds + milliseconds);

        public bool Until(Func<bool> condition, long milliseconds)
        {
            bool isSo = false;
            try
            {
                scheduler.Run(() => isSo = condition(), Milliseconds + milliseconds);
            }
            catch (TimeoutException) when (!isSo)
            {
            }

            return isSo;
        }
    }
}
