using System;
using System.Collections.Generic;
using System.Net;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.RouteB;

namespace NanoComm.Virtual
{
    /// <summary>
    /// The last exchanges of all paths, kept as bytes while a path is at work and made readable only when someone looks. A
    /// controller that asks faster than the view reads loses lines of the view, never answers.
    /// </summary>
    internal sealed class ExchangeLog
    {
        private const int Capacity = 64;

        private readonly Entry[] _entries = new Entry[Capacity];
        private readonly Changes _changes;
        private long _written;

        /// <summary>Makes it.</summary>
        /// <param name="changes">Wakes the view.</param>
        public ExchangeLog(Changes changes)
        {
            _changes = changes;
            for (int i = 0; i < Capacity; i++)
            {
                _entries[i] = new Entry();
            }
        }

        /// <summary>Watches a path.</summary>
        /// <param name="path">What it is called.</param>
        public IExchangeObserver Watch(string path)
        {
            return new Observer(this, path);
        }

        /// <summary>Takes what has passed since the last call with this cursor, oldest first.</summary>
        /// <param name="cursor">0 at first; moved on.</param>
        /// <param name="skipped">How many passed unseen before those.</param>
        public IReadOnlyList<Exchange> Take(ref long cursor, out long skipped)
        {
            lock (_entries)
            {
                skipped = Math.Max(0, _written - Capacity - cursor);
                var taken = new List<Exchange>();
                for (cursor += skipped; cursor < _written; cursor++)
                {
                    taken.Add(_entries[cursor % Capacity].ToExchange());
                }

                return taken;
            }
        }

        private void Write(string path, DatagramPeer peer, bool isNotification, byte[] request, int requestLength, DropReason drop,
            byte[] response, int responseLength)
        {
            lock (_entries)
            {
                _entries[_written++ % Capacity].Set(path, peer, isNotification, request.AsSpan(0, requestLength),
                    drop, response.AsSpan(0, responseLength));
            }

            _changes.Set();
        }

        private sealed class Observer(ExchangeLog log, string path) : IExchangeObserver
        {
            public void OnRequest(DatagramPeer peer, byte[] request, int requestLength, DropReason drop, byte[] response,
                int responseLength)
            {
                log.Write(path, peer, false, request, requestLength, drop, response, responseLength);
            }

            public void OnNotification(DatagramPeer destination, byte[] frame, int length)
            {
                log.Write(path, destination, true, [], 0, DropReason.None, frame, length);
            }
        }

        private sealed class Entry
        {
            private readonly DatagramPeer _peer = new();
            private readonly byte[] _request = new byte[EchonetFrame.MaxLength + 1];
            private readonly byte[] _response = new byte[EchonetFrame.MaxLength];
            private DateTime _at;
            private string _path;
            private bool _isNotification;
            private bool _hasPeer;
            private int _requestLength;
            private int _responseLength;
            private DropReason _drop;

            public void Set(string path, DatagramPeer peer, bool isNotification, ReadOnlySpan<byte> request,
                DropReason drop, ReadOnlySpan<byte> response)
            {
                _at = EventTime.Now;
                _path = path;
                _isNotification = isNotification;
                _hasPeer = peer is not null;
                if (peer is not null)
                {
                    _peer.CopyFrom(peer);
                }

                request.CopyTo(_request);
                response.CopyTo(_response);
                _requestLength = request.Length;
                _responseLength = response.Length;
                _drop = drop;
            }

            public Exchange ToExchange()
            {
                return new Exchange(_at, _path, _isNotification, _hasPeer ? PeerName() : null,
                    _request[.._requestLength], _drop, _response[.._responseLength]);
            }

            private string PeerName()
            {
                byte[] bytes = _peer.Address[.._peer.AddressLength];
                var address = bytes.Length == 4 ? new IPAddress(bytes) : new IPAddress(bytes, _peer.ScopeId);
                return new IPEndPoint(address, _peer.Port).ToString();
            }
        }
    }
}
