using System;
using System.Linq;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>Who may read and do what: the table of docs/pairing.md, each attribute and method from each SAP.</summary>
    public class ServerRightsTests
    {
        private const int Attributes = 7;

        private static readonly PairingKeys Active = PairingBench.Pairing(5);
        private static readonly PairingKeys Pending = PairingBench.Pairing(6, 2);

        [TestCase(1, "1234567")]
        [TestCase(2, "1234567")]
        [TestCase(3, "12345")]
        [TestCase(16, "123457")]
        public void ThePairingObjectIsReadAsTheTableSays(int sap, string readable)
        {
            ServerClient client = Associate(Make(), sap);
            for (int attribute = 1; attribute <= Attributes; attribute++)
            {
                byte[] data = client.TryGet(8192, PairingBench.PairingName, attribute, null, out byte result);
                bool isReadable = readable.Contains((char)('0' + attribute));
                Assert.That(data != null, Is.EqualTo(isReadable), $"attribute {attribute}");
                Assert.That(result, Is.EqualTo(isReadable ? 0 : (byte)DataAccessResult.ReadWriteDenied));
            }

            Assert.That(client.TryGet(8192, PairingBench.PairingName, 8, null, out byte none), Is.Null);
            Assert.That(none, Is.EqualTo((byte)DataAccessResult.ObjectUndefined));
        }

        [Test]
        public void TheAttributesAreOfTheTypesOfTheTable()
        {
            PairingBench bench = Make();
            ServerClient client = Associate(bench, 2);

            Assert.That(client.Get(8192, PairingBench.PairingName, 1), Is.EqualTo(new byte[] { 9, 6, 0, 0, 96, 130, 0, 255 }));
            Assert.That(client.Get(8192, PairingBench.PairingName, 2), Is.EqualTo(new byte[] { 22, 2 }));
            Assert.That(client.Get(8192, PairingBench.PairingName, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 5 }));
            Assert.That(client.Get(8192, PairingBench.PairingName, 4), Is.EqualTo(new byte[] { 6, 0, 0, 0, 6 }));
            Assert.That(client.Get(8192, PairingBench.PairingName, 5), Is.EqualTo(new byte[] { 22, 1 }));
            Assert.That(client.Get(8192, PairingBench.PairingName, 6)[..2], Is.EqualTo(new byte[] { 9, 81 }));
            Assert.That(client.Get(8192, PairingBench.PairingName, 7), Is.EqualTo(new byte[] { 9, 0 }));
        }

        [Test]
        public void SeveralAttributesAreReadAtOnceAtSap2And3()
        {
            PairingBench bench = Make();
            byte[][] references = Enumerable.Range(2, 4)
                .Select(attribute => ServerClient.Reference(8192, PairingBench.PairingName, attribute)).ToArray();
            byte[] expected = [4, 0, 22, 2, 0, 6, 0, 0, 0, 5, 0, 6, 0, 0, 0, 6, 0, 22, 1];

            Assert.That(Associate(bench, 3).GetList(references), Is.EqualTo(expected));
            Assert.That(Associate(bench, 2).GetList(references), Is.EqualTo(expected));
        }

        [TestCase(1)]
        [TestCase(2)]
        [TestCase(3)]
        [TestCase(16)]
        public void NoAssociationButTheCommitOfSap3OffersAMethod(int sap)
        {
            PairingBench bench = Make();
            ServerClient client = Associate(bench, sap);
            byte[] stage = PairingTicket.Order(PairingBench.Pairing(7), uint.MaxValue);
            byte[] commit = PairingBench.CommitRequest(6, PairingBench.MeterTitle, Pending.ClientTitle);
            byte[] method3 = PairingBench.CommitRequest(6, PairingBench.MeterTitle, Pending.ClientTitle, 3);
            byte[] asAnotherClass = (byte[])commit.Clone();
            asAnotherClass[3] = 0;
            foreach (byte[] action in new[] { stage, method3, asAnotherClass })
            {
                Assert.That(client.Serve(action), Is.EqualTo(Refused(sap, 3)), Convert.ToHexString(action));
            }

            // key_transfer of the four security setups that others have, every id, and the proof once more.
            for (byte setup = 0; setup < 4; setup++)
            {
                byte[] keyTransfer = [0xC3, 1, 0xC1, 0, 0x40, 0, 0, 43, 0, setup, 255, 2, 1, 1, 1, 2, 2, 22, 3, 9, 24,
                    .. PairingTicket.Wrap(Active.EncryptionKey, new byte[16])];
                Assert.That(client.Serve(keyTransfer), Is.EqualTo(Refused(sap, 4)));
            }

            Assert.That(client.Serve(ServerClient.ReplyToHls(new byte[17])), Is.EqualTo(Refused(sap, 3)));
            Assert.That(bench.State.Pairing.IsSame(Active) && bench.State.Pending.IsSame(Pending));
            byte[] response = client.Serve(commit);
            Assert.That(response[..Math.Min(5, response.Length)],
                Is.EqualTo(sap == 3 ? new byte[] { 0xC7, 1, 0xC1, 0, 1 } : Refused(sap, 3)));
        }

        [Test]
        public void Sap3ReadsNothingButThePairingObject()
        {
            PairingBench bench = Make();
            ServerClient client = Associate(bench, 3);
            int tried = 0;
            foreach (CosemObject item in new MeteringObjects(bench.Energy, bench.State).All)
            {
                foreach (CosemAttribute attribute in item.Name == PairingObject.Name ? [] : item.Attributes)
                {
                    string name = string.Join('.', item.Name.ToBytes());
                    Assert.That(client.TryGet(item.ClassId, name, attribute.Id, null, out byte result), Is.Null);
                    Assert.That(result, Is.EqualTo((byte)DataAccessResult.ReadWriteDenied), $"{name} {attribute.Id}");
                    tried++;
                }
            }

            for (int attribute = 1; attribute <= 9; attribute++)
            {
                Assert.That(client.TryGet(15, "0.0.40.0.0.255", attribute, null, out byte result), Is.Null);
                Assert.That(result, Is.EqualTo((byte)DataAccessResult.ReadWriteDenied));
            }

            Assert.That(tried, Is.GreaterThan(60));
            Assert.That(client.Settled, Is.EqualTo(0x000211), "GET, several at once, ACTION");
        }

        [Test]
        public void NobodyWritesAnAttribute()
        {
            PairingBench bench = Make();
            ServerClient client = Associate(bench, 1);
            for (int attribute = 1; attribute <= Attributes; attribute++)
            {
                Assert.That(client.Set(8192, PairingBench.PairingName, attribute, [6, 0, 0, 0, 9]),
                    Is.EqualTo((byte)DataAccessResult.ReadWriteDenied));
            }

            ServerClient pending = Associate(bench, 3);
            Assert.That(pending.Serve([0xC1, 1, 0xC1, .. ServerClient.Reference(8192, PairingBench.PairingName, 3),
                6, 0, 0, 0, 9]), Is.EqualTo(new byte[] { 0xD8, 2, 2 }));
        }

        [TestCase(1)]
        [TestCase(2)]
        public void TheObjectListSaysTheSame(int sap)
        {
            byte[] list = Associate(Make(), sap).Get(15, "0.0.40.0.0.255", 2);
            byte[] entry =
            [
                2, 4, 0x12, 0x20, 0x00, 0x11, 0, 9, 6, 0, 0, 96, 130, 0, 255, 2, 2, 1, Attributes,
                .. Enumerable.Range(1, Attributes).SelectMany(id => new byte[] { 2, 3, 15, (byte)id, 22, 1, 0 }), 1, 0,
            ];
            Assert.That(list.AsSpan().IndexOf(entry), Is.GreaterThan(0), "read, no methods");
        }

        [TestCase(2, 1)]
        [TestCase(3, 1)]
        [TestCase(2, 2)]
        [TestCase(3, 2)]
        [TestCase(2, 6)]
        [TestCase(3, 6)]
        public void OtherMechanismsAndContextsAreRefused(int sap, int mechanism)
        {
            ServerClient client = Client(Make(), sap);
            client.Connect();

            Assert.That(client.TakeAare(client.Request(client.Aarq(mechanism: (byte)mechanism))), Is.EqualTo(11));
            Assert.That(client.TakeAare(client.Request(client.Aarq(context: 1))), Is.EqualTo(2));
            Assert.That(client.TakeAare(client.Request(ServerClient.PublicAarq(0x00121D))), Is.EqualTo(2));
        }

        private static PairingBench Make()
        {
            var bench = new PairingBench();
            bench.Exchange(Active);
            bench.Stage(Pending);
            return bench;
        }

        private static ServerClient Client(PairingBench bench, int sap)
        {
            return bench.Client((byte)sap, sap switch
            {
                1 => bench.Utility,
                2 => Active,
                3 => Pending,
                _ => null,
            });
        }

        private static ServerClient Associate(PairingBench bench, int sap)
        {
            ServerClient client = Client(bench, sap);
            if (sap == 16)
            {
                client.AssociatePublic();
            }
            else
            {
                client.Associate();
            }

            return client;
        }

        // The public client has no ACTION at all.
        private static byte[] Refused(int sap, byte result)
        {
            return sap == 16 ? [0xD8, 2, 2] : [0xC7, 1, 0xC1, result, 0];
        }
    }
}
