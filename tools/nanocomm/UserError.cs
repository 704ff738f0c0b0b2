using System;

namespace NanoComm.Tool
{
    /// <summary>Something that the user can mend: its message is the one line that says what happened and what to
    /// do.</summary>
    internal sealed class UserError : Exception
    {
        public UserError(string message)
            : base(message)
        {
        }
    }
}
