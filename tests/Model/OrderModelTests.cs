using System;
using NUnit.Framework;

namespace NanoComm.Tests.Model
{
    /// <summary>Orders keep their promises in every state that the model can get into; and with any one rule taken away they
    /// do not.</summary>
    [TestFixture]
    [Parallelizable(ParallelScope.All)]
    internal static class OrderModelTests
    {
        private const string Model = "orders.pml";

        private static readonly Lazy<Verifier> Exchange = new(() => new Verifier(Model, "-DMUTANTS -DNUMBERS=4", "-O1"));
        private static readonly Lazy<Verifier> Moving =
            new(() => new Verifier(Model, "-DMUTANTS -DNUMBERS=4 -DUNITS=1 -DMETERS=2", "-O1"));

        private static readonly Lazy<Verifier> BadStore =
            new(() => new Verifier(Model, "-DMUTANTS -DNUMBERS=4 -DFAULTS", "-O1"));

        private static readonly Lazy<Verifier> LostStore =
            new(() => new Verifier(Model, "-DNUMBERS=3 -DUNITS=1 -DWIPE", "-O0"));

        private static readonly Lazy<Verifier> NewTicket =
            new(() => new Verifier(Model, "-DNUMBERS=4 -DUNITS=1 -DWIPE -DNEWER", "-O0"));

        private static readonly Lazy<Verifier> Office =
            new(() => new Verifier(Model, "-DMUTANTS -DNUMBERS=3 -DQUIET", "-O1"));

        private static readonly Lazy<SearchResult> BadStoreResult = new(() => BadStore.Value.Search(null, 0));

        [OneTimeSetUp]
        public static void Look_for_spin()
        {
            Promises.NeedSpin();
        }

        [OneTimeTearDown]
        public static void Clean()
        {
            Promises.Clean(Exchange, Moving, BadStore, LostStore, NewTicket, Office);
        }

        [Test]
        public static void Orders_and_tickets_for_the_old_unit_and_the_new_one()
        {
            Promises.Hold(Exchange.Value.Search(null, 0));
        }

        [Test]
        public static void A_unit_that_moves_from_meter_to_meter()
        {
            Promises.Hold(Moving.Value.Search(null, 0));
        }

        [Test]
        public static void A_store_that_fails_or_says_so()
        {
            Promises.Hold(BadStoreResult.Value);
        }

        [Test]
        public static void A_lost_store_and_a_ticket_of_after_it()
        {
            Promises.Hold(NewTicket.Value.Search(null, 0), 20_000);
        }

        // The limit that docs/attacks.md states.
        [Test]
        public static void A_lost_store_and_the_ticket_of_before_it_give_old_orders_effect()
        {
            Promises.Break(LostStore.Value.Search(null, 0), "denied");
        }

        [Test]
        public static void In_the_end_the_key_office_has_a_word_on_every_order()
        {
            Promises.Hold(Office.Value.Search("told", 0));
        }

        // Or the model would hold for the wrong reason.
        [Test]
        public static void Every_statement_is_reached()
        {
            Promises.ReachEveryStatement(BadStore.Value, BadStoreResult.Value);
        }

        [TestCase(1, "touched", TestName = "Orders: the number is recorded, not what is to be done")]
        [TestCase(2, "touched", TestName = "Orders: effect before record")]
        [TestCase(3, "finished", TestName = "Orders: answer before effect")]
        [TestCase(4, "touched", TestName = "Orders: the start does not carry out what was taken")]
        [TestCase(5, "highest", TestName = "Orders: number not compared with the last one")]
        [TestCase(6, "act[", TestName = "Orders: number not compared with the pairing's epoch")]
        [TestCase(7, "denied", TestName = "Orders: a refused one is not recorded")]
        [TestCase(8, "denied", TestName = "Orders: an expired one is not recorded")]
        [TestCase(11, "owner[n]", TestName = "Orders: one for another unit is opened")]
        [TestCase(13, "act[", TestName = "Orders: taken without a reading")]
        [TestCase(15, "policy[0]", TestName = "Orders: the tombstone takes the pairing before it closes")]
        [TestCase(17, "owner[act[m]]", TestName = "Orders: the tombstone of a rotation closes")]
        [TestCase(22, "left[0]", TestName = "Orders: the commit of another unit leaves the box full")]
        public static void Without_a_rule_of_orders_harm_is_done(int rule, string property)
        {
            Promises.Break(Exchange.Value.Search(null, rule), property);
        }

        [TestCase(9, "denied", TestName = "Orders: one for another meter is not recorded")]
        [TestCase(10, "denied", TestName = "Orders: one of before the pairing is not recorded")]
        [TestCase(12, "meter[n]", TestName = "Orders: one for another meter is obeyed")]
        [TestCase(18, "meter[policy[0]]", TestName = "Orders: going to another meter closes nothing")]
        public static void Without_a_rule_of_moving_harm_is_done(int rule, string property)
        {
            Promises.Break(Moving.Value.Search(null, rule), property);
        }

        [TestCase(16, "policy[0]", TestName = "Orders: what did not close ends the pairing")]
        [TestCase(19, "meter[n]", TestName = "Orders: what was taken is carried out without its pairing")]
        [TestCase(20, "touched", TestName = "Orders: answered for what the store did not take")]
        [TestCase(21, "gone", TestName = "Orders: what was taken outlives its pairing until the next start")]
        public static void Without_a_rule_of_the_store_harm_is_done(int rule, string property)
        {
            Promises.Break(BadStore.Value.Search(null, rule), property);
        }

        [TestCase(14, "touched", TestName = "Orders: an answer does not say what became of the one before")]
        [TestCase(23, "acceptance cycle", TestName = "Orders: any answer takes out what waits")]
        [TestCase(24, "acceptance cycle", TestName = "Orders: an answer is done with before it was handed over")]
        public static void Without_a_rule_the_key_office_is_not_told(int rule, string property)
        {
            Promises.Break(Office.Value.Search("told", rule), property);
        }
    }
}
