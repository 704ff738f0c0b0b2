using System;

namespace NanoComm.Tests.Host
{
    /// <summary>How much of what is endless, or takes long, is tried: a fifth in each run of the tests, always the same one, and
    /// all of it where the environment says NANOCOMM_TEST_EFFORT=all.</summary>
    internal static class Effort
    {
        private const int Share = 5;

        /// <summary>Of cases in a row, how far it is from one that is tried to the next.</summary>
        public static int Step { get; } = Environment.GetEnvironmentVariable("NANOCOMM_TEST_EFFORT") == "all" ? 1 : Share;

        /// <summary>How many are tried.</summary>
        /// <param name="whole">How many there are.</param>
        public static int Of(int whole) => whole / Step;

        /// <summary>Whether a case is tried.</summary>
        /// <param name="number">Its number, from 0 on.</param>
        public static bool Takes(int number) => number % Step == 0;
    }
}
