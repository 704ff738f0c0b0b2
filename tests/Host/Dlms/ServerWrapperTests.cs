using System;
using System.Collections.Generic;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>The metering unit in the wrapper of TCP (IEC 62056-47, 7).</summary>
    public class ServerWrapperTests
    {
        private static readonly MeteringUnitOptions Wrapped = new() { IsWrapped = true };

        private static readonly byte[] PublicGet =
            [0xC0, 1, 0xC1, .. ServerClient.Reference(1, "0.0.42.0.0.255", 2)];

        private readonly List<string> _said = [];
        private int _hungUp;

        [Test]
        public void A_client_associates_and_reads_as_over_HDLC()
        {
            ServerBench bench = Bench();
            ServerClient client = Wrap(bench.Client());
            client.Associate();
            Assert.That(client.Get(8, "0.0.1.0.0.255", 2), Has.Length.EqualTo(14));
            Assert.That(client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 30)), Has.Length.GreaterThan(400));
            Assert.That(_hungUp, Is.Zero);
        }

        [Test]
        public void Several_messages_in_one_segment_are_answered_one_by_one()
        {
            ServerClient client = Wrap(Bench().PublicClient());
            byte[] answer = client.Exchange([.. client.Wrap(ServerClient.PublicAarq()), .. client.Wrap(PublicGet), .. client.Wrap(PublicGet)]);
            int first = 8 + answer[7];
            int second = first + 8 + answer[first + 7];
            Assert.That(client.Unwrap(answer[..first])[0], Is.EqualTo(0x61));
            Assert.That(client.Unwrap(answer[first..second])[..4], Is.EqualTo(new byte[] { 0xC4, 1, 0xC1, 0 }));
            Assert.That(answer[second..], Is.EqualTo(answer[first..second]));
        }

        [Test]
        public void A_message_may_come_in_any_two_parts_and_late()
        {
            ServerBench bench = Bench();
            ServerClient client = Wrap(bench.PublicClient());
            client.AssociatePublic();
            byte[] message = client.Wrap(PublicGet);
            for (int cut = 1; cut < message.Length; cut++)
            {
                Assert.That(client.Exchange(message[..cut]), Is.Empty);
                bench.Clock.AdvanceSeconds(5);
                Assert.That(client.Unwrap(client.Exchange(message[cut..]))[0], Is.EqualTo(0xC4), $"cut at {cut}");
            }
        }

        [TestCase("0002 0010 0001 001F", "wrapper: version 2, not 1: closed")]
        [TestCase("7EA0 0703 2193 0F01", "wrapper: version 32416, not 1: closed")]
        [TestCase("0001 0010 0001 0000", "wrapper: an APDU of 0 bytes, not 1 to 512: closed")]
        [TestCase("0001 0010 0001 0201", "wrapper: an APDU of 513 bytes, not 1 to 512: closed")]
        [TestCase("0001 0010 0001 FFFF", "wrapper: an APDU of 65535 bytes, not 1 to 512: closed")]
        public void A_header_that_cannot_be_right_ends_the_connection(string header, string said)
        {
            ServerBench bench = Bench();
            ServerClient client = Wrap(bench.PublicClient());
            byte[] good = client.Wrap(ServerClient.PublicAarq());
            byte[] bad = Convert.FromHexString(header.Replace(" ", ""));
            Assert.That(client.Unwrap(client.Exchange([.. good, .. bad, .. good]))[0], Is.EqualTo(0x61), "what was good before");
            Assert.That(_said, Has.Member(said));
            Assert.That(_hungUp, Is.EqualTo(1));
            Assert.That(bench.Server.BadFrames, Is.EqualTo(1));
            Assert.That(client.Exchange(good), Is.Empty, "nothing is taken of this line any more");
            Assert.That(_hungUp, Is.EqualTo(1));
            bench.Server.BeginLine();
            client.AssociatePublic();
        }

        [TestCase("0001 0011 0001", "wrapper: from wPort 17 to wPort 1: no such association here, not answered")]
        [TestCase("0001 0110 0001", "wrapper: from wPort 272 to wPort 1: no such association here, not answered")]
        [TestCase("0001 0010 0002", "wrapper: from wPort 16 to wPort 2: no such association here, not answered")]
        public void A_message_between_other_wPorts_is_told_and_not_answered(string header, string said)
        {
            ServerClient client = Wrap(Bench().PublicClient());
            byte[] aarq = ServerClient.PublicAarq();
            Assert.That(client.Exchange([.. Convert.FromHexString(header.Replace(" ", "")), 0, (byte)aarq.Length, .. aarq]), Is.Empty);
            Assert.That(_said, Has.Member(said));
            Assert.That(_hungUp, Is.Zero);
            client.AssociatePublic();
        }

        [Test]
        public void The_next_one_at_the_line_finds_nothing_open_and_nothing_begun()
        {
            ServerBench bench = Bench();
            ServerClient client = Wrap(bench.PublicClient());
            client.AssociatePublic();
            client.Exchange(client.Wrap(PublicGet)[..9]);
            bench.Server.BeginLine();
            Assert.That(client.Request(PublicGet), Is.EqualTo(new byte[] { 0xD8, 1, 1 }));
        }

        // The unit is deaf for a second then; where messages begin it still knows.
        [Test]
        public void A_failed_authentication_costs_a_second_and_not_the_connection()
        {
            ServerBench bench = Bench();
            ServerClient client = Wrap(bench.Client());
            client.TakeAare(client.Request(client.Aarq()));
            client.Request(client.Cipher(0xCB, ServerClient.ReplyToHls(client.Proof(client.Counter++, new byte[16]))));
            byte[] aarq = client.Wrap(client.Aarq());
            Assert.That(client.Exchange(aarq[..20]), Is.Empty, "deaf");
            bench.Clock.AdvanceSeconds(2);
            Assert.That(client.Exchange(aarq[20..]), Is.Not.Empty, "the whole of it is there");
            client.Associate();
            Assert.That(_hungUp, Is.Zero);
        }

        private static ServerClient Wrap(ServerClient client)
        {
            client.IsWrapped = true;
            return client;
        }

        private ServerBench Bench()
        {
            _said.Clear();
            _hungUp = 0;
            var bench = new ServerBench(Wrapped);
            bench.Server.Trace += _said.Add;
            bench.Server.HangUp += () => _hungUp++;
            return bench;
        }
    }
}
