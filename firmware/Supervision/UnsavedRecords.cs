using NanoComm.Hal;

namespace NanoComm.Supervision
{
    /// <summary>Writes what other loops have only noted, on a loop of its own: none of them waits for the flash.</summary>
    public sealed class UnsavedRecords : IReaction
    {
        private readonly IReaction[] _records;

        /// <summary>Makes it.</summary>
        /// <param name="records">Each saves what it has to save, and says when to come back.</param>
        public UnsavedRecords(params IReaction[] records)
        {
            _records = records;
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            long deadline = Deadline.Never;
            for (int i = 0; i < _records.Length; i++)
            {
                long next = _records[i].Step(now);
                deadline = next < deadline ? next : deadline;
            }

            return deadline;
        }
    }
}
