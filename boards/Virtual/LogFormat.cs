namespace NanoComm.Virtual
{
    /// <summary>How the board speaks.</summary>
    internal enum LogFormat
    {
        /// <summary>A live view on a terminal, lines into a pipe.</summary>
        Text,

        /// <summary>One JSON object a line.</summary>
        Json,
    }
}
