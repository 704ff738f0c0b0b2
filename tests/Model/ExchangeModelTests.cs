using System;
using NUnit.Framework;

namespace NanoComm.Tests.Model
{
    /// <summary>The exchange of the communication unit keeps its promises in every state that the model can get into;
    /// and with any one rule taken away it does not.</summary>
    [TestFixture]
    [Parallelizable(ParallelScope.All)]
    internal static class ExchangeModelTests
    {
        private const string Model = "exchange.pml";

        private static readonly Lazy<Verifier> Factory =
            new(() => new Verifier(Model, "-DMUTANTS -DTICKETS=2 -DALONE", "-O1"));

        private static readonly Lazy<Verifier> BothUnits =
            new(() => new Verifier(Model, "-DTICKETS=2 -DPAIRED -DTAPES=0", "-O1"));

        private static readonly Lazy<Verifier> ThreeTickets =
            new(() => new Verifier(Model, "-DTICKETS=3 -DPAIRED -DALONE -DTAPES=0", "-O1"));

        private static readonly Lazy<Verifier> TwoPlaces =
            new(() => new Verifier(Model, "-DMUTANTS -DTICKETS=3 -DSAME -DALONE -DTAPES=0", "-O1"));

        private static readonly Lazy<Verifier> LostStore =
            new(() => new Verifier(Model, "-DMUTANTS -DTICKETS=1 -DALONE -DWIPE -DBLOCKS", "-O0"));

        private static readonly Lazy<Verifier> StuckStore =
            new(() => new Verifier(Model, "-DMUTANTS -DTICKETS=2 -DALONE -DTAPES=0 -DSTUCK", "-O0"));

        private static readonly Lazy<Verifier> GoodEnd =
            new(() => new Verifier(Model, "-DMUTANTS -DTICKETS=2 -DPAIRED -DALONE -DQUIET -DTAPES=0", "-O0"));

        private static readonly Lazy<SearchResult> FactoryResult = new(() => Factory.Value.Search(null, 0));

        [OneTimeSetUp]
        public static void Look_for_spin()
        {
            Promises.NeedSpin();
        }

        [OneTimeTearDown]
        public static void Clean()
        {
            Promises.Clean(Factory, BothUnits, ThreeTickets, TwoPlaces, LostStore, StuckStore, GoodEnd);
        }

        [Test]
        public static void First_pairing_exchange_and_rotation_from_the_factory()
        {
            Promises.Hold(FactoryResult.Value);
        }

        [Test]
        public static void Old_and_new_unit_at_the_line_at_once()
        {
            Promises.Hold(BothUnits.Value.Search(null, 0));
        }

        [Test, Explicit("a minute and more of a processor: dotnet test tests/Model --filter FullyQualifiedName~Three_tickets_there_and_back")]
        public static void Three_tickets_there_and_back()
        {
            Promises.Hold(ThreeTickets.Value.Search(null, 0));
        }

        [Test, Explicit("a minute and more of a processor: dotnet test tests/Model --filter FullyQualifiedName~Three_tickets_for_the_two_places_of_one_unit")]
        public static void Three_tickets_for_the_two_places_of_one_unit()
        {
            Promises.Hold(TwoPlaces.Value.Search(null, 0));
        }

        [Test]
        public static void Store_lost_and_ticket_put_back()
        {
            Promises.Hold(LostStore.Value.Search(null, 0));
        }

        [Test]
        public static void A_store_that_does_not_erase_a_ticket()
        {
            Promises.Hold(StuckStore.Value.Search(null, 0));
        }

        [TestCase("agree", TestName = "In the end both sides agree")]
        [TestCase("retire", TestName = "In the end the replaced unit has retired")]
        public static void It_comes_to_a_good_end(string formula)
        {
            Promises.Hold(GoodEnd.Value.Search(formula, 0));
        }

        // Or the model would hold for the wrong reason.
        [Test]
        public static void Every_statement_is_reached()
        {
            Promises.ReachEveryStatement(Factory.Value, FactoryResult.Value);
        }

        [TestCase(1, "mused", TestName = "Staging writes the same ticket again")]
        [TestCase(2, "written", TestName = "Epoch not compared with the committed one")]
        [TestCase(3, "written", TestName = "Epoch not compared with the pending one")]
        [TestCase(4, "assoc[1].key==pend", TestName = "Staging leaves SAP 3 open and commit asks for no key")]
        [TestCase(5, "wire.ch==ch", TestName = "Meter: receive floor not from pass 3")]
        [TestCase(6, "wire.ch==(1+", TestName = "Unit: receive floor not from pass 4")]
        [TestCase(7, "wire.ch==ch", TestName = "Meter: pass 3 may cover any challenge")]
        [TestCase(8, "wire.ch==", TestName = "Unit: pass 4 may cover any challenge")]
        [TestCase(9, "act==receipt", TestName = "Commit in two writes")]
        [TestCase(10, "assoc[0].key==act", TestName = "Commit leaves the old unit's association open")]
        [TestCase(11, "remnant==0", TestName = "Start does not finish erasing old keys")]
        [TestCase(12, "written", TestName = "A failed HLS erases the pending pairing")]
        [TestCase(13, "mused", TestName = "Meter: counter durable after its use")]
        [TestCase(14, "cused", TestName = "Unit: counter durable after its use")]
        [TestCase(15, "holds[owner[act]]", TestName = "A plain refusal erases the ticket")]
        [TestCase(16, "cuAct[0]<=act", TestName = "A plain 'committed already' is believed")]
        [TestCase(17, "cuAct[0]<=act", TestName = "HLS success is taken as proof of commit")]
        [TestCase(18, "holds[owner[act]]", TestName = "Tickets are erased before ACTIVE")]
        [TestCase(19, "holds[owner[act]]", TestName = "A tombstone is not verified")]
        [TestCase(20, "owner[cuAct[0]]==0", TestName = "A unit opens another unit's ticket")]
        public static void Without_a_rule_an_invariant_breaks(int rule, string invariant)
        {
            Promises.Break(Factory.Value.Search(null, rule), invariant);
        }

        [TestCase(26, "cused", TestName = "Unit: the record has one value of a doubled block, not both")]
        [TestCase(21, "cused", TestName = "A ticket put back starts its counter where it did")]
        [TestCase(22, "wire.ch==ch", TestName = "Meter: a request may leap to where an earlier start counted")]
        public static void Without_a_rule_of_counters_harm_is_done(int rule, string invariant)
        {
            Promises.Break(LostStore.Value.Search(null, rule), invariant);
        }

        [TestCase(27, "cused", TestName = "A ticket of before a tombstone is opened again")]
        public static void Without_a_rule_a_ticket_that_is_not_erased_does_harm(int rule, string invariant)
        {
            Promises.Break(StuckStore.Value.Search(null, rule), invariant);
        }

        [TestCase(25, "holds[owner[act]]", TestName = "A third ticket takes the place of the older of two that were used")]
        public static void Without_a_rule_a_third_ticket_does_harm(int rule, string invariant)
        {
            Promises.Break(TwoPlaces.Value.Search(null, rule), invariant);
        }

        [TestCase(23, "agree", TestName = "The commit's reply decides, not the state")]
        [TestCase(24, "retire", TestName = "Nobody reads the tombstone")]
        public static void Without_a_rule_it_comes_to_no_good_end(int rule, string formula)
        {
            Promises.Break(GoodEnd.Value.Search(formula, rule), "acceptance cycle");
        }
    }
}
