using System.Net;

namespace NanoComm.Hal.Host
{
    /// <summary>A unicast address of this PC, and the interface that has it.</summary>
    /// <param name="Address">The address, IPv6 link-local with scope.</param>
    /// <param name="Interface">The interface's index: one that comes back after it was removed has another.</param>
    public readonly record struct LocalAddress(IPAddress Address, int Interface);
}
