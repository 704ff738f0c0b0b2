using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// Ends a program when another one has ended: what tests and benches start does not outlive them, however they end. Which one is
    /// said by the environment, so that it holds for what a program starts in turn.
    /// </summary>
    public sealed class EndWith : IDisposable
    {
        /// <summary>The variable: the number of a process.</summary>
        public const string Variable = "NANOCOMM_END_WITH";

        private const int LookEvery = 1000;

        private readonly Timer _look;

        private EndWith(int process)
        {
            _look = new Timer(_ =>
            {
                if (!IsThere(process))
                {
                    Environment.Exit(0);
                }
            }, null, 0, LookEvery);
        }

        /// <summary>Begins to look, each second, if the environment says so.</summary>
        /// <returns>Null when it does not.</returns>
        /// <exception cref="UserError">What it says is no number of a process.</exception>
        public static EndWith Begin()
        {
            string said = Environment.GetEnvironmentVariable(Variable);
            if (string.IsNullOrEmpty(said))
            {
                return null;
            }

            return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out int process) && process > 0
                ? new EndWith(process)
                : throw new UserError($"{Variable}: '{said}' is not the number of a process; a shell has its own in $$");
        }

        /// <inheritdoc/>
        public void Dispose() => _look.Dispose();

        private static bool IsThere(int process)
        {
            try
            {
                using Process found = Process.GetProcessById(process);
                return !found.HasExited;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}
