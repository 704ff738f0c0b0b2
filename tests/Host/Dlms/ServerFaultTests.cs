using System.Linq;
using System.Security.Cryptography;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>A misbehaving unit misbehaves as its switch says, and is good again when that is off.</summary>
    public class ServerFaultTests
    {
        private static readonly byte[] Clock = [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)];

        [Test]
        public void WrongTag()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            bench.Server.Faults.WrongTag = true;
            Assert.That(() => client.Serve(Clock), Throws.InstanceOf<AuthenticationTagMismatchException>());
            bench.Server.Faults.WrongTag = false;
            client.Serve(Clock);
        }

        [Test]
        public void WrongProof()
        {
            var bench = new ServerBench();
            bench.Server.Faults.WrongProof = true;
            Assert.That(() => bench.Client().Associate(),
                Throws.InvalidOperationException.With.Message.Contains("proof"));
        }

        [Test]
        public void ReplayedAndSkippedCounters()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            uint last = client.ServerCounters[^1];
            bench.Server.Faults.ReplaysCounter = true;
            client.Serve(Clock);
            Assert.That(client.ServerCounters[^1], Is.EqualTo(last));
            bench.Server.Faults.ReplaysCounter = false;
            bench.Server.Faults.SkipsCounters = 5000;
            client.Serve(Clock);
            Assert.That(client.ServerCounters[^1], Is.EqualTo(last + 5001));
        }

        [Test]
        public void ChallengesAndTitle()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Client();
            client.Connect();
            bench.Server.Faults.EchoesChallenge = true;
            client.TakeAare(client.Request(client.Aarq()));
            Assert.That(client.ServerChallenge, Is.EqualTo(client.Challenge));
            bench.Server.Faults.EchoesChallenge = false;
            bench.Server.Faults.WeakChallenge = true;
            client.TakeAare(client.Request(client.Aarq()));
            Assert.That(client.ServerChallenge, Is.EqualTo(new byte[16]));
            bench.Server.Faults.WeakChallenge = false;
            client.TakeAare(client.Request(client.Aarq()));
            byte[] first = client.ServerChallenge;
            client.TakeAare(client.Request(client.Aarq()));
            Assert.That(client.ServerChallenge, Is.Not.EqualTo(first));
            bench.Server.Faults.EchoesTitle = true;
            Assert.That(() => client.TakeAare(client.Request(client.Aarq())),
                Throws.InvalidOperationException.With.Message.Contains("title"));
        }

        [Test]
        public void WrongAnswers()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            bench.Server.Faults.WrongTypes = true;
            Assert.That(client.Get(8, "0.0.1.0.0.255", 2), Is.EqualTo(new byte[] { 0 }));
            bench.Server.Faults.WrongTypes = false;
            bench.Server.Faults.ShortList = true;
            byte[] reference = ServerClient.Reference(1, "0.0.96.128.0.255", 2);
            Assert.That(client.GetList(reference, reference), Is.EqualTo(new byte[] { 1, 0, 17, 8 }));
            bench.Server.Faults.WrongInvokeId = true;
            Assert.That(client.Serve(Clock)[2], Is.EqualTo(0xC0));
        }

        [Test]
        public void BlocksOfSixteenBytes()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            byte[] whole = client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 3));
            bench.Server.Faults.BlockLength = 16;
            long requests = bench.Server.Requests;
            Assert.That(client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 3)), Is.EqualTo(whole));
            Assert.That(bench.Server.Requests - requests, Is.EqualTo((whole.Length + 15) / 16));
        }

        [Test]
        public void SilenceAndRestart()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            bench.Server.Faults.NeverAnswers = true;
            Assert.That(client.Ask(client.Frame(ServerClient.Snrm)), Is.Null);
            bench.Server.Faults.NeverAnswers = false;
            client.Associate();
            bench.Server.Faults.RestartsAfter = 1;
            client.Serve(Clock);
            Assert.That(client.Request(client.Cipher(0xC8, Clock)), Is.Null);
            Assert.That(client.Ask(client.Frame(0x11)).Value.Control, Is.EqualTo(ServerClient.Dm));
            uint before = client.ServerCounters.Max();
            client.Associate();
            Assert.That(client.ServerCounters[^1], Is.GreaterThan(before), "no counter twice");
            Assert.That(bench.Count(SecurityEventCode.PowerUp), Is.EqualTo(2));
        }

        [Test]
        public void ExceptionWithACounter()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            bench.Server.Faults.ExceptionCounter = 0xFFFFFFF0;
            Assert.That(client.Serve(Clock), Is.EqualTo(new byte[] { 0xD8, 1, 6, 0xFF, 0xFF, 0xFF, 0xF0 }));
        }
    }
}
