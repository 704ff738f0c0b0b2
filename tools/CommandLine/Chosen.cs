namespace NanoComm.CommandLine
{
    /// <summary>A value that is typed as one of several words. The help shows the word.</summary>
    /// <param name="Word">As it is typed.</param>
    /// <param name="Value">What it stands for.</param>
    public readonly record struct Chosen<T>(string Word, T Value)
    {
        /// <summary>What it stands for.</summary>
        public static implicit operator T(Chosen<T> chosen) => chosen.Value;

        /// <inheritdoc/>
        public override string ToString() => Word;
    }
}
