namespace NanoComm.Hal
{
    /// <summary>
    /// Where loops and their signals come from. On a board each loop is a thread; under the deterministic scheduler
    /// loops run one at a time on a virtual clock.
    /// </summary>
    public interface ILoops
    {
        /// <summary>True once the unit is stopping.</summary>
        bool IsStopping { get; }

        /// <summary>Makes a signal.</summary>
        /// <param name="name">Names the signal in diagnostics: what is being waited for.</param>
        ISignal CreateSignal(string name);

        /// <summary>Starts a reacting loop: its first step runs at once, later ones at its deadline or when woken.</summary>
        /// <param name="name">Names the loop in logs and diagnostics.</param>
        /// <param name="reaction">The loop. What it throws ends it: guard it first.</param>
        /// <param name="wake">The signal that calls it before its deadline. One reaction a signal.</param>
        /// <returns>Its sign of life.</returns>
        LoopBeat Start(string name, IReaction reaction, ISignal wake);

        /// <summary>Starts a loop of blocking code.</summary>
        /// <param name="name">Names the loop in logs and diagnostics.</param>
        /// <param name="sequence">The loop. What it throws ends it: guard it first.</param>
        /// <returns>Its sign of life.</returns>
        LoopBeat Start(string name, ISequence sequence);

        /// <summary>Steps the watch over the loops at its deadlines, whatever the loops do and hold. Once, when the loops
        /// are started.</summary>
        /// <param name="watch">The watch; it waits for nobody's lock.</param>
        void StartWatch(IReaction watch);
    }
}
