using System;
using System.Collections.Generic;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>A kind of what comes back from the field.</summary>
    /// <param name="Name">What it is called: that of the command.</param>
    /// <param name="Plural">What many are called.</param>
    /// <param name="Extension">How the names of their files end.</param>
    /// <param name="Bytes">What is in such a file.</param>
    /// <param name="Take">Takes one, and shows it; whether what it proves was done.</param>
    /// <param name="TakeMany">Takes many, and shows none.</param>
    internal sealed record ProofKind(string Name, string Plural, string Extension, string Bytes, Func<Ledger, byte[], bool> Take,
        Func<Ledger, IReadOnlyList<byte[]>, IReadOnlyList<ProofOutcome>> TakeMany);
}
