namespace NanoComm.Hems
{
    /// <summary>ERXUDP: a datagram that the module received.</summary>
    /// <param name="Header">The line up to the data.</param>
    /// <param name="Sender">IPv6 address, as the module writes it.</param>
    /// <param name="Port">The local port, 0E1A for ECHONET Lite.</param>
    /// <param name="IsEncrypted">Whether it came over the session.</param>
    /// <param name="Data">The payload.</param>
    internal sealed record SkDatagram(string Header, string Sender, int Port, bool IsEncrypted, byte[] Data)
        : SkLine(Header);
}
