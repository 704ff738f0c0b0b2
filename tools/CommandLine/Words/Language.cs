namespace NanoComm.CommandLine
{
    /// <summary>What a program speaks to people.</summary>
    public enum Language
    {
        /// <summary>The language of the source.</summary>
        English,

        /// <summary>In the utilities' terms (docs/terms.ja.md).</summary>
        Japanese,
    }
}
