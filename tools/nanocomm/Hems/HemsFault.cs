using System;

namespace NanoComm.Tool
{
    /// <summary>What keeps a controller from its meter. The message says which side to look at (requirement R14); neither
    /// id nor password is in it.</summary>
    internal sealed class HemsFault : Exception
    {
        public HemsFault(string message)
            : base(message)
        {
        }
    }
}
