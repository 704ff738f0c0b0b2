namespace NanoComm.RouteB
{
    /// <summary>What a Get_Res means for the proof of its sender.</summary>
    internal enum ProofOutcome
    {
        /// <summary>Nothing: it answers no question of ours.</summary>
        None = 0,

        /// <summary>It is right, and the next question is due.</summary>
        Next = 1,

        /// <summary>The sender has proven that it answers at its address.</summary>
        Proven = 2,
    }
}
