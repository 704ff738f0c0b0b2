using System.IO;
using System.Threading.Tasks;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Tool;

using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>What the technician's tool makes of what a unit leaves in its records.</summary>
    internal sealed class SwapWatchTests
    {
        private const byte Unpaired = 0;
        private const byte Loaded = 1;
        private const byte Pairing = 2;
        private const byte Paired = 3;
        private const byte Refused = 4;
        private const byte Retired = 5;

        private static readonly byte[] NoTicket = new byte[16];

        private string _folder;
        private DurableStore _unit;

        [SetUp]
        public void SetUp()
        {
            _folder = Directory.CreateTempSubdirectory("swap").FullName;
            _unit = new DurableStore(new FolderFiles(_folder));
        }

        [TearDown]
        public void TearDown()
        {
            Directory.Delete(_folder, recursive: true);
        }

        [Test]
        public void A_ticket_goes_its_way_to_a_receipt()
        {
            SwapWatch watch = Watch("ticket file");
            Assert.That(watch.Look(), Is.Null);
            Write("ticket-in", Get("ticket file"));
            Assert.That((watch.Look(), watch.IsTaken), Is.EqualTo(((bool?)null, false)));
            State(Loaded, 0, Get("ticket id"));
            _unit.Delete("ticket-in");
            Assert.That((watch.Look(), watch.IsTaken), Is.EqualTo(((bool?)null, true)));
            State(Pairing, 0, Get("ticket id"));
            Assert.That(watch.Look(), Is.Null);
            Write("receipt", Get("receipt"));
            Assert.That(watch.Look(), Is.Null, "the receipt comes before the pairing");
            State(Paired, 0, Get("ticket id"));
            Assert.That(watch.Look(), Is.True);
            Assert.That(watch.Proof, Is.EqualTo(Get("receipt")));
        }

        [Test]
        public void A_pairing_is_known_by_its_ticket_or_by_its_receipt()
        {
            SwapWatch watch = Watch("ticket file");
            State(Paired, 0, NoTicket);
            Assert.That(watch.Look(), Is.Null, "the pairing from before");
            State(Paired, 0, Get("ticket id"));
            Assert.That(watch.Look(), Is.True);
            Assert.That(watch.Proof, Is.Null);
            State(Paired, 0, NoTicket);
            Write("receipt", Get("receipt"));
            Assert.That(watch.Look(), Is.True);
        }

        [Test]
        public void A_receipt_of_another_ticket_proves_nothing()
        {
            SwapWatch watch = Watch("ticket file");
            byte[] receipt = Get("receipt");
            receipt[21] ^= 1;
            Write("receipt", receipt);
            State(Paired, 0, NoTicket);
            Assert.That(watch.Look(), Is.Null);
            Assert.That(watch.Proof, Is.Null);
        }

        [TestCase(1, false)]
        [TestCase(2, false)]
        [TestCase(3, true)]
        [TestCase(4, true)]
        [TestCase(5, true)]
        [TestCase(6, false)]
        [TestCase(7, false)]
        [TestCase(8, true)]
        [TestCase(15, false)]
        public void A_refusal_of_this_ticket_ends_it_where_waiting_cannot_help(byte detail, bool isFinal)
        {
            SwapWatch watch = Watch("ticket file");
            State(Refused, detail, Get("ticket id"));
            Assert.That(watch.Look(), Is.EqualTo(isFinal ? false : (bool?)null));
            Assert.That((int)watch.State.Detail, Is.EqualTo(detail));
        }

        [TestCase(8)]
        [TestCase(9)]
        [TestCase(10)]
        [TestCase(11)]
        public void What_the_unit_puts_away_it_does_not_name(byte detail)
        {
            SwapWatch watch = Watch("ticket file");
            Write("ticket-in", Get("ticket file"));
            State(Refused, detail, NoTicket);
            Assert.That(watch.Look(), Is.Null, "of the ticket before: this one was not taken yet");
            _unit.Delete("ticket-in");
            Assert.That(watch.Look(), Is.False);
        }

        [Test]
        public void A_refusal_of_another_ticket_is_not_this_one_s()
        {
            SwapWatch watch = Watch("ticket file");
            State(Refused, 4, Get("ticket id, retire"));
            Assert.That(watch.Look(), Is.Null);
        }

        [Test]
        public void An_order_to_retire_is_done_when_its_record_proves_it()
        {
            SwapWatch watch = Watch("ticket file, retire");
            byte[] record = Get("erasure record");
            record[1] = 0;
            Write("zeroise", record);
            State(Retired, 13, Get("ticket id, retire"));
            Assert.That(watch.Look(), Is.Null, "begun");
            Write("zeroise", Get("erasure record"));
            Assert.That(watch.Look(), Is.True);
            Assert.That(watch.Proof, Is.EqualTo(Get("erasure record")));
            record = Get("erasure record");
            record[11] ^= 1;
            Write("zeroise", record);
            Assert.That(watch.Look(), Is.Null, "another order's");
        }

        // A ticket for another meter, by mistake, and then this one; and this one behind a pairing that works.
        [Test]
        public void A_ticket_is_watched_by_its_own_id()
        {
            SwapWatch watch = Watch("ticket file");
            byte[] other = Get("ticket id, retire");
            byte[] waits = [.. Get("MU title"), .. Get("ticket id")];
            State(Paired, 0, [.. Get("ticket id"), .. Get("title of the old CU"), .. other]);
            Assert.That(watch.Look(), Is.True, "whatever else waits");
            Assert.That(watch.Others, Is.EqualTo(new[]
            {
                new WaitingTicket(new SystemTitle(Get("title of the old CU")), System.Convert.ToHexString(other)),
            }));
            State(Paired, 0, [.. other, .. waits]);
            Assert.That((watch.Look(), watch.IsOurs, watch.IsKept), Is.EqualTo(((bool?)null, false, true)));
            Assert.That(watch.Others, Is.Empty);
            State(Refused, 4, [.. other, .. waits]);
            Assert.That((watch.Look(), watch.IsOurs, watch.IsKept), Is.EqualTo(((bool?)null, false, true)), "not refused itself");
            State(Refused, 4, other);
            Assert.That((watch.Look(), watch.IsOurs, watch.IsKept), Is.EqualTo(((bool?)null, false, false)));
        }

        [TestCase(0)]
        [TestCase(37)]
        [TestCase(39)]
        [TestCase(110)]
        public void A_state_of_another_length_is_none(int length)
        {
            Write("pair-state", new byte[length]);
            SwapWatch watch = Watch("ticket file");
            Assert.That(watch.Look(), Is.Null);
            Assert.That(watch.State, Is.Null);
            State(Unpaired, 0, NoTicket);
            watch.Look();
            Assert.That(watch.State, Is.Not.Null);
        }

        [Test]
        public void Looking_is_never_in_the_unit_s_way()
        {
            SwapWatch watch = Watch("ticket file");
            State(Loaded, 0, Get("ticket id"));
            using (File.Open(Path.Combine(_folder, "pair-state.new"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                watch.Look();
                Assert.That(watch.State.Stage, Is.EqualTo(PairingState.TicketLoaded));
            }

            File.Delete(Path.Combine(_folder, "pair-state.new"));
            File.Move(Path.Combine(_folder, "pair-state.rec"), Path.Combine(_folder, "pair-state.new"));
            watch.Look();
            Assert.That(watch.State, Is.Not.Null, "a power cut left the record under its other name");
        }

        [Test]
        public void A_record_that_is_being_replaced_is_never_missed()
        {
            const int Replacements = 60;
            Write("pair-state", new byte[38]);
            var look = new DurableStore(new UnitFiles(_folder));
            var buffer = new byte[DurableStore.MaxLength];
            Task unit = Task.Run(() =>
            {
                for (int i = 0; i < Replacements; i++)
                {
                    Write("pair-state", new byte[38]);
                }
            });
            while (!unit.IsCompleted)
            {
                Assert.That(look.Read("pair-state", buffer), Is.EqualTo(38));
            }

            unit.Wait();
        }

        private static byte[] Get(string name) => PairingVectors.Get(name);

        private SwapWatch Watch(string ticket) => new(Ticket.Parse(Get(ticket)), new UnitFiles(_folder));

        private void Write(string record, byte[] content)
        {
            Assert.That(_unit.Write(record, content, content.Length));
        }

        private void State(byte state, byte detail, byte[] ticketId)
        {
            Write("pair-state", [state, detail, 0, 0, 0, 1, .. Get("MU title"), .. Get("CU title"), .. ticketId]);
        }
    }
}
