namespace NanoComm.Hal.Esp32
{
    /// <summary>A reaction, stepped at its deadlines and when woken.</summary>
    internal sealed class ReactionSequence : ISequence
    {
        private readonly IReaction _reaction;
        private readonly Esp32Signal _wake;
        private readonly IClock _clock;
        private readonly LoopBeat _beat;

        public ReactionSequence(IReaction reaction, Esp32Signal wake, IClock clock, LoopBeat beat)
        {
            _reaction = reaction;
            _wake = wake;
            _clock = clock;
            _beat = beat;
        }

        public void Run()
        {
            while (_wake.Wait(_reaction.Step(_clock.Milliseconds), _beat) != WaitResult.Stopping)
            {
            }
        }
    }
}
