using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    /// <summary>A TCP port that serves one peer at a time: none holds it for ever, and who waits is told of.</summary>
    public sealed class PeerQueueTests
    {
        private const int Patience = 30_000;

        [Test]
        public void A_silent_peer_is_let_go_and_the_next_one_served()
        {
            using var echo = new Echo(TimeSpan.FromSeconds(1));
            using TcpClient silent = echo.Call();
            Assert.That(Says(echo, "is served"));
            using TcpClient next = echo.Call();
            Assert.That(Says(echo, $"{next.Client.LocalEndPoint} waits for {silent.Client.LocalEndPoint} to end"));
            Assert.That(Ask(next), Is.EqualTo(7));
            Assert.That(Says(echo, "let go: it was silent for 1 s"));
            Assert.That(silent.GetStream().ReadByte(), Is.EqualTo(-1), "and finds out");
        }

        [Test]
        public void A_peer_that_speaks_keeps_the_line()
        {
            using var echo = new Echo(TimeSpan.FromSeconds(1));
            using TcpClient peer = echo.Call();
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < TimeSpan.FromSeconds(3))
            {
                Assert.That(Ask(peer), Is.EqualTo(7));
                Thread.Sleep(50);
            }
        }

        // It asks and never takes an answer: the line is full then, and writing waits.
        [Test]
        public void A_peer_that_takes_nothing_is_let_go()
        {
            using var echo = new Echo(TimeSpan.FromSeconds(1));
            using TcpClient deaf = echo.Call();
            deaf.SendTimeout = 1_000;
            Assert.Throws<IOException>(() =>
            {
                while (true)
                {
                    deaf.GetStream().Write(new byte[65_536]);
                }
            });
            using TcpClient next = echo.Call();
            Assert.That(Ask(next), Is.EqualTo(7));
        }

        [Test]
        public void A_peer_that_went_while_it_waited_holds_nobody_up()
        {
            using var echo = new Echo(TimeSpan.FromSeconds(60));
            using (TcpClient first = echo.Call())
            {
                Assert.That(Says(echo, "is served"));
                echo.Call().Dispose();
                Assert.That(Says(echo, "waits for"));
            }

            using TcpClient third = echo.Call();
            Assert.That(Ask(third), Is.EqualTo(7));
        }

        [Test]
        public void Peers_that_reset_their_connection_at_once_hold_nobody_up([Values] bool isServed)
        {
            using var echo = new Echo(TimeSpan.FromSeconds(60));
            using TcpClient first = isServed ? echo.Call() : null;
            for (int i = 0; i < 200; i++)
            {
                using TcpClient peer = echo.Call();
                peer.LingerState = new LingerOption(true, 0);
            }

            first?.Dispose();
            Assert.That(() =>
            {
                using TcpClient next = echo.Call();
                return Ask(next);
            }, Is.EqualTo(7).After(Patience, 200));
        }

        [Test]
        public void A_ninth_that_would_wait_is_turned_away()
        {
            using var echo = new Echo(TimeSpan.FromSeconds(60));
            TcpClient[] peers = Enumerable.Range(0, 10).Select(_ =>
            {
                TcpClient peer = echo.Call();
                Assert.That(() => echo.Said.Any(text => text.StartsWith(peer.Client.LocalEndPoint.ToString(), StringComparison.Ordinal)),
                    Is.True.After(Patience, 10));
                return peer;
            }).ToArray();
            Assert.That(Says(echo, $"{peers[9].Client.LocalEndPoint} is turned away: 8 are waiting for {peers[0].Client.LocalEndPoint} to end"));
            Assert.That(peers[9].GetStream().ReadByte(), Is.EqualTo(-1));
            Array.ForEach(peers, peer => peer.Dispose());
        }

        [Test]
        public void The_line_can_be_ended_from_this_side()
        {
            using var echo = new Echo(TimeSpan.FromSeconds(60));
            using TcpClient peer = echo.Call();
            Assert.That(Ask(peer), Is.EqualTo(7));
            echo.Line.HangUp();
            Assert.That(peer.GetStream().ReadByte(), Is.EqualTo(-1));
            using TcpClient next = echo.Call();
            Assert.That(Ask(next), Is.EqualTo(7));
        }

        // -1 when it was turned away.
        private static int Ask(TcpClient peer)
        {
            peer.ReceiveTimeout = Patience;
            try
            {
                peer.GetStream().WriteByte(7);
                return peer.GetStream().ReadByte();
            }
            catch (IOException)
            {
                return -1;
            }
        }

        private static bool Says(Echo echo, string text)
        {
            return SpinWait.SpinUntil(() => echo.Said.Any(line => line.Contains(text, StringComparison.Ordinal)), Patience);
        }

        private sealed class Echo : IDisposable
        {
            public Echo(TimeSpan silence)
            {
                Line = StreamByteLine.Listen("127.0.0.1", 0, silence);
                Line.Noted += Said.Enqueue;
                Line.Received += bytes => Line.Send(bytes);
                Line.Start();
            }

            public StreamByteLine Line { get; }

            public ConcurrentQueue<string> Said { get; } = new();

            public TcpClient Call()
            {
                var peer = new TcpClient(AddressFamily.InterNetwork);
                peer.Connect(IPEndPoint.Parse(Line.Name));
                return peer;
            }

            public void Dispose()
            {
                Line.Dispose();
            }
        }
    }
}
