using System;

namespace NanoComm.CommandLine
{
    /// <summary>Something that the user can mend: its message is the one line that says what happened and what to do.</summary>
    public sealed class UserError : Exception
    {
        /// <summary>Makes it.</summary>
        /// <param name="message">What happened, where, and what to do; without a full stop.</param>
        public UserError(string message)
            : base(message)
        {
        }
    }
}
