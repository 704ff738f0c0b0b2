namespace NanoComm.Hal
{
    /// <summary>Deadlines are points on <see cref="IClock"/>, in milliseconds.</summary>
    public static class Deadline
    {
        /// <summary>No deadline: wait until woken.</summary>
        public const long Never = long.MaxValue;

        /// <summary>In place of a deadline: nothing is to be waited for any more.</summary>
        public const long Ended = -1;

        /// <summary>The earlier of two.</summary>
        public static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        /// <summary>Milliseconds left until a deadline, as a timeout for a blocking call.</summary>
        /// <param name="deadline">Point on the monotonic clock, or <see cref="Never"/>.</param>
        /// <param name="now">The monotonic clock.</param>
        /// <returns>0 when it has passed, -1 for <see cref="Never"/>, else 1…int.MaxValue.</returns>
        public static int Remaining(long deadline, long now)
        {
            if (deadline == Never)
            {
                return -1;
            }

            long left = deadline - now;
            return left <= 0 ? 0 : left > int.MaxValue ? int.MaxValue : (int)left;
        }
    }
}
