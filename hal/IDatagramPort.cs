namespace NanoComm.Hal
{
    /// <summary>
    /// One local UDP address with its multicast groups (ECHONET Lite: 224.0.23.0 for IPv4, ff02::1 for IPv6).
    /// Everything sent leaves from this address, so an answer always comes from the address that was asked.
    /// Belongs to one loop.
    /// </summary>
    public interface IDatagramPort
    {
        /// <summary>False before <see cref="Open"/> and after the network went away: open it again, with back-off.</summary>
        bool IsOpen { get; }

        /// <summary>Whether a closed port knows that it can be opened now: an address has come, a session has begun. Open
        /// it without back-off.</summary>
        bool IsReady { get; }

        /// <summary>Datagrams lost here, each counted: longer than the receive buffer, or more waiting than fit.</summary>
        int Lost { get; }

        /// <summary>Opens, or opens again after a change of address, and joins the groups.</summary>
        /// <returns>False when the network is not there (yet).</returns>
        bool Open();

        /// <summary>Sets the signal whenever a datagram has arrived. Call once, before the first receive.</summary>
        /// <param name="received">The signal of the loop that receives.</param>
        void Notify(ISignal received);

        /// <summary>Takes the oldest waiting datagram; never waits. The port's own multicasts are not among them.</summary>
        /// <param name="buffer">Filled from index 0.</param>
        /// <param name="sender">Filled with the sender, and how it addressed the datagram.</param>
        /// <returns>Its length in bytes, 0…buffer.Length, or -1 when none is waiting.</returns>
        int Receive(byte[] buffer, DatagramPeer sender);

        /// <summary>Sends one datagram.</summary>
        /// <param name="buffer">The payload, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="destination">Address, scope and port.</param>
        /// <returns>False when the network refused it; UDP promises nothing more.</returns>
        bool Send(byte[] buffer, int length, DatagramPeer destination);

        /// <summary>Sends one datagram to the multicast group, to the port's own port number.</summary>
        /// <param name="buffer">The payload, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>False when the network refused it.</returns>
        bool SendToGroup(byte[] buffer, int length);

        /// <summary>Sends one datagram to the terminals: to the one that a port with a session has, as unicast; elsewhere
        /// to the group, where all of them listen.</summary>
        /// <param name="buffer">The payload, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>False when the network refused it.</returns>
        bool SendToTerminals(byte[] buffer, int length);
    }
}
