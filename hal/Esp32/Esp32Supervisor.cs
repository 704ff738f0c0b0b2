using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// What the main thread does once everything runs: it steps the watch over the loops, and restarts the unit when memory
    /// stays low or the image's timers stand still, as neither comes back by itself. It shares no lock with any loop.
    /// </summary>
    public sealed class Esp32Supervisor
    {
        private const long MemoryEvery = 300000;
        private const int LowBelieved = 2;

        // The watch's steps are ten seconds apart, and a timer comes every two minutes: three are missing by then.
        private const int TimersBelieved = 36;

        private readonly IBoard _board;
        private readonly IReaction _watch;
        private readonly MainThreadWatch _mainThread;
        private readonly Esp32Memory _memory;
        private long _memoryDue;
        private int _low;
        private int _looks;
        private int _stepsSinceLook;

        /// <summary>Makes it.</summary>
        /// <param name="board">The board to restart.</param>
        /// <param name="watch">The watch over the loops.</param>
        /// <param name="mainThread">What watches the main thread.</param>
        public Esp32Supervisor(IBoard board, IReaction watch, MainThreadWatch mainThread)
        {
            _board = board;
            _watch = watch;
            _mainThread = mainThread;
            _memory = new Esp32Memory(board.Log);
        }

        /// <summary>Watches, and does not return.</summary>
        public void Run()
        {
            while (true)
            {
                long next = Step(_board.Clock.Milliseconds);
                Thread.Sleep(Deadline.Remaining(next, _board.Clock.Milliseconds));
            }
        }

        /// <summary>Looks once at all.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to look again.</returns>
        public long Step(long now)
        {
            _mainThread.Live();
            long next = _watch.Step(now);
            CheckTimers();
            if (now >= _memoryDue)
            {
                _memoryDue = now + MemoryEvery;
                CheckMemory();
            }

            return next;
        }

        private void CheckTimers()
        {
            _stepsSinceLook = _looks == _mainThread.Looks ? _stepsSinceLook + 1 : 0;
            _looks = _mainThread.Looks;
            if (_stepsSinceLook >= TimersBelieved)
            {
                _board.Restart("timers stand still");
            }
        }

        private void CheckMemory()
        {
            _low = _memory.IsLow() ? _low + 1 : 0;
            if (_low >= LowBelieved)
            {
                _board.Restart("memory is low");
            }
        }
    }
}
