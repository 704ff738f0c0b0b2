using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>A TCP port whose peers are served one after the other. Who comes while another is served waits; what it has
    /// sent is looked at when its turn comes.</summary>
    internal sealed class PeerQueue : IDisposable
    {
        private const int MostWaiting = 8;

        // Before the next is taken when one could not be, ms.
        private const int Pause = 10;

        private readonly TcpListener _listener;
        private readonly int _patience;
        private readonly BlockingCollection<Peer> _waiting = new();
        private readonly CancellationTokenSource _end = new();
        private volatile string _served;

        /// <summary>Listens.</summary>
        /// <param name="host">Address or name.</param>
        /// <param name="port">Port; 0 takes a free one.</param>
        /// <param name="silence">A peer that takes nothing for so long is lost.</param>
        /// <exception cref="IOException">The address cannot be used; the message says why.</exception>
        public PeerQueue(string host, int port, TimeSpan silence)
        {
            _patience = (int)silence.TotalMilliseconds;
            try
            {
                bool isAddress = IPAddress.TryParse(host, out IPAddress address);
                _listener = new TcpListener(isAddress ? address : Dns.GetHostAddresses(host)[0], port);
                _listener.Start();
            }
            catch (SocketException failure)
            {
                _listener?.Dispose();
                throw new IOException($"{host}:{port} cannot be listened on: {failure.Message.TrimEnd('.')}. "
                    + "Choose an address of this PC and a free port.", failure);
            }

            Name = _listener.LocalEndpoint.ToString();
            new Thread(Accept) { IsBackground = true, Name = "peers of " + Name }.Start();
        }

        /// <summary>One line of text for what happens to them. On any thread.</summary>
        public event Action<string> Noted;

        /// <summary>What is listened on.</summary>
        public string Name { get; }

        /// <summary>Waits for the next one; the one before is served no more.</summary>
        public Stream Next(CancellationToken end)
        {
            _served = null;
            Peer peer = _waiting.Take(end);
            _served = peer.Name;
            Noted?.Invoke($"{_served} is served");
            return peer.Stream;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _end.Cancel();
            _listener.Dispose();
            while (_waiting.TryTake(out Peer peer))
            {
                peer.Stream.Dispose();
            }
        }

        private void Accept()
        {
            while (!_end.IsCancellationRequested)
            {
                TcpClient client = null;
                try
                {
                    client = _listener.AcceptTcpClientAsync(_end.Token).AsTask().GetAwaiter().GetResult();
                    client.NoDelay = true;
                    client.SendTimeout = _patience;
                    Enqueue(new Peer(client.Client.RemoteEndPoint.ToString(), client.GetStream()));
                }
                catch (Exception failure) when (failure is SocketException or ObjectDisposedException
                    or InvalidOperationException or OperationCanceledException)
                {
                    // That one is gone already, or this is the end.
                    client?.Dispose();
                    _end.Token.WaitHandle.WaitOne(Pause);
                }
            }
        }

        private void Enqueue(Peer peer)
        {
            if (_waiting.Count >= MostWaiting)
            {
                Noted?.Invoke($"{peer.Name} is turned away: {MostWaiting} are waiting for {_served} to end");
                peer.Stream.Dispose();
                return;
            }

            if (_served is string served)
            {
                Noted?.Invoke($"{peer.Name} waits for {served} to end");
            }

            _waiting.Add(peer);
        }

        private sealed record Peer(string Name, Stream Stream);
    }
}
