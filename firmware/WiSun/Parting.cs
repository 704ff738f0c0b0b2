using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>How the unit ends a session that is of no use any more: the module is told to (SKTERM), asks the
    /// terminal, and an event says when it is over, whether the terminal has answered or not.</summary>
    internal sealed class Parting
    {
        // A module asks several times with growing pauses; its own time for that is not documented.
        private const long Patience = 30000;

        private Stage _stage;

        private enum Stage
        {
            None,
            Wanted,
            Told,
            Awaited,
        }

        /// <summary>Whether a session is being ended.</summary>
        public bool IsUnderWay
        {
            get { return _stage != Stage.None; }
        }

        /// <summary>Whether the module is to be told.</summary>
        public bool IsWanted
        {
            get { return _stage == Stage.Wanted; }
        }

        /// <summary>Whether the module was told, and has not answered.</summary>
        public bool IsTold
        {
            get { return _stage == Stage.Told; }
        }

        /// <summary>When the module should have ended it.</summary>
        public long Latest { get; private set; } = Deadline.Never;

        /// <summary>A session is to be ended.</summary>
        public void Begin()
        {
            _stage = Stage.Wanted;
        }

        /// <summary>The module is told now.</summary>
        public void Tell(long now)
        {
            _stage = Stage.Told;
            Latest = now + Patience;
        }

        /// <summary>The module has answered, or not in time: the event is awaited.</summary>
        public void Await()
        {
            _stage = Stage.Awaited;
        }

        /// <summary>It is over.</summary>
        public void End()
        {
            _stage = Stage.None;
            Latest = Deadline.Never;
        }
    }
}
