using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// The data link layer of a server: bytes in, bytes out, no threads and no time of its own. Each client address
    /// has a link of its own; frames for other addresses are not answered. A client may call it by one, two or four bytes.
    /// </summary>
    public sealed class HdlcServer : IDataLink
    {
        private readonly int _upper;
        private readonly int _lower;
        private readonly HdlcDeframer _deframer = new();
        private readonly Dictionary<byte, HdlcLink> _links;

        /// <summary>Makes the layer.</summary>
        /// <param name="upper">Own upper address, 1…<see cref="HdlcAddress.Highest"/>.</param>
        /// <param name="lower">Own lower address, of the same range.</param>
        /// <param name="clients">Addresses of the clients that are served.</param>
        /// <param name="own">Longest information fields.</param>
        /// <param name="maxApdu">Longest APDU taken.</param>
        /// <param name="handler">Takes the APDUs.</param>
        public HdlcServer(int upper, int lower, IEnumerable<byte> clients, HdlcParameters own, int maxApdu,
            IApduHandler handler)
        {
            _upper = upper;
            _lower = lower;
            _links = clients.ToDictionary(client => client, client => new HdlcLink(client, own, maxApdu, handler));
        }

        /// <inheritdoc/>
        public int BadFrames => _deframer.Bad;

        /// <inheritdoc/>
        public IEnumerable<byte[]> Receive(ReadOnlySpan<byte> bytes)
        {
            var answers = new List<byte[]>();
            foreach (HdlcFrame frame in _deframer.Push(bytes))
            {
                if (IsOwn(frame.Destination) && frame.Source.Length == 1
                    && _links.TryGetValue((byte)frame.Source.Upper, out HdlcLink link))
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

        /// <inheritdoc/>
        public void Ignore(ReadOnlySpan<byte> bytes)
        {
            _deframer.Reset();
        }

        /// <inheritdoc/>
        public void Pause()
        {
            _deframer.Reset();
        }

        /// <inheritdoc/>
        public void Reset()
        {
            _deframer.Reset();
            foreach (HdlcLink link in _links.Values)
            {
                link.Close();
            }
        }

        private bool IsOwn(HdlcAddress address)
        {
            return address.Upper == _upper && (address.Length == 1 || address.Lower == _lower);
        }
    }
}
