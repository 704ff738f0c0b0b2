using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// What the main thread does once everything runs: it restarts the unit when a loop has ended or memory stays
    /// low, as neither comes back by itself.
    /// </summary>
    public sealed class Esp32Supervisor
    {
        private const int Interval = 10000;
        private const int MemoryEvery = 30;
        private const int LowBelieved = 2;

        private readonly IBoard _board;
        private readonly Esp32Loops _loops;
        private readonly Esp32Memory _memory;
        private int _low;

        /// <summary>Makes it.</summary>
        /// <param name="board">The board to restart.</param>
        /// <param name="loops">The board's loops.</param>
        public Esp32Supervisor(IBoard board, Esp32Loops loops)
        {
            _board = board;
            _loops = loops;
            _memory = new Esp32Memory(board.Log);
        }

        /// <summary>Watches, and does not return.</summary>
        public void Run()
        {
            for (int round = 0; true; round++)
            {
                if (_loops.FailedLoop != null)
                {
                    _board.Restart("the loop ended: " + _loops.FailedLoop);
                }

                if (round % MemoryEvery == 0)
                {
                    CheckMemory();
                }

                Thread.Sleep(Interval);
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
