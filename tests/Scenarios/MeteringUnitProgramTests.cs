using System;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary><c>nanocomm mu</c> as a user starts it, and DLMS clients that call it over TCP.</summary>
    internal static class MeteringUnitProgramTests
    {
        private const int Patience = 30_000;

        // SNRM of the public client, to the upper address 1 and, in four bytes, to 1 and 16.
        private static readonly byte[] Snrm = Convert.FromHexString("7EA0070321930F017E");
        private static readonly byte[] LongSnrm = Convert.FromHexString("7EA00A000200212193A0C47E");

        // A public AARQ behind the header of the wrapper.
        private static readonly byte[] Aarq = Convert.FromHexString("000100100001001F"
            + "601DA109060760857405080101BE10040E01000000065F1F0400000010" + "0400");

        [Test]
        public static void A_silent_peer_makes_room_for_the_next_one()
        {
            using var meter = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--silence", "2");
            IPEndPoint address = AddressOf(meter);
            using TcpClient silent = Call(address);
            meter.WaitFor($"{silent.Client.LocalEndPoint} is served");
            using TcpClient next = Call(address);
            next.GetStream().Write(Snrm);
            meter.WaitFor($"{next.Client.LocalEndPoint} waits for {silent.Client.LocalEndPoint} to end");
            meter.WaitFor("let go: it was silent for 2 s");
            Assert.That(Read(next, 6)[5], Is.EqualTo(0x73), "UA");
            next.GetStream().Write(LongSnrm);
            Assert.That(Read(next, 3 + 12)[7..11], Is.EqualTo(new byte[] { 0, 2, 0, 0x21 }), "it answers as it was called");
        }

        [Test]
        public static void A_client_associates_in_the_wrapper_and_one_that_speaks_HDLC_is_told()
        {
            using var meter = new NanocommProgram("mu", "--wrapper", "127.0.0.1:0");
            IPEndPoint address = AddressOf(meter);
            using (TcpClient client = Call(address))
            {
                client.GetStream().Write(Aarq);
                Assert.That(Read(client, 9)[8], Is.EqualTo(0x61), "AARE");
            }

            using TcpClient other = Call(address);
            other.GetStream().Write(Snrm);
            meter.WaitFor("wrapper: version 32416, not 1: closed");
            Assert.That(other.GetStream().ReadByte(), Is.EqualTo(-1));
        }

        private static IPEndPoint AddressOf(NanocommProgram meter)
        {
            return IPEndPoint.Parse(Regex.Match(meter.WaitFor("Ctrl-C ends"), @"127\.0\.0\.1:\d+").Value);
        }

        private static TcpClient Call(IPEndPoint address)
        {
            var client = new TcpClient(AddressFamily.InterNetwork) { ReceiveTimeout = Patience };
            client.Connect(address);
            return client;
        }

        private static byte[] Read(TcpClient client, int count)
        {
            var bytes = new byte[count];
            client.GetStream().ReadExactly(bytes);
            return bytes;
        }
    }
}
