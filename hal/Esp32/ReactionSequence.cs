namespace NanoComm.Hal.Esp32
{
    /// <summary>A reaction, stepped at its deadlines and when woken.</summary>
    internal sealed class ReactionSequence : ISequence
    {
        private readonly IReaction _reaction;
        private readonly ISignal _wake;
        private readonly IClock _clock;

        public ReactionSequence(IReaction reaction, ISignal wake, IClock clock)
        {
            _reaction = reaction;
            _wake = wake;
            _clock = clock;
        }

        public void Run()
        {
            while (_wake.Wait(_reaction.Step(_clock.Milliseconds)) != WaitResult.Stopping)
            {
            }
        }
    }
}
