using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Keys;
using NanoComm.Tests.Host.Simulators;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>The Order box, as the page lays it out; orders and answers are bytes whose ids the test chooses.</summary>
    [Parallelizable]
    public class ServerOrderBoxTests
    {
        private const string Box = "0.0.96.130.1.255";
        private const byte Success = 0;
        private const byte TemporaryFailure = 2;
        private const byte Denied = 3;
        private const byte ObjectUndefined = 4;
        private const byte TypeUnmatched = 12;

        private static readonly PairingKeys Unit = PairingBench.Pairing(5);
        private static readonly PairingKeys SameUnitLater = PairingBench.Pairing(6);
        private static readonly PairingKeys OtherUnit = PairingBench.Pairing(6, 2);
        private static readonly byte[] Empty = [9, 0];

        [TestCase(1)]
        [TestCase(2)]
        public void BothKeyedAssociationsReadAnEmptyBox(int sap)
        {
            ServerClient client = Associate(Make(), sap);

            Assert.That(client.Get(8193, Box, 1), Is.EqualTo(new byte[] { 9, 6, 0, 0, 96, 130, 1, 255 }));
            Assert.That(client.Get(8193, Box, 2), Is.EqualTo(Empty));
            Assert.That(client.Get(8193, Box, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 0 }));
            Assert.That(client.Get(8193, Box, 4), Is.EqualTo(Empty));
            Assert.That(client.TryGet(8193, Box, 5, null, out byte result), Is.Null);
            Assert.That(result, Is.EqualTo(ObjectUndefined));
        }

        [TestCase(3)]
        [TestCase(16)]
        public void NobodyElseSeesIt(int sap)
        {
            PairingBench bench = Make();
            bench.Stage(OtherUnit);
            ServerClient client = Associate(bench, sap);
            for (int attribute = 1; attribute <= 4; attribute++)
            {
                Assert.That(client.TryGet(8193, Box, attribute, null, out byte result), Is.Null, $"attribute {attribute}");
                Assert.That(result, Is.EqualTo(Denied));
            }
        }

        [TestCase(1, 1)]
        [TestCase(2, 2)]
        public void TheObjectListSaysWhichMethodIsWhose(int sap, int method)
        {
            byte[] list = Associate(Make(), sap).Get(15, "0.0.40.0.0.255", 2);
            byte[] entry =
            [
                2, 4, 0x12, 0x20, 0x01, 0x11, 0, 9, 6, 0, 0, 96, 130, 1, 255, 2, 2, 1, 4,
                .. Enumerable.Range(1, 4).SelectMany(id => new byte[] { 2, 3, 15, (byte)id, 22, 1, 0 }),
                1, 1, 2, 2, 15, (byte)method, 22, 1,
            ];

            Assert.That(list.AsSpan().IndexOf(entry), Is.GreaterThan(0));
        }

        [Test]
        public void OnlyTheUtilityPostsAndOnlyTheUnitAnswers()
        {
            PairingBench bench = Make();
            bench.Stage(OtherUnit);
            byte[] order = Order(1);

            Assert.That(Invoke(Associate(bench, 2), Post(order)), Is.EqualTo(Denied));
            Assert.That(Invoke(Associate(bench, 3), Post(order)), Is.EqualTo(Denied));
            Assert.That(Invoke(Associate(bench, 1), Answer(Reply(1))), Is.EqualTo(Denied));
            Assert.That(Invoke(Associate(bench, 3), Answer(Reply(1))), Is.EqualTo(Denied));
            Assert.That(Associate(bench, 16).Serve(Post(order)), Is.EqualTo(new byte[] { 0xD8, 2, 2 }), "no ACTION at all");
            Assert.That(bench.State.Orders.Order, Is.Empty);
            Assert.That(bench.State.Orders.Answer, Is.Empty);
            Assert.That(bench.Count(SecurityEventCode.AccessDenied), Is.EqualTo(4));
        }

        [TestCase(77u, 77u)]
        [TestCase(0u, 1u)]
        public void WhatIsPostedWaitsUntilItIsAnswered(uint hint, uint waiting)
        {
            PairingBench bench = Make();
            byte[] order = Order(1);

            Assert.That(Associate(bench, 1).Serve(Post(order, hint)), Is.EqualTo(new byte[] { 0xC7, 1, 0xC1, 0, 0 }));
            ServerClient unit = Associate(bench, 2);
            Assert.That(unit.Get(8193, Box, 2), Is.EqualTo((byte[])[9, 0x81, 219, .. order]));
            Assert.That(unit.Get(8193, Box, 3), Is.EqualTo((byte[])[6, .. ServerClient.BigEndian(waiting)]));

            byte[] reply = Reply(1);
            Assert.That(Invoke(unit, Answer(reply)), Is.EqualTo(Success));
            Assert.That(unit.Get(8193, Box, 2), Is.EqualTo(Empty));
            Assert.That(unit.Get(8193, Box, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 0 }));
            Assert.That(Associate(bench, 1).Get(8193, Box, 4), Is.EqualTo((byte[])[9, (byte)reply.Length, .. reply]));
            Assert.That(bench.Count(SecurityEventCode.OrderPosted), Is.EqualTo(1));
            Assert.That(bench.Count(SecurityEventCode.OrderAnswered), Is.EqualTo(1));
        }

        [Test]
        public void TheVectorsOfThePage()
        {
            PairingBench bench = Make();
            Assert.That(Invoke(Associate(bench, 1), Action(1, OrderVectors.Get("parameter of post, not replacing"))), Is.EqualTo(Success));
            Assert.That(bench.State.Orders.Order, Is.EqualTo(OrderVectors.Get("order file")));

            ServerClient unit = Associate(bench, 2);
            Assert.That(Invoke(unit, Action(2, OrderVectors.Get("parameter of answer, report"))), Is.EqualTo(Success));
            Assert.That(bench.State.Orders.Answer, Is.EqualTo(OrderVectors.Get("answer, report")));
            Assert.That(bench.State.Orders.Order, Is.Not.Empty, "that was the answer to another order");
            Assert.That(Invoke(unit, Action(2, OrderVectors.Get("parameter of answer"))), Is.EqualTo(Success));
            Assert.That(bench.State.Orders.Answer, Is.EqualTo(OrderVectors.Get("answer")));
            Assert.That(bench.State.Orders.Order, Is.Empty);
        }

        [Test]
        public void AnOrderThatWaitsGivesWayOnlyWhenTheUtilitySaysSo()
        {
            PairingBench bench = Make();
            ServerClient utility = Associate(bench, 1);
            Invoke(utility, Post(Order(1)));

            Assert.That(Invoke(utility, Post(Order(2))), Is.EqualTo(Denied));
            Assert.That(bench.State.Orders.Order, Is.EqualTo(Order(1)));
            Assert.That(bench.Count(SecurityEventCode.OrderRefused), Is.EqualTo(1));

            Assert.That(Invoke(utility, Post(Order(2), 5, isToReplace: true)), Is.EqualTo(Success));
            Assert.That(bench.State.Orders.Order, Is.EqualTo(Order(2)));
            Assert.That(bench.State.Orders.Waiting, Is.EqualTo(5));
        }

        [Test]
        public void AnAnswerToAnotherOrderIsKeptAndTheOrderWaitsOn()
        {
            PairingBench bench = Make();
            Invoke(Associate(bench, 1), Post(Order(1)));
            ServerClient unit = Associate(bench, 2);
            byte[] almost = Reply(1);
            almost[24] ^= 1;
            byte[][] others = [Reply(2), almost, Reply(1)[..24], [2], new byte[200]];
            foreach (byte[] other in others)
            {
                Assert.That(Invoke(unit, Answer(other)), Is.EqualTo(Success));
                Assert.That(bench.State.Orders.Answer, Is.EqualTo(other));
                Assert.That(bench.State.Orders.Order, Is.EqualTo(Order(1)));
                Assert.That(bench.State.Orders.Waiting, Is.EqualTo(1));
            }

            Assert.That(Invoke(unit, Answer(Reply(1)[..25])), Is.EqualTo(Success), "the id decides, whatever follows");
            Assert.That(bench.State.Orders.Order, Is.Empty);
        }

        [Test]
        public void APostLeavesTheAnswerOfBefore()
        {
            PairingBench bench = Make();
            ServerClient unit = Associate(bench, 2);
            Invoke(unit, Answer(Reply(9)));
            Assert.That(bench.State.Orders.Answer, Is.EqualTo(Reply(9)), "nothing waits: it came by hand");

            Invoke(Associate(bench, 1), Post(Order(1)));
            Assert.That(bench.State.Orders.Answer, Is.EqualTo(Reply(9)), "it names its order");
            Invoke(unit, Answer(Reply(1)));
            Assert.That(bench.State.Orders.Answer, Is.EqualTo(Reply(1)));
        }

        [Test]
        public void WhatIsNoOrderIsRefused()
        {
            PairingBench bench = Make();
            ServerClient utility = Associate(bench, 1);
            byte[] order = Order(1);
            byte[][] parameters =
            [
                PostParameter([.. "NCT1"u8, .. order[4..]], 1, false),
                PostParameter([.. "NCB1"u8, .. order[4..]], 1, false),
                PostParameter([], 1, false),
                PostParameter("NCO"u8.ToArray(), 1, false),
                PostParameter([.. order, .. new byte[38]], 1, false),
                [2, 2, .. OctetString(order), 6, 0, 0, 0, 1],
                [2, 4, .. PostParameter(order, 1, false)[2..], 0],
                [2, 3, .. OctetString(order), 6, 0, 0, 0, 1, 17, 1],
                [2, 3, .. OctetString(order), 18, 0, 1, 3, 1],
                [1, 3, .. PostParameter(order, 1, false)[2..]],
                OctetString(order),
            ];
            foreach (byte[] parameter in parameters)
            {
                Assert.That(Invoke(utility, Action(1, parameter)), Is.EqualTo(TypeUnmatched), Convert.ToHexString(parameter));
            }

            Assert.That(Invoke(utility, [0xC3, 1, 0xC1, 0x20, 0x01, .. ServerClient.Name(Box), 1, 0]),
                Is.EqualTo(TypeUnmatched), "no parameter");
            Assert.That(bench.State.Orders.Order, Is.Empty);
            Assert.That(bench.Count(SecurityEventCode.OrderRefused), Is.EqualTo(parameters.Length + 1));
            Assert.That(Invoke(utility, Post([.. order, .. new byte[37]])), Is.EqualTo(Success), "256 bytes");
            Assert.That(Invoke(utility, Post("NCO1"u8.ToArray(), 1, true)), Is.EqualTo(Success), "the label alone");
        }

        [Test]
        public void WhatIsNoAnswerIsRefused()
        {
            PairingBench bench = Make();
            ServerClient unit = Associate(bench, 2);
            foreach (byte[] parameter in new[] { OctetString([]), OctetString(new byte[201]), [6, 0, 0, 0, 1], [2, 1, 9, 1, 2] })
            {
                Assert.That(Invoke(unit, Action(2, parameter)), Is.EqualTo(TypeUnmatched), Convert.ToHexString(parameter));
            }

            Assert.That(bench.Count(SecurityEventCode.AnswerRefused), Is.EqualTo(4));
            Assert.That(bench.State.Orders.Answer, Is.Empty);
        }

        [Test]
        public void AStoreThatRefusesHasChangedNothingOrAll()
        {
            var store = new RefusingSlots(new MemoryFiles());
            MeteringUnitState state = MeteringUnitState.MakeFactory(store, PairingBench.MeterTitle, "S1", PairingBench.Kek,
                PairingBench.ProofKey, null);
            state.Pair(Unit);
            var energy = new SimulatedMeteringUnit(HouseholdData.Recorded, new ManualClock(), PairingBench.Start, 1);
            var server = new MeteringUnitServer(energy, state, new ManualClock(), new SeededRandom(1));
            var unit = new ServerClient(server, 2, Unit, PairingBench.MeterTitle);
            unit.Associate();
            state.Orders.Put(Order(1), 1);
            store.Refuses = true;

            Assert.That(Invoke(unit, Answer(Reply(1))), Is.EqualTo(TemporaryFailure));
            Assert.That(state.Orders.Put(Order(2), 2), Is.False);
            Assert.That(state.Orders.Order, Is.EqualTo(Order(1)));
            Assert.That(state.Orders.Waiting, Is.EqualTo(1));
            Assert.That(state.Orders.Answer, Is.Empty);
            Assert.That(state.Events.NewestFirst(1)[0].Code, Is.EqualTo(SecurityEventCode.AnswerRefused));

            store.TakesAllTheSame = true;
            Assert.That(Invoke(unit, Answer(Reply(1))), Is.EqualTo(Success));
            Assert.That(state.Orders.Order, Is.Empty);
            Assert.That(new OrderSlot(store, state.Slots).Answer, Is.EqualTo(Reply(1)));
        }

        [Test]
        public void ACommitOfAnotherUnitTakesTheOrderOutAndOneOfTheSameUnitDoesNot()
        {
            PairingBench bench = Make();
            Invoke(Associate(bench, 2), Answer(Reply(9)));
            Invoke(Associate(bench, 1), Post(Order(1)));
            bench.Exchange(SameUnitLater);
            Assert.That(bench.State.Orders.Order, Is.EqualTo(Order(1)), "rotation");

            bench.Exchange(PairingBench.Pairing(7, 2));
            Assert.That(bench.State.Orders.Order, Is.Empty);
            Assert.That(bench.State.Orders.Waiting, Is.Zero);
            Assert.That(bench.State.Orders.Answer, Is.EqualTo(Reply(9)), "the last word of the unit before");
            bench.Server.Restart();
            Assert.That(bench.State.Orders.Order, Is.Empty);
            Assert.That(bench.State.Orders.Answer, Is.EqualTo(Reply(9)));
        }

        [Test]
        public void APostedOrderSurvivesAStart()
        {
            PairingBench bench = Make();
            Invoke(Associate(bench, 1), Post(Order(1), 77));
            bench.Server.Restart();

            Assert.That(bench.State.Orders.Order, Is.EqualTo(Order(1)));
            Assert.That(bench.State.Orders.Waiting, Is.EqualTo(77));
        }

        // At every point of post, answer, replacement and commit; what was said to be done is done.
        [Test]
        public void AfterAPowerCutAnywhereTheBoxIsAsBeforeOrAsAfter()
        {
            Action<PairingBench>[] steps =
            [
                bench => Invoke(Associate(bench, 1), Post(Order(1), 11)),
                bench => Invoke(Associate(bench, 1), Post(Order(2), 22, true)),
                bench => Invoke(Associate(bench, 2), Answer(Reply(2))),
                bench => Invoke(Associate(bench, 1), Post(Order(3), 33)),
                bench => bench.Exchange(OtherUnit),
            ];
            var medium = new MemoryFiles();
            PairingBench whole = Make(medium);
            int points = 0;
            foreach (Action<PairingBench> step in steps)
            {
                string before = Describe(whole);
                var started = new MemoryFiles(medium);
                step(whole);
                string after = Describe(whole);
                points += Cut(started, step, before, after);
            }

            TestContext.Out.WriteLine($"{points} cut points");
            Assert.That(points, Is.GreaterThan(1000));
        }

        [Test]
        public void TheBoxLiesAsItsSwitchesSay()
        {
            PairingBench bench = Make();
            MeteringUnitFaults faults = bench.Server.Faults;
            ServerClient unit = Associate(bench, 2);
            byte number = 1;
            faults.GivesOrder = () => Order(number++);
            Assert.That(unit.Get(8193, Box, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 1 }), "nothing waits");
            Assert.That(unit.Get(8193, Box, 2), Is.EqualTo(OctetString(Order(1))));
            Assert.That(unit.Get(8193, Box, 2), Is.EqualTo(OctetString(Order(2))), "another one at each reading");
            faults.HalvesOrders = true;
            Assert.That(unit.Get(8193, Box, 2), Is.EqualTo(OctetString(Order(3)[..109])));
            faults.HalvesOrders = false;
            faults.GivesOrder = null;
            Invoke(Associate(bench, 1), Post(Order(7), 77));
            Assert.That(Associate(bench, 2).Get(8193, Box, 2), Is.EqualTo(OctetString(Order(7))));

            faults.LosesAnswers = true;
            unit = Associate(bench, 2);
            Assert.That(Invoke(unit, Answer(Reply(7))), Is.EqualTo(Success));
            Assert.That(bench.State.Orders.Order, Is.EqualTo(Order(7)));
            Assert.That(bench.State.Orders.Answer, Is.Empty);
            faults.LosesAnswers = false;
            faults.AlwaysHints = true;
            Invoke(unit, Answer(Reply(7)));
            Assert.That(unit.Get(8193, Box, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 1 }));
            Assert.That(unit.Get(8193, Box, 2), Is.EqualTo(Empty));
            faults.AlwaysHints = false;
            Assert.That(unit.Get(8193, Box, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 0 }));
        }

        [Test]
        public void AUnitWithoutTheBoxSaysThatThereIsNone()
        {
            PairingBench bench = Make();
            bench.Server.Quirks.Miss(Box);
            ServerClient unit = Associate(bench, 2);
            for (int attribute = 1; attribute <= 4; attribute++)
            {
                Assert.That(unit.TryGet(8193, Box, attribute, null, out byte result), Is.Null);
                Assert.That(result, Is.EqualTo(ObjectUndefined));
            }

            Assert.That(Invoke(unit, Answer(Reply(1))), Is.EqualTo(ObjectUndefined));
            Assert.That(Invoke(Associate(bench, 1), Post(Order(1))), Is.EqualTo(ObjectUndefined));
        }

        private static PairingBench Make(MemoryFiles medium = null)
        {
            var bench = new PairingBench(medium);
            bench.Exchange(Unit);
            return bench;
        }

        private static int Cut(MemoryFiles started, Action<PairingBench> step, string before, string after)
        {
            for (int point = 0; ; point += Effort.Step)
            {
                var bench = new PairingBench(new MemoryFiles(started));
                bench.Power.CutAtPoint(point);
                bool isSaid = false;
                try
                {
                    step(bench);
                    isSaid = true;
                }
                catch (Exception) when (bench.Power.IsOff)
                {
                    // The client waits for an answer that does not come.
                }

                if (!bench.Power.IsOff)
                {
                    return point;
                }

                bench.Power.Restore();
                bench.Server.Restart();
                string left = Describe(bench);
                Assert.That(left, Is.EqualTo(after).Or.EqualTo(before), $"cut at point {point}");
                Assert.That(!isSaid || left == after, Is.True, $"said to be done, cut at point {point}");
            }
        }

        // Order and answer count for one unit.
        private static string Describe(PairingBench bench)
        {
            OrderSlot slot = bench.State.Orders;
            return $"{Convert.ToHexString(bench.State.Pairing.ClientTitle)} {Convert.ToHexString(slot.Order)} {slot.Waiting} "
                + Convert.ToHexString(slot.Answer);
        }

        private static ServerClient Associate(PairingBench bench, int sap)
        {
            return bench.Associated((byte)sap, sap switch
            {
                1 => bench.Utility,
                2 => bench.State.Slots.CommittedEpoch == Unit.Epoch ? Unit : SameUnitLater,
                3 => OtherUnit,
                _ => null,
            });
        }

        private static byte[] Order(byte id)
        {
            return [.. "NCO1"u8, 0, 213, 0xDD, 0x10, .. Id(id), .. Enumerable.Repeat((byte)(id * 3), 219 - 24)];
        }

        private static byte[] Reply(byte id)
        {
            return [2, .. Unit.ClientTitle, .. Id(id), .. Enumerable.Repeat((byte)(id * 5), 49)];
        }

        private static IEnumerable<byte> Id(byte id)
        {
            return Enumerable.Range(0, 16).Select(i => (byte)(id + (i * 16)));
        }

        private static byte[] OctetString(byte[] value)
        {
            return value.Length < 0x80 ? [9, (byte)value.Length, .. value]
                : value.Length <= 0xFF ? [9, 0x81, (byte)value.Length, .. value]
                : [9, 0x82, (byte)(value.Length >> 8), (byte)value.Length, .. value];
        }

        private static byte[] PostParameter(byte[] order, uint hint, bool isToReplace)
        {
            return [2, 3, .. OctetString(order), 6, .. ServerClient.BigEndian(hint), 3, isToReplace ? (byte)1 : (byte)0];
        }

        private static byte[] Post(byte[] order, uint hint = 1, bool isToReplace = false)
        {
            return Action(1, PostParameter(order, hint, isToReplace));
        }

        private static byte[] Answer(byte[] answer)
        {
            return Action(2, OctetString(answer));
        }

        private static byte[] Action(byte method, byte[] parameter)
        {
            return [0xC3, 1, 0xC1, 0x20, 0x01, .. ServerClient.Name(Box), method, 1, .. parameter];
        }

        private static byte Invoke(ServerClient client, byte[] request)
        {
            byte[] response = client.Serve(request);
            Assert.That(response, Is.EqualTo(new byte[] { 0xC7, 1, 0xC1, response[3], 0 }));
            return response[3];
        }
    }
}
