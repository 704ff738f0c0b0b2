using System;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Dlms
{
    public class ServerAssociationTests
    {
        [Test]
        public void HlsOpensAnAssociationWithRisingCounters()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Client();
            client.Associate();

            Assert.That(client.Settled, Is.EqualTo(0x001215), "everything but SET");
            Assert.That(client.BytesOnTheLine, Is.LessThanOrEqualTo(420));
            TestContext.Out.WriteLine($"association: {client.BytesOnTheLine} bytes");
            client.Get(8, "0.0.1.0.0.255", 2);
            Assert.That(client.ServerCounters, Is.EqualTo(new uint[] { 0, 1, 2, 3 }));
            Assert.That(bench.Count(SecurityEventCode.Associated), Is.EqualTo(1));
        }

        [Test]
        public void TheUtilityMaySet()
        {
            var bench = new ServerBench();
            ServerClient client = bench.UtilityClient();
            client.Associate();

            Assert.That(client.Settled, Is.EqualTo(0x00121D));
        }

        [Test]
        public void AnybodyReadsTheLogicalDeviceNameAndHowThePairingStandsAndNothingElse()
        {
            var bench = new ServerBench();
            ServerClient client = bench.PublicClient();
            client.AssociatePublic();

            Assert.That(client.Settled, Is.EqualTo(0x000010));
            Assert.That(client.Get(1, "0.0.42.0.0.255", 2), Is.EqualTo((byte[])[9, 16, .. "NCMLSIM000000001"u8]));
            foreach (CosemObject item in new MeteringObjects(bench.Energy, bench.State).All)
            {
                bool isPublic = item.Name == Obis.Parse("0.0.42.0.0.255") || item.Name == PairingObject.Name;
                foreach (CosemAttribute attribute in isPublic ? [] : item.Attributes)
                {
                    string name = string.Join('.', item.Name.ToBytes());
                    Assert.That(client.TryGet(item.ClassId, name, attribute.Id, null, out byte result), Is.Null);
                    Assert.That(result, Is.EqualTo((byte)DataAccessResult.ReadWriteDenied), $"{name} {attribute.Id}");
                }
            }

            Assert.That(client.TryGet(15, "0.0.40.0.0.255", 2, null, out _), Is.Null);
        }

        [Test]
        public void NothingIsServedBeforeTheProof()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Client();
            client.Connect();
            byte[] get = [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)];

            Assert.That(client.Request(get), Is.EqualTo(new byte[] { 0xD8, 1, 1 }), "no association");
            client.TakeAare(client.Request(client.Aarq()));
            Assert.That(client.Request(get), Is.EqualTo(new byte[] { 0xD8, 1, 1 }), "plain");
            Assert.That(client.Request(client.Cipher(0xC8, get)), Is.EqualTo(new byte[] { 0xD8, 1, 5 }),
                "GET before the proof");
            bench.Clock.AdvanceSeconds(1);
            Assert.That(client.Request(client.Cipher(0xC8, get)), Is.EqualTo(new byte[] { 0xD8, 1, 1 }),
                "and the attempt is used up");
            Assert.That(bench.Count(SecurityEventCode.AuthenticationFailed), Is.EqualTo(1));
        }

        [Test]
        public void APlainRequestInACipheredAssociationIsNotServed()
        {
            ServerClient client = new ServerBench().Associated();
            byte[] get = [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)];

            Assert.That(client.Request(get), Is.EqualTo(new byte[] { 0xD8, 1, 1 }));
            Assert.That(client.Request(client.Cipher(0xC8, get, null, 0x20)), Is.EqualTo(new byte[] { 0xD8, 1, 5 }),
                "other security control");
            Assert.That(client.Serve(get)[..4], Is.EqualTo(new byte[] { 0xC4, 1, 0xC1, 0 }), "still there");
        }

        [TestCase(0, TestName = "A wrong proof")]
        [TestCase(1, TestName = "A proof of the client's own challenge")]
        [TestCase(2, TestName = "A proof under the counter of its message")]
        [TestCase(3, TestName = "A proof under the counter of the AARQ")]
        [TestCase(4, TestName = "A proof that is too short")]
        [TestCase(5, TestName = "A method of another object")]
        public void AWrongProofCostsASecondAndAnEntry(int kind)
        {
            var bench = new ServerBench();
            ServerClient client = bench.Client();
            client.Connect();
            uint aarqCounter = client.Counter;
            client.TakeAare(client.Request(client.Aarq()));
            uint counter = client.Counter++;
            byte[] good = client.Proof(counter, client.ServerChallenge);
            byte[] pass3 = kind switch
            {
                0 => ServerClient.ReplyToHls([.. good[..^1], (byte)(good[^1] ^ 1)]),
                1 => ServerClient.ReplyToHls(client.Proof(counter, client.Challenge)),
                2 => ServerClient.ReplyToHls(client.Proof(counter + 1, client.ServerChallenge)),
                3 => ServerClient.ReplyToHls(client.Proof(aarqCounter, client.ServerChallenge)),
                4 => ServerClient.ReplyToHls(good[..^1]),
                _ => ServerClient.ReplyToHls(good),
            };
            if (kind == 5)
            {
                pass3[6]++;
            }

            Assert.That(client.Request(client.Cipher(0xCB, pass3)), Is.EqualTo(new byte[] { 0xD8, 1, 5 }));
            Assert.That(bench.Count(SecurityEventCode.AuthenticationFailed), Is.EqualTo(1));
            bench.Clock.Milliseconds += 999;
            Assert.That(client.Exchange(client.Frame(ServerClient.Snrm)), Is.Empty, "deaf for a second");
            bench.Clock.Milliseconds += 1;
            client.Associate();
        }

        [Test]
        public void WrongTitleMechanismContextOrKeyIsRefused()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Client();
            byte[] title = client.Title;
            client.Connect();

            client.Title = bench.Utility.ClientTitle;
            Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(13), "another title");
            client.Title = ServerBench.ServerTitle;
            Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(13), "the server's own title");
            client.Title = title;
            Assert.That(client.TakeAare(client.Request(client.Aarq(mechanism: 1))), Is.EqualTo(11), "LLS");
            Assert.That(client.TakeAare(client.Request(client.Aarq(context: 1))), Is.EqualTo(2), "no ciphering");
            Assert.That(client.TakeAare(client.Request(ServerClient.PublicAarq(0x00121D))), Is.EqualTo(2),
                "the public's AARQ");
            Assert.That(bench.Count(SecurityEventCode.AssociationRefused), Is.EqualTo(5));

            var wrongKey = new ServerClient(bench.Server, 2,
                new PairingKeys(7, title, ServerBench.Key(1), ServerBench.Key(0xD0)), ServerBench.ServerTitle);
            wrongKey.Connect();
            Assert.That(wrongKey.TakeAare(wrongKey.Request(wrongKey.Aarq())), Is.EqualTo(13));
            Assert.That(bench.Count(SecurityEventCode.AuthenticationFailed), Is.EqualTo(1));
        }

        [Test]
        public void AUnitWithoutAPairingRefuses()
        {
            var bench = new ServerBench();
            var store = new DurableStore(new MemoryFiles());
            MeteringUnitState state = MeteringUnitState.Make(store, ServerBench.ServerTitle, "S1", null, null);
            var server = new MeteringUnitServer(bench.Energy, state, bench.Clock, new SeededRandom(1));
            var client = new ServerClient(server, 2, bench.Pairing, ServerBench.ServerTitle);
            client.Connect();

            Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(13));
        }

        [Test]
        public void AReplayedMessageIsRefusedAndTheAssociationGoesOn()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            byte[] get = [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)];
            byte[] message = client.Cipher(0xC8, get);
            Assert.That(client.Request(message)[0], Is.EqualTo(0xCC));

            Assert.That(client.Request(message), Is.EqualTo(new byte[] { 0xD8, 1, 5 }), "no counter in it");
            Assert.That(bench.Count(SecurityEventCode.CounterReplayed), Is.EqualTo(1));
            client.Counter += 5;
            Assert.That(client.Serve(get)[0], Is.EqualTo(0xC4), "counters may be left out");
        }

        [Test]
        public void TheWholeOldConversationReplayedOpensNothing()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Client();
            client.Connect();
            byte[] aarq = client.Aarq();
            client.TakeAare(client.Request(aarq));
            byte[] pass3 = client.Cipher(0xCB,
                ServerClient.ReplyToHls(client.Proof(client.Counter++, client.ServerChallenge)));
            Assert.That(client.Request(pass3)[0], Is.EqualTo(0xCF));
            byte[] get = client.Cipher(0xC8, [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)]);
            Assert.That(client.Request(get)[0], Is.EqualTo(0xCC));

            client.Connect();
            Assert.That(client.TakeAare(client.Request(aarq)), Is.EqualTo(14));
            Assert.That(client.Request(pass3), Is.EqualTo(new byte[] { 0xD8, 1, 5 }));
            bench.Clock.AdvanceSeconds(1);
            Assert.That(client.Request(get), Is.EqualTo(new byte[] { 0xD8, 1, 1 }));
        }

        [Test]
        public void AWrongTagIsRefusedAndTheAssociationGoesOn()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            byte[] get = [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)];
            byte[] message = client.Cipher(0xC8, get, 0xFFFFFFFE);
            message[^1] ^= 1;

            Assert.That(client.Request(message), Is.EqualTo(new byte[] { 0xD8, 1, 5 }));
            Assert.That(bench.Count(SecurityEventCode.DecipheringFailed), Is.EqualTo(1));
            Assert.That(client.Serve(get)[0], Is.EqualTo(0xC4),
                "the counter of a message that does not verify is not followed");
        }

        [Test]
        public void ReleaseEndsTheAssociation()
        {
            ServerClient client = new ServerBench().Associated();

            Assert.That(client.Request([0x62, 0x00]), Is.EqualTo(new byte[] { 0x63, 3, 0x80, 1, 0 }));
            Assert.That(client.Serve([0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)]),
                Is.EqualTo(new byte[] { 0xD8, 1, 1 }));
        }

        [Test]
        public void PairingAnewEndsTheOpenAssociation()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            var other = new PairingKeys(8, Convert.FromHexString("4E43430000000009"), ServerBench.Key(0x20),
                ServerBench.Key(0x60));
            Assert.That(bench.State.Pair(other), Is.True);

            Assert.That(client.Serve([0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)]),
                Is.EqualTo(new byte[] { 0xD8, 1, 1 }));
            client.Connect();
            Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(13), "the old unit is out");
            new ServerClient(bench.Server, 2, other, ServerBench.ServerTitle).Associate();
        }

        [Test]
        public void NoAssociationOffersAMethodButTheProof()
        {
            ServerClient client = new ServerBench().Associated();

            // key_transfer of the security setup, and the proof once more.
            byte[] keyTransfer = [0xC3, 1, 0xC1, 0, 0x40, 0, 0, 43, 0, 0, 255, 2, 1, 1, 0];
            Assert.That(client.Serve(keyTransfer), Is.EqualTo(new byte[] { 0xC7, 1, 0xC1, 4, 0 }));
            Assert.That(client.Serve(ServerClient.ReplyToHls(new byte[17])),
                Is.EqualTo(new byte[] { 0xC7, 1, 0xC1, 3, 0 }));
        }
    }
}
