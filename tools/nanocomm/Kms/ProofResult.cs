namespace NanoComm.Tool
{
    /// <summary>What the ledger made of a proof.</summary>
    internal enum ProofResult
    {
        /// <summary>It is authentic, and entered.</summary>
        Taken,

        /// <summary>It was in the ledger already.</summary>
        Known,

        /// <summary>It is authentic, and says that something was not done.</summary>
        NotDone,

        /// <summary>It is none, or of nothing here.</summary>
        Refused,
    }
}
