namespace NanoComm.Hil
{
    /// <summary>What a board takes.</summary>
    /// <param name="Bytes">Memory.</param>
    /// <param name="Descriptors">Open files and sockets; null where there are none to count.</param>
    public sealed record BoardResources(long Bytes, int? Descriptors);
}
