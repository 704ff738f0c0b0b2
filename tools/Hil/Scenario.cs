using System.Collections.Generic;

namespace NanoComm.Hil
{
    /// <summary>
    /// What is tried with a board: one description, whatever board and whatever time. It changes the bench as it likes; what it
    /// expects it checks, or records as a figure with a limit.
    /// </summary>
    public abstract class Scenario
    {
        /// <summary>What it is called on the command line.</summary>
        public abstract string Name { get; }

        /// <summary>One line for people.</summary>
        public abstract string Title { get; }

        /// <summary>The requirements that it shows.</summary>
        public abstract string Source { get; }

        /// <summary>What it needs beside the line to the metering unit.</summary>
        public abstract IReadOnlyList<BoardAbility> Needs { get; }

        /// <summary>How long it takes in real time, about.</summary>
        public abstract int Seconds { get; }

        /// <summary>Whether it is part of the short run.</summary>
        public virtual bool IsShort => true;

        /// <summary>Metering seconds in a second.</summary>
        public virtual int Speed => 1;

        /// <summary>Does it.</summary>
        /// <param name="bench">The bench, with a board that is in any state.</param>
        public abstract void Run(Bench bench);
    }
}
