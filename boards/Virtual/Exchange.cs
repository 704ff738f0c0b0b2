using System;
using NanoComm.Echonet;

namespace NanoComm.Virtual
{
    /// <summary>One thing that passed on a path.</summary>
    /// <param name="At">The PC's time.</param>
    /// <param name="Path">Where it passed.</param>
    /// <param name="IsNotification">Whether it is a notification of ours.</param>
    /// <param name="Peer">Who asked, or was told; null for a notification to everyone.</param>
    /// <param name="Request">What he asked; empty for a notification.</param>
    /// <param name="Drop">Why it was dropped, or <see cref="DropReason.None"/>.</param>
    /// <param name="Response">What was answered or announced; empty for silence.</param>
    internal sealed record Exchange(DateTime At, string Path, bool IsNotification, string Peer, byte[] Request,
        DropReason Drop, byte[] Response);
}
