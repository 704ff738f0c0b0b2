namespace NanoComm.Simulators.WiSun
{
    /// <summary>A session that both ends have agreed on.</summary>
    /// <param name="Peer">Address of the other end.</param>
    /// <param name="Id">PANA session id.</param>
    /// <param name="Key">Encrypts the data of the session and authenticates its PANA messages.</param>
    /// <param name="Expires">When it ends if it is not renewed, on the clock of the air.</param>
    internal sealed record PanaSession(Ip6 Peer, uint Id, byte[] Key, long Expires);
}
