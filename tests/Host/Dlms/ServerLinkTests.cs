using System;
using System.Linq;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    public class ServerLinkTests
    {
        private static readonly byte[] PublicGet =
            [0xC0, 1, 0xC1, .. ServerClient.Reference(1, "0.0.42.0.0.255", 2)];

        [Test]
        public void SnrmWithoutParametersSettlesNothing()
        {
            ServerClient client = new ServerBench().PublicClient();

            Assert.That(client.Connect(), Is.Empty);
        }

        [TestCase("81801405020080060200800704000000010804 00000001", 128, 128,
            "81801205018006018007040000000108040000 0001")]
        [TestCase("8180060501400601 60", 96, 64, "81801205016006014007040000000108040000 0001")]
        [TestCase("818008050204000602 0400", 128, 128, "81801205018006018007040000000108040000 0001")]
        [TestCase("818000", 128, 128, "81801205018006018007040000000108040000 0001")]
        public void ParametersAreNegotiated(string proposal, int transmit, int receive, string settled)
        {
            ServerClient client = new ServerBench().PublicClient();

            byte[] field = client.Connect(Convert.FromHexString(proposal.Replace(" ", "")));
            Assert.That(Convert.ToHexString(field), Is.EqualTo(settled.Replace(" ", "")));
            Assert.That(HdlcParameters.TryParse(field, out HdlcParameters back), Is.True);
            Assert.That(back, Is.EqualTo(new HdlcParameters(transmit, receive)));
        }

        [TestCase("81")]
        [TestCase("80800605018006 0180")]
        [TestCase("81800705018006 0180")]
        [TestCase("8180060500060180")]
        [TestCase("818006050108060180")]
        public void MalformedParametersAreRefused(string proposal)
        {
            ServerClient client = new ServerBench().PublicClient();
            byte[] field = Convert.FromHexString(proposal.Replace(" ", ""));

            Assert.That(client.Ask(client.Frame(ServerClient.Snrm, field)).Value.Control, Is.EqualTo(ServerClient.Dm));
        }

        [Test]
        public void LongerFieldsAreUsedWhereBothCan()
        {
            var bench = new ServerBench(new MeteringUnitOptions { MaxInformationLength = 1024 });
            ServerClient client = bench.Client();
            client.MaxInformation = 512;
            byte[] settled = client.Connect([0x81, 0x80, 8, 5, 2, 2, 0, 6, 2, 2, 0]);
            Assert.That(settled[3..11], Is.EqualTo(new byte[] { 5, 2, 2, 0, 6, 2, 2, 0 }));
            client.TakeAare(client.Request(client.Aarq()));
            client.Request(client.Cipher(0xCB,
                ServerClient.ReplyToHls(client.Proof(client.Counter++, client.ServerChallenge))));
            int frames = client.Frames;

            client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 15));
            Assert.That(client.Frames - frames, Is.EqualTo(1), "one frame for 15 rows");
        }

        [Test]
        public void DiscIsAcknowledgedAndThenDisconnected()
        {
            ServerClient client = new ServerBench().PublicClient();
            client.AssociatePublic();

            Assert.That(client.Ask(client.Frame(ServerClient.Disc)).Value.Control, Is.EqualTo(ServerClient.Ua));
            Assert.That(client.Ask(client.Frame(ServerClient.Disc)).Value.Control, Is.EqualTo(ServerClient.Dm));
            Assert.That(client.Ask(client.Frame(0x11)).Value.Control, Is.EqualTo(ServerClient.Dm), "RR");
            Assert.That(client.Ask(client.Frame(0x10, [0xE6, 0xE6, 0, .. PublicGet])).Value.Control,
                Is.EqualTo(ServerClient.Dm), "I");
            client.Connect();
            Assert.That(client.Serve(PublicGet), Is.EqualTo(new byte[] { 0xD8, 1, 1 }),
                "the association went with the link");
        }

        [Test]
        public void ARepeatedFrameIsAnsweredAgainAndNotServedAgain()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            byte[] request = client.Cipher(0xC8, [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)]);
            byte[] frame = client.Frame((byte)((client.ReceiveNumber << 5) | 0x10 | (client.SendNumber << 1)),
                [0xE6, 0xE6, 0, .. request]);
            byte[] first = client.Exchange(frame);
            long requests = bench.Server.Requests;
            bench.Clock.AdvanceSeconds(5);

            Assert.That(client.Exchange(frame), Is.EqualTo(first), "the same bytes, clock and counter too");
            Assert.That(bench.Server.Requests, Is.EqualTo(requests));
            Assert.That(bench.Count(SecurityEventCode.CounterReplayed), Is.Zero);
        }

        [Test]
        public void AnRrThatAcknowledgesNothingGetsTheLastFrameAgain()
        {
            ServerClient client = new ServerBench().PublicClient();
            client.AssociatePublic();
            byte control = (byte)((client.ReceiveNumber << 5) | 0x10 | (client.SendNumber << 1));
            byte[] first = client.Exchange(client.Frame(control, [0xE6, 0xE6, 0, .. PublicGet]));

            Assert.That(client.Exchange(client.Frame((byte)((client.ReceiveNumber << 5) | 0x11))), Is.EqualTo(first));
            int acknowledged = client.ReceiveNumber + 1;
            int expected = client.SendNumber + 1;
            Assert.That(client.Ask(client.Frame((byte)((acknowledged << 5) | 0x11))).Value.Control,
                Is.EqualTo((byte)((expected << 5) | 0x11)), "nothing more to send");
        }

        [Test]
        public void AFrameOutOfSequenceIsToldWhatIsExpected()
        {
            ServerClient client = new ServerBench().PublicClient();
            client.AssociatePublic();

            byte wrong = (byte)((client.ReceiveNumber << 5) | 0x10 | (((client.SendNumber + 2) & 7) << 1));
            Assert.That(client.Ask(client.Frame(wrong, [0xE6, 0xE6, 0, .. PublicGet])).Value.Control,
                Is.EqualTo((byte)((client.SendNumber << 5) | 0x11)));
        }

        [Test]
        public void RequestsAndResponsesAreSegmented()
        {
            ServerClient client = new ServerBench().Associated();
            byte[][] references = Enumerable.Repeat(ServerClient.Reference(8, "0.0.1.0.0.255", 2), 25).ToArray();
            client.MaxInformation = 40;
            int frames = client.Frames;

            byte[] results = client.GetList(references);
            Assert.That(results.Length, Is.EqualTo(1 + (25 * 15)));
            Assert.That(client.Frames - frames, Is.EqualTo(7 + 3),
                "7 segments there (277 bytes), 4 back (402 bytes), the last one there asks for the first one back");
        }

        [Test]
        public void ALostSegmentIsAskedForAgain()
        {
            ServerClient client = new ServerBench().Associated();
            byte[] request = client.Cipher(0xC8,
                [0xC0, 1, 0xC1, .. ServerClient.Reference(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 10))]);
            var first = client.Ask(client.Frame((byte)((client.ReceiveNumber << 5) | 0x10 | (client.SendNumber << 1)),
                [0xE6, 0xE6, 0, .. request])).Value;
            Assert.That(first.IsSegmented, Is.True);
            byte[] rr = client.Frame((byte)((((client.ReceiveNumber + 1) & 7) << 5) | 0x11));
            byte[] second = client.Exchange(rr);

            Assert.That(client.Exchange(rr), Is.EqualTo(second), "RR again, segment again");
        }

        [Test]
        public void ARequestLongerThanTheServerTakesEndsTheLink()
        {
            ServerClient client = new ServerBench().PublicClient();
            client.AssociatePublic();
            for (int i = 0; i < 5; i++)
            {
                byte control = (byte)((client.ReceiveNumber << 5) | 0x10 | (client.SendNumber << 1));
                byte answer = client.Ask(client.Frame(control, new byte[128], true)).Value.Control;
                client.SendNumber = (client.SendNumber + 1) & 7;
                Assert.That(answer, Is.EqualTo(i < 4 ? (byte)((client.SendNumber << 5) | 0x11) : ServerClient.Dm),
                    $"segment {i}");
            }
        }

        [Test]
        public void EveryWrongByteOfAFrameKeepsItUnanswered()
        {
            ServerClient client = new ServerBench().PublicClient();
            byte[] good = client.Frame(ServerClient.Snrm, Convert.FromHexString("818006050140060160"));
            for (int i = 0; i < good.Length * 8; i++)
            {
                var bench = new ServerBench();
                ServerClient other = bench.PublicClient();
                byte[] bad = (byte[])good.Clone();
                bad[i / 8] ^= (byte)(1 << (i % 8));
                Assert.That(other.Exchange(bad), Is.Empty, $"bit {i}");
                bench.Clock.AdvanceSeconds(1);
                Assert.That(other.Exchange(good), Is.Not.Empty, $"after bit {i}");
            }
        }

        [Test]
        public void ACutFrameCostsNoMoreThanItself()
        {
            for (int length = 1; length < 17; length++)
            {
                var bench = new ServerBench();
                ServerClient client = bench.PublicClient();
                byte[] good = client.Frame(ServerClient.Snrm, Convert.FromHexString("818006050140060160"));
                client.Exchange(good[..length]);
                bench.Clock.Milliseconds += 201;

                Assert.That(client.Exchange(good), Is.Not.Empty, $"after {length} bytes and a pause");
                client.Exchange(good[..length]);
                byte[] answers = client.Exchange([.. good, .. good, .. good]);
                Assert.That(answers, Is.Not.Empty, $"after {length} bytes without a pause");
            }
        }

        [Test]
        public void FramesMayComeByteByByteWithNoiseAndSharedFlags()
        {
            ServerClient client = new ServerBench().PublicClient();
            byte[] frame = client.Frame(ServerClient.Snrm);
            byte[] answers = [];
            foreach (byte b in (byte[])[0x55, 0xA0, 0x7E, 0x7E, .. frame, .. frame[1..], 0xFF, .. frame])
            {
                answers = [.. answers, .. client.Exchange([b])];
            }

            Assert.That(answers.Length, Is.EqualTo(3 * 9));
        }

        [Test]
        public void FramesForOthersAndWithoutPollAreNotAnswered()
        {
            ServerClient client = new ServerBench().PublicClient();

            Assert.That(client.Exchange(client.Frame(ServerClient.Snrm, server: 2)), Is.Empty);
            Assert.That(client.Exchange(client.Frame(ServerClient.Snrm & 0xEF)), Is.Empty);
            var stranger = new ServerClient(new ServerBench().Server, 5, null, null);
            Assert.That(stranger.Exchange(stranger.Frame(ServerClient.Snrm)), Is.Empty);
        }

        // IEC 62056-46, 6.4.2.2: upper address alone, with a lower one, both in two bytes.
        [TestCase("03", 1, 16)]
        [TestCase("0221", 1, 16)]
        [TestCase("02FB", 1, 125)]
        [TestCase("00020021", 1, 16)]
        [TestCase("0802DC95", 0x201, 0x374A)]
        [TestCase("FEFAFEFB", 0x3FFD, 0x3FFD)]
        public void ItIsCalledByOneTwoOrFourBytesAndAnswersAsItWasCalled(string address, int upper, int lower)
        {
            var bench = new ServerBench(new MeteringUnitOptions { UpperAddress = upper, LowerAddress = lower });
            ServerClient client = bench.Client();
            client.ServerAddress = Convert.FromHexString(address);
            client.Associate();
            Assert.That(client.Get(8, "0.0.1.0.0.255", 2), Has.Length.EqualTo(14));
            Assert.That(client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 15)), Has.Length.GreaterThan(128));
        }

        [TestCase("0223")]
        [TestCase("0423")]
        [TestCase("02FF", Description = "all stations")]
        [TestCase("00020023")]
        [TestCase("000200 21 21")]
        [TestCase("000221", Description = "three bytes")]
        [TestCase("0000000021", Description = "five bytes")]
        public void NorIsAnotherAddressAnswered(string address)
        {
            ServerClient client = new ServerBench().PublicClient();
            client.ServerAddress = Convert.FromHexString(address.Replace(" ", ""));
            Assert.That(client.Exchange(client.Frame(ServerClient.Snrm)), Is.Empty);
            client.ServerAddress = [0x03];
            client.AssociatePublic();
        }

        [Test]
        public void ALongAddressMayComeByteByByteAndBehindNoise([Values("0221", "00020021")] string address)
        {
            var bench = new ServerBench();
            ServerClient client = bench.PublicClient();
            client.ServerAddress = Convert.FromHexString(address);
            byte[] frame = client.Frame(ServerClient.Snrm);
            byte[] bytes = [0x7E, 0xA0, 0x12, 0x00, .. frame, .. frame[1..]];
            int answers = 0;
            foreach (byte one in bytes)
            {
                byte[] answer = client.Exchange([one]);
                answers += answer.Length == 0 ? 0 : 1;
                Assert.That(answer.Length == 0 || client.Parse(answer).Control == ServerClient.Ua);
            }

            Assert.That(answers, Is.EqualTo(2));
        }

        [Test]
        public void LinksOfDifferentClientsDoNotMeet()
        {
            var bench = new ServerBench();
            ServerClient paired = bench.Associated();
            ServerClient anybody = bench.PublicClient();
            anybody.AssociatePublic();
            anybody.Get(1, "0.0.42.0.0.255", 2);
            anybody.Ask(anybody.Frame(ServerClient.Disc));

            paired.Get(8, "0.0.1.0.0.255", 2);
        }
    }
}
