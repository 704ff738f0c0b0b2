using System;

namespace NanoComm.Keys
{
    /// <summary>Something that the key office can mend: its message says what happened and what to do, without a full
    /// stop.</summary>
    public sealed class LedgerException : Exception
    {
        /// <summary>Makes it.</summary>
        public LedgerException(string message)
            : base(message)
        {
        }

        /// <summary>Makes it, with what led to it.</summary>
        public LedgerException(string message, Exception cause)
            : base(message, cause)
        {
        }

        /// <summary>Whether nobody knows if the change was made.</summary>
        internal bool IsInDoubt { get; init; }
    }
}
