using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>Watches what passes on a path, for a display or a monitor (requirement R20). Called on the path's
    /// loop: copies what it needs and returns; the buffers are used again at once.</summary>
    public interface IExchangeObserver
    {
        /// <summary>A datagram was handled.</summary>
        /// <param name="peer">Who sent it, with the source port.</param>
        /// <param name="request">Holds the frame from index 0.</param>
        /// <param name="requestLength">Its length in bytes.</param>
        /// <param name="drop">Why it was dropped, or <see cref="DropReason.None"/>.</param>
        /// <param name="response">Holds the response from index 0.</param>
        /// <param name="responseLength">Its length in bytes, 0 for silence.</param>
        void OnRequest(DatagramPeer peer, byte[] request, int requestLength, DropReason drop, byte[] response,
            int responseLength);

        /// <summary>A notification was sent.</summary>
        /// <param name="destination">The node that it was sent to; null for the group, or the terminals.</param>
        /// <param name="frame">Holds the frame from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        void OnNotification(DatagramPeer destination, byte[] frame, int length);
    }
}
