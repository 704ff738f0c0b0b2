using System;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // Blocking code on a thread of its own, which runs only while it has the scheduler's turn.
    internal sealed class VirtualSequence : VirtualLoop, IDisposable
    {
        private readonly ISequence _sequence;
        private readonly VirtualScheduler _scheduler;
        private readonly AutoResetEvent _resume = new AutoResetEvent(false);
        private Thread _thread;

        public VirtualSequence(string name, int index, ISequence sequence, VirtualScheduler scheduler)
            : base(name, index)
        {
            _sequence = sequence;
            _scheduler = scheduler;
        }

        // What ended the sequence, when it was not its own return.
        public Exception Failure { get; private set; }

        // It ran on without waiting and was given up; its thread is still busy.
        public bool IsLost { get; set; }

        // It waits for a lock that a step which hangs holds.
        public bool IsBlocked { get; set; }

        // Whether its thread waits for a lock at this moment, or for its turn.
        public bool Waits => (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0;

        public bool HasBegun => _thread != null;

        // On the thread that has the turn: hands it to the sequence's.
        public void Resume()
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
        }

        // On the sequence's thread, when it has handed over: until it is resumed.
        public void AwaitTurn()
        {
            _resume.WaitOne();
        }

        public void Join()
        {
            _thread?.Join();
        }

        public void Dispose()
        {
            _resume.Dispose();
        }

        private void Run()
        {
            _scheduler.BeginStep(this);
            try
            {
                _scheduler.HangIfAsked(this);
                _sequence.Run();
                Beat.Due = Hal.Deadline.Never;
            }
            catch (Exception failure)
            {
                Failure = failure;
            }

            IsEnded = true;
            _scheduler.Leave(this);
        }
    }
}
