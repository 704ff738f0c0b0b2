using System;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>An order as the command line gives it.</summary>
    /// <param name="Body">What it says.</param>
    /// <param name="Sheet">Makes the sheet with credentials that were made for it; null for none.</param>
    /// <param name="Caution">What to tell when it is made; null for nothing.</param>
    internal sealed record OrderDraft(OrderBody Body, Func<CredentialsSheet> Sheet = null, string Caution = null);
}
