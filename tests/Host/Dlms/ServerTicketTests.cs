using System;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Keys;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>Tickets at SAP 4: what is staged, what is refused, and that a refusal changes nothing.</summary>
    public class ServerTicketTests
    {
        private static readonly byte[] NotDeciphered = [0xD8, 1, 5];
        private static readonly byte[] NotAllowed = [0xD8, 1, 1];

        [Test]
        public void AUnitFromTheFactoryHasNothingAndTakesATicket()
        {
            var bench = new PairingBench();
            Assert.That(bench.Look(), Is.EqualTo(((byte)0, 0u, 0u, PairingResult.None)));

            PairingKeys keys = PairingBench.Pairing(5);
            Assert.That(bench.Stage(keys), Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)));
            Assert.That(bench.Look(), Is.EqualTo(((byte)3, 0u, 5u, PairingResult.Staged)));
            Assert.That(bench.Works(keys), Is.False, "nothing is active yet");
            Assert.That(bench.Count(SecurityEventCode.Staged), Is.EqualTo(1));
        }

        [Test]
        public void TheVectorsOfTheDocumentationAreStagedAndCommitted()
        {
            byte[] meterTitle = PairingVectors.Get("MU title");
            byte[] ticket = PairingVectors.Get("M");
            uint epoch = Convert.ToUInt32(Convert.ToHexString(PairingVectors.Get("epoch")), 16);
            var keys = new PairingKeys(epoch, PairingVectors.Get("CU title"), PairingVectors.Get("GUEK"),
                PairingVectors.Get("GAK"), PairingVectors.Get("ticket id"));
            var old = new PairingKeys(1, PairingVectors.Get("title of the old CU"), PairingVectors.Get("old GUEK"),
                PairingVectors.Get("old GAK"));
            uint notAfter = Convert.ToUInt32(Convert.ToHexString(PairingVectors.Get("not-after")), 16);
            byte[] kek = PairingVectors.Get("KEK");
            Assert.That(PairingTicket.Seal(kek, PairingVectors.Get("fresh key of M"), keys.TicketId, meterTitle,
                PairingTicket.Order(keys, notAfter)), Is.EqualTo(ticket), "the tests' own maker");

            var clock = new Simulators.ManualClock();
            MeteringUnitState state = MeteringUnitState.MakeFactory(new DurableStore(new MemoryFiles()), meterTitle, "S1",
                kek, PairingVectors.Get("proof key of the MU"), null);
            Assert.That(state.Pair(old));
            var energy = new SimulatedMeteringUnit(HouseholdData.Recorded, clock, new DateTime(2026, 6, 15, 10, 30, 0), 1);
            var server = new MeteringUnitServer(energy, state, clock, new SeededRandom(1));
            var client = new ServerClient(server, 4, null, meterTitle);
            client.Connect();
            Assert.That(client.Request(ticket), Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)));
            client = new ServerClient(server, 3, keys, meterTitle);
            client.Associate();

            byte[] response = client.Serve(PairingBench.CommitRequest(epoch, meterTitle, keys.ClientTitle));
            Assert.That(response, Is.EqualTo((byte[])[0xC7, 1, 0xC1, 0, 1, 0, 9, 81, .. PairingVectors.Get("receipt")]));
            Assert.That(state.Slots.Tombstone, Is.EqualTo(PairingVectors.Get("tombstone")));
        }

        [Test]
        public void EveryAlteredBitOfATicketIsRefusedAndChangesNothing()
        {
            var bench = new PairingBench();
            bench.Exchange(PairingBench.Pairing(5));
            bench.Stage(PairingBench.Pairing(6));
            byte[] ticket = PairingBench.Ticket(PairingBench.Pairing(7));
            ServerClient client = bench.Client(4);
            client.Connect();
            for (int i = 0; i < ticket.Length * 8; i++)
            {
                byte[] altered = (byte[])ticket.Clone();
                altered[i / 8] ^= (byte)(1 << (i % 8));
                Assert.That(client.Request(altered), Is.EqualTo(i < 8 ? NotAllowed : NotDeciphered), $"bit {i}");
            }

            Assert.That(bench.Count(SecurityEventCode.TicketNotAuthentic), Is.EqualTo((ticket.Length - 1) * 8));
            Assert.That(bench.Look(), Is.EqualTo(((byte)2, 5u, 6u, PairingResult.NotAuthentic)));
            Assert.That(bench.Works(PairingBench.Pairing(5)));
            Assert.That(client.Request(ticket), Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)), "as it was made");
        }

        [Test]
        public void ShorterLongerAndOtherwiseEncodedTicketsAreRefused()
        {
            var bench = new PairingBench();
            byte[] ticket = PairingBench.Ticket(PairingBench.Pairing(7));
            ServerClient client = bench.Client(4);
            client.Connect();
            for (int length = 1; length < ticket.Length; length++)
            {
                Assert.That(client.Request(ticket[..length]), Is.EqualTo(NotDeciphered), $"{length} bytes");
            }

            Assert.That(client.Request([.. ticket, 0]), Is.EqualTo(NotDeciphered));
            int length88 = ticket.Length - 89;
            Assert.That(ticket[length88], Is.EqualTo(88));
            Assert.That(client.Request([.. ticket[..length88], 0x81, .. ticket[length88..]]), Is.EqualTo(NotDeciphered),
                "its length in two bytes");
            Assert.That(bench.State.Pending, Is.Null);
        }

        [Test]
        public void ATicketForAnotherUnitIsRefused()
        {
            var bench = new PairingBench();
            PairingKeys keys = PairingBench.Pairing(5);
            byte[] otherTitle = Convert.FromHexString("4E434D0000000002");

            Assert.That(bench.Deliver(PairingTicket.Make(PairingBench.Kek, otherTitle, keys)), Is.EqualTo(NotDeciphered));
            Assert.That(bench.Deliver(PairingTicket.Make(ServerBench.Key(0x51), PairingBench.MeterTitle, keys)),
                Is.EqualTo(NotDeciphered), "another KEK");
            Assert.That(bench.State.Pending, Is.Null);
        }

        [Test]
        public void AUnitOfTheBenchTakesNoTickets()
        {
            var bench = new ServerBench();
            var client = new ServerClient(bench.Server, 4, null, ServerBench.ServerTitle);
            client.Connect();
            byte[] ticket = PairingTicket.Make(new byte[16], ServerBench.ServerTitle, PairingBench.Pairing(9));

            Assert.That(client.Request(ticket), Is.EqualTo(NotDeciphered));
        }

        [Test]
        public void AnAuthenticTicketThatIsNoOrderToStageIsRefused()
        {
            var bench = new PairingBench();
            PairingKeys keys = PairingBench.Pairing(5);
            byte[] order = PairingTicket.Order(keys, uint.MaxValue);
            byte[][] wrong =
            [
                [], order[..^1], [.. order, 0], With(order, 0, 0xC0), With(order, 2, 0xC2), With(order, 4, 0x01),
                With(order, 9, 0x01), With(order, 11, 0x02), With(order, 12, 0x00), With(order, 14, 0x04),
                With(order, 15, 0x05), With(order, 21, 0x07), With(order, 35, 0x0F),
            ];
            foreach (byte[] plain in wrong)
            {
                byte[] ticket = PairingTicket.Seal(PairingBench.Kek, ServerBench.Key(1), keys.TicketId,
                    PairingBench.MeterTitle, plain);
                Assert.That(bench.Deliver(ticket), Is.EqualTo(PairingBench.Answer(250, PairingResult.NotAuthentic)),
                    Convert.ToHexString(plain));
            }

            Assert.That(bench.State.Pending, Is.Null);
        }

        [Test]
        public void EpochsDecide()
        {
            var bench = new PairingBench();
            Assert.That(bench.Stage(PairingBench.Pairing(0)), Is.EqualTo(
                PairingBench.Answer(3, PairingResult.NotAboveCommitted)), "epoch 0 is none");
            bench.Exchange(PairingBench.Pairing(5));

            Assert.That(bench.Stage(PairingBench.Pairing(5)), Is.EqualTo(
                PairingBench.Answer(0, PairingResult.CommittedAlready)));
            Assert.That(bench.Stage(PairingBench.Pairing(5, 1, 9)), Is.EqualTo(
                PairingBench.Answer(3, PairingResult.NotAboveCommitted)), "committed epoch, another ticket");
            Assert.That(bench.Stage(PairingBench.Pairing(4)), Is.EqualTo(
                PairingBench.Answer(3, PairingResult.NotAboveCommitted)));
            Assert.That(bench.State.Pending, Is.Null);

            Assert.That(bench.Stage(PairingBench.Pairing(8)), Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)));
            Assert.That(bench.Stage(PairingBench.Pairing(7)), Is.EqualTo(
                PairingBench.Answer(3, PairingResult.BelowPending)));
            Assert.That(bench.Stage(PairingBench.Pairing(8, 2)), Is.EqualTo(
                PairingBench.Answer(3, PairingResult.OtherTicket)));
            Assert.That(bench.Stage(PairingBench.Pairing(8)), Is.EqualTo(
                PairingBench.Answer(0, PairingResult.StagedAlready)));
            Assert.That(bench.State.Pending.IsSame(PairingBench.Pairing(8)));

            Assert.That(bench.Stage(PairingBench.Pairing(9, 2)), Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)),
                "a newer ticket");
            Assert.That(bench.State.Pending.IsSame(PairingBench.Pairing(9, 2)));
            Assert.That(bench.Count(SecurityEventCode.StageRefused), Is.EqualTo(5));
            Assert.That(bench.Count(SecurityEventCode.StageRepeated), Is.EqualTo(2));
        }

        [Test]
        public void ATicketStagedAgainWritesNothingAndDoesNotStartItsCounterAgain()
        {
            var bench = new PairingBench();
            PairingKeys keys = PairingBench.Pairing(5);
            bench.Stage(keys);
            ServerClient client = bench.Associated(3, keys);
            bench.Stage(keys);
            int writes = bench.Power.DurableWrites;
            KeyRecord pending = bench.State.Pending;
            Assert.That(bench.Stage(keys)[^1], Is.EqualTo((byte)PairingResult.StagedAlready));

            // Its count in the event log reached a power of two, 2, and that is one record of three operations.
            Assert.That(bench.Power.DurableWrites - writes, Is.EqualTo(3));
            Assert.That(bench.State.Pending, Is.SameAs(pending));
            client.Get(8192, PairingBench.PairingName, 2);
            Assert.That(client.ServerCounters, Is.EqualTo(new uint[] { 0, 1, 2, 3 }), "the association is still there");
        }

        [Test]
        public void StagingClosesTheAssociationOfTheOneThatWasPending()
        {
            var bench = new PairingBench();
            bench.Stage(PairingBench.Pairing(5));
            ServerClient client = bench.Associated(3, PairingBench.Pairing(5));
            bench.Stage(PairingBench.Pairing(6));

            Assert.That(bench.Commit(client, PairingBench.Pairing(5)), Is.EqualTo(NotAllowed));
            client.Connect();
            Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(13), "its keys are gone");
            bench.Clock.AdvanceSeconds(1);
            bench.Associated(3, PairingBench.Pairing(6));
        }

        [Test]
        public void StagingLeavesTheActivePairingAndItsAssociationAlone()
        {
            var bench = new PairingBench();
            bench.Exchange(PairingBench.Pairing(5));
            ServerClient client = bench.Associated(2, PairingBench.Pairing(5));
            bench.Stage(PairingBench.Pairing(6));

            client.Get(8, "0.0.1.0.0.255", 2);
            Assert.That(bench.Works(PairingBench.Pairing(5)));
            Assert.That(bench.Works(PairingBench.Pairing(6)), Is.False);
        }

        // Staged in time, and the power cut in between: the end is in the record.
        [Test]
        public void NotAfterIsCheckedAtTheCommitToo()
        {
            var now = (uint)(new DateTime(2026, 4, 1, 3, 34, 56) - new DateTime(2020, 1, 1)).TotalSeconds;
            PairingKeys keys = PairingBench.Pairing(5);
            var before = new PairingBench();
            Assert.That(before.Deliver(PairingBench.Ticket(keys, now)), Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)));
            var bench = new PairingBench(before.Medium);
            bench.Clock.AdvanceSeconds(1);
            byte[] answer = bench.Commit(bench.Associated(3, keys), keys);
            Assert.That(answer[3], Is.EqualTo((byte)ActionResult.ScopeOfAccessViolated));
            Assert.That(bench.State.Pairing, Is.Null);
            Assert.That(bench.State.Pending, Is.Not.Null);
            bench.Energy.IsClockValid = false;
            Assert.That(bench.Commit(bench.Associated(3, keys), keys)[3], Is.Zero, "a clock that is not right ends nothing");
            Assert.That(bench.State.Pairing.Epoch, Is.EqualTo(5));
        }

        [Test]
        public void NotAfterIsCheckedWhereTheClockIsValid()
        {
            var bench = new PairingBench();

            // 2026-04-01 12:34:56 in Japan.
            var now = (uint)(new DateTime(2026, 4, 1, 3, 34, 56) - new DateTime(2020, 1, 1)).TotalSeconds;
            Assert.That(bench.Deliver(PairingBench.Ticket(PairingBench.Pairing(5), now - 1)),
                Is.EqualTo(PairingBench.Answer(3, PairingResult.Expired)));
            Assert.That(bench.Deliver(PairingBench.Ticket(PairingBench.Pairing(5), now)),
                Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)), "the last second");
            bench.Clock.AdvanceSeconds(1);
            Assert.That(bench.Deliver(PairingBench.Ticket(PairingBench.Pairing(5), now)),
                Is.EqualTo(PairingBench.Answer(0, PairingResult.StagedAlready)), "what is staged stays");
            bench.Energy.IsClockValid = false;
            Assert.That(bench.Deliver(PairingBench.Ticket(PairingBench.Pairing(6), 0)),
                Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)), "nobody knows the time");
        }

        [Test]
        public void AStoreThatRefusesTakesNoTicket()
        {
            var files = new RefusingFiles();
            MeteringUnitState state = MeteringUnitState.MakeFactory(new DurableStore(files), PairingBench.MeterTitle, "S1",
                PairingBench.Kek, PairingBench.ProofKey, null);
            var bench = new PairingBench();
            var server = new MeteringUnitServer(bench.Energy, state, bench.Clock, new SeededRandom(1));
            var client = new ServerClient(server, 4, null, PairingBench.MeterTitle);
            client.Connect();
            byte[] ticket = PairingBench.Ticket(PairingBench.Pairing(5));
            files.Refuses = true;
            Assert.That(client.Request(ticket), Is.EqualTo(PairingBench.Answer(2, PairingResult.StoreFailed)));
            Assert.That(state.Pending, Is.Null);
            files.Refuses = false;
            Assert.That(client.Request(ticket), Is.EqualTo(PairingBench.Answer(0, PairingResult.Staged)));
        }

        [Test]
        public void Sap4TakesATicketAndNothingElse()
        {
            var bench = new PairingBench();
            bench.Exchange(PairingBench.Pairing(5));
            ServerClient keyed = bench.Client(4, PairingBench.Pairing(5));
            keyed.Connect();
            byte[] get = [0xC0, 1, 0xC1, .. ServerClient.Reference(8192, PairingBench.PairingName, 2)];
            byte[] stage = PairingTicket.Order(PairingBench.Pairing(6), uint.MaxValue);
            foreach (byte[] apdu in new[]
            {
                keyed.Aarq(), ServerClient.PublicAarq(), get, keyed.Cipher(0xC8, get), [0x62, 0x00], stage,
                keyed.Cipher(0xCB, stage),
                PairingBench.CommitRequest(5, PairingBench.MeterTitle, PairingBench.Pairing(5).ClientTitle),
            })
            {
                Assert.That(keyed.Request(apdu), Is.EqualTo(NotAllowed), Convert.ToHexString(apdu));
            }

            Assert.That(keyed.Ask(keyed.Frame(ServerClient.Disc)).Value.Control, Is.EqualTo(ServerClient.Ua));
            Assert.That(bench.Count(SecurityEventCode.AccessDenied), Is.EqualTo(8));
            Assert.That(bench.Look(), Is.EqualTo(((byte)1, 5u, 0u, PairingResult.Committed)));
        }

        [Test]
        public void ATicketIsTakenAtNoOtherSap()
        {
            var bench = new PairingBench();
            bench.Exchange(PairingBench.Pairing(5));
            bench.Stage(PairingBench.Pairing(6));
            byte[] ticket = PairingBench.Ticket(PairingBench.Pairing(7));
            foreach ((byte sap, PairingKeys keys) in new[]
            {
                ((byte)1, bench.Utility), ((byte)2, PairingBench.Pairing(5)), ((byte)3, PairingBench.Pairing(6)),
                ((byte)16, null),
            })
            {
                ServerClient client = bench.Client(sap, keys);
                client.Connect();
                Assert.That(client.Request(ticket), Is.EqualTo(NotAllowed), $"SAP {sap}, not associated");
                client = bench.Associated(sap, keys);
                Assert.That(client.Request(ticket)[0], Is.EqualTo(0xD8), $"SAP {sap}");
            }

            Assert.That(bench.State.Pending.IsSame(PairingBench.Pairing(6)));
        }

        [Test]
        public void AForgedRefusalIsAnswerableByAnybodyAndChangesNothing()
        {
            var bench = new PairingBench();
            bench.Server.Faults.ForgedStageResult = PairingResult.NotAboveCommitted;
            Assert.That(bench.Stage(PairingBench.Pairing(5)),
                Is.EqualTo(PairingBench.Answer(3, PairingResult.NotAboveCommitted)));
            Assert.That(bench.Look(), Is.EqualTo(((byte)0, 0u, 0u, PairingResult.None)));
        }

        private static byte[] With(byte[] bytes, int at, byte value)
        {
            byte[] copy = (byte[])bytes.Clone();
            Assert.That(copy[at], Is.Not.EqualTo(value));
            copy[at] = value;
            return copy;
        }

        private sealed class RefusingFiles : IFiles
        {
            private readonly MemoryFiles _files = new();

            public bool Refuses { get; set; }

            public int Read(string name, byte[] buffer)
            {
                return _files.Read(name, buffer);
            }

            public bool Write(string name, byte[] buffer, int length)
            {
                return !Refuses && _files.Write(name, buffer, length);
            }

            public bool Delete(string name)
            {
                return !Refuses && _files.Delete(name);
            }

            public bool Rename(string from, string to)
            {
                return !Refuses && _files.Rename(from, to);
            }
        }
    }
}
