namespace NanoComm.Tool
{
    /// <summary>One of the two files of a record.</summary>
    /// <param name="IsThere">Whether there is such a file.</param>
    /// <param name="Generation">Its generation; 0 when it is torn.</param>
    /// <param name="Length">Bytes of content; -1 when it is torn or absent.</param>
    internal readonly record struct RecordSlot(bool IsThere, uint Generation, int Length)
    {
        /// <summary>No file.</summary>
        public static readonly RecordSlot Absent = new(false, 0, -1);

        /// <summary>Whether it can count: the check over it is right.</summary>
        public bool IsWhole => Length >= 0;

        /// <inheritdoc/>
        public override string ToString() => !IsThere ? "-" : IsWhole ? $"generation {Generation}" : "torn";
    }
}
