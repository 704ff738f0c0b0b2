using System.Threading;
using NativePower = nanoFramework.Runtime.Native.Power;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// Watches the main thread, which starts the unit and then watches its loops: by a timer, whose thread the image makes.
    /// When the main thread shows no life for a whole period the board is restarted, and nothing else is done before that:
    /// what holds up the main thread must not hold up this. In return the main thread finds out here when the image's timers
    /// stand still. What holds up both alike, as a debugger does, is one look at most.
    /// </summary>
    public sealed class MainThreadWatch
    {
        // In milliseconds: longer than a start takes, and than any record's write.
        private const int Period = 120000;

        private readonly Timer _timer;
        private int _lives;
        private int _seen = -1;

        /// <summary>Begins.</summary>
        public MainThreadWatch()
        {
            _timer = new Timer(Look, null, Period, Period);
        }

        /// <summary>How often the timer has come.</summary>
        public int Looks { get; private set; }

        /// <summary>Takes the main thread's sign of life.</summary>
        public void Live()
        {
            _lives++;
        }

        /// <summary>What the timer calls.</summary>
        /// <param name="state">Nothing.</param>
        public void Look(object state)
        {
            Looks++;
            if (_lives == _seen)
            {
                NativePower.RebootDevice();
            }

            _seen = _lives;
        }
    }
}
