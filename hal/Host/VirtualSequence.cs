using System;
using System.Diagnostics;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // Blocking code on a thread of its own, which runs only while the scheduler's thread is parked.
    internal sealed class VirtualSequence : VirtualLoop, IDisposable
    {
        private readonly ISequence _sequence;
        private readonly AutoResetEvent _resume = new AutoResetEvent(false);
        private readonly AutoResetEvent _yielded = new AutoResetEvent(false);
        private Thread _thread;

        public VirtualSequence(string name, int index, ISequence sequence)
            : base(name, index)
        {
            _sequence = sequence;
        }

        // What ended the sequence, when it was not its own return.
        public Exception Failure { get; private set; }

        // It ran on without waiting and was given up; its thread is still busy.
        public bool IsLost { get; private set; }

        public bool HasBegun => _thread != null;

        public int ThreadId => _thread.ManagedThreadId;

        // On the scheduler's thread: goes on with the sequence until it waits or ends. False when it did neither.
        public bool Resume(TimeSpan patience)
        {
            if (_thread == null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = Name };
                _thread.Start();
            }
            else
            {
                _resume.Set();
            }

            while (!_yielded.WaitOne(patience))
            {
                if (!Debugger.IsAttached)
                {
                    IsLost = true;
                    return false;
                }
            }

            return true;
        }

        // On the sequence's thread: hands over until it is resumed.
        public void Yield()
        {
            _yielded.Set();
            _resume.WaitOne();
        }

        public void Join()
        {
            _thread?.Join();
        }

        public void Dispose()
        {
            _resume.Dispose();
            _yielded.Dispose();
        }

        private void Run()
        {
            try
            {
                _sequence.Run();
            }
            catch (Exception failure)
            {
                Failure = failure;
            }

            IsEnded = true;
            _yielded.Set();
        }
    }
}
