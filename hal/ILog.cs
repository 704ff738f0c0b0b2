namespace NanoComm.Hal
{
    /// <summary>Diagnostics for a person. Not the security log, which is durable. Safe to call from any loop.</summary>
    public interface ILog
    {
        /// <summary>Writes one line. Never keys, passwords or route-B ids.</summary>
        /// <param name="level">How much it matters.</param>
        /// <param name="source">The part that speaks, one word.</param>
        /// <param name="text">What happened, without the time.</param>
        void Write(LogLevel level, string source, string text);
    }
}
