using System;
using NanoComm.Hal;

namespace NanoComm.Tests.Host.Hal
{
    internal sealed class DelegateSequence : ISequence
    {
        private readonly Action _run;

        public DelegateSequence(Action run)
        {
            _run = run;
        }

        public void Run()
        {
            _run();
        }
    }
}
