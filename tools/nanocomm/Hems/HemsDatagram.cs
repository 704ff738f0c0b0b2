namespace NanoComm.Tool
{
    /// <summary>A datagram that the module gave us (ERXUDP).</summary>
    /// <param name="Sender">IPv6 address, as the module writes it.</param>
    /// <param name="Port">The local port, 0E1A for ECHONET Lite.</param>
    /// <param name="IsEncrypted">Whether it came over the session.</param>
    /// <param name="Data">The payload.</param>
    internal sealed record HemsDatagram(string Sender, int Port, bool IsEncrypted, byte[] Data);
}
