using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The data link layer of a server: bytes in, bytes out, no threads and no time of its own. Each client address
    /// has a link of its own; frames for other addresses are not answered.
    /// </summary>
    public sealed class HdlcServer
    {
        private readonly byte _address;
        private readonly HdlcDeframer _deframer = new();
        private readonly Dictionary<byte, HdlcLink> _links;

        /// <summary>Makes the layer.</summary>
        /// <param name="address">Own (upper) address, 1…125.</param>
        /// <param name="clients">Addresses of the clients that are served.</param>
        /// <param name="own">Longest information fields.</param>
        /// <param name="maxApdu">Longest APDU taken.</param>
        /// <param name="handler">Takes the APDUs.</param>
        public HdlcServer(byte address, IEnumerable<byte> clients, HdlcParameters own, int maxApdu,
            IApduHandler handler)
        {
            _address = address;
            _links = clients.ToDictionary(client => client,
                client => new HdlcLink(address, client, own, maxApdu, handler));
        }

        /// <summary>Frames thrown away.</summary>
        public int BadFrames => _deframer.Bad;

        /// <summary>Takes bytes from the line.</summary>
        /// <returns>The frames to send, one after the other.</returns>
        public IEnumerable<byte[]> Receive(ReadOnlySpan<byte> bytes)
        {
            var answers = new List<byte[]>();
            foreach (HdlcFrame frame in _deframer.Push(bytes))
            {
                if (frame.Destination == _address && _links.TryGetValue(frame.Source, out HdlcLink link))
                {
                    byte[] answer = link.Receive(frame);
                    if (answer.Length > 0)
                    {
                        answers.Add(answer);
                    }
                }
            }

            return answers;
        }

        /// <summary>Forgets a frame that has begun: the pause between two bytes was too long.</summary>
        public void ResetFrame()
        {
            _deframer.Reset();
        }
    }
}
