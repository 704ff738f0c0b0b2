using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Dlms;
using NanoComm.Tests.Host.Tools;

namespace NanoComm.Tests.Host.Meter
{
    /// <summary><c>order post</c> and <c>order status</c>: by the metering unit, and by hand.</summary>
    public class OrderCommandTests
    {
        private const string Box = "0.0.96.130.1.255";
        private const string Unit = "4E43430000000001";
        private const string Title = "4E434D0000000001";

        [TestCase(false)]
        [TestCase(true)]
        public void AnOrderWaitsInTheMeterUntilTheAnswerComes(bool isWrapped)
        {
            using var site = new MeterSite(isWrapped);
            site.State.Pair(PairingBench.Pairing(5));
            AssertSays(site.Run("order", "status"), 1, $"No order waits in the meter {Title}.", "There is no answer.");

            AssertSays(Post(site, Order(1)), 0, $"unit          {Unit}", $"It is in the Order box of the meter {Title}");
            Assert.That(site.State.Orders.Order, Is.EqualTo(Order(1)));
            Assert.That(site.State.Orders.Waiting, Is.EqualTo(0x01112131));
            AssertSays(site.Run("order", "status", "--out", site.In("answer")), 1,
                $"An order waits unanswered in the meter {Title}: order 0111213141", $"for the unit {Unit}", "There is no answer.");
            Assert.That(File.Exists(site.In("answer")), Is.False);

            byte[] answer = Answer(1, result: 5);
            site.State.Orders.Keep(answer, isToTheOrder: true);
            AssertSays(site.Run("order", "status", "--out", site.In("answer")), 0, "No order waits", "WPA2 or WPA3", "number        77",
                "2026-06-15 10:30:00", "kms answer tells", $"kms answer {site.In("answer")}");
            Assert.That(File.ReadAllBytes(site.In("answer")), Is.EqualTo(answer));

            Post(site, Order(2));
            AssertSays(site.Run("order", "status", "--out", site.In("answer")), 1, "An order waits unanswered", "to an order before that one",
                "number        77");
        }

        [Test]
        public void AnOrderThatWaitsIsReplacedOnlyWhenThatIsSaid()
        {
            using var site = new MeterSite();
            Post(site, Order(1));

            (int exitCode, _, string error) = Post(site, Order(2));
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain($"another order waits unanswered in the meter {Title}").And.Contain("--replace"));
            Assert.That(site.State.Orders.Order, Is.EqualTo(Order(1)));

            AssertSays(Post(site, Order(2), "--replace"), 0, "It is in the Order box");
            Assert.That(site.State.Orders.Order, Is.EqualTo(Order(2)));
        }

        [Test]
        public void AnOrderForAnotherUnitThanTheOnePairedHereIsNotPosted()
        {
            using var site = new MeterSite();
            PairingKeys other = PairingBench.Pairing(5, 2);
            site.State.Slots.Stage(other);
            site.State.Slots.Commit([1, .. PairingBench.MeterTitle, .. other.ClientTitle, .. new byte[64]], []);

            AssertFails(Post(site, Order(1)), $"is paired with the unit 4E43430000000002, and the order is for {Unit}");
            Assert.That(site.State.Orders.Order, Is.Empty);
        }

        [Test]
        public void AMeterWithoutABoxIsToldWithTheOtherWay()
        {
            using var site = new MeterSite();
            site.Server.Quirks.Miss(Box);

            AssertFails(Post(site, Order(1)), $"the metering unit {Title} has no Order box (0-0:96.130.1.255): take the order to the unit by hand");
            AssertFails(site.Run("order", "status"), "has no Order box");
        }

        [Test]
        public void AStoreThatRefusesIsTold()
        {
            using var site = new MeterSite();
            site.Run("order", "status");
            site.Store.Refuses = true;

            AssertFails(Post(site, Order(1)), "its store did not take it");
            AssertFails(Post(site, Order(1), "--replace"), "its store did not take it");
        }

        [Test]
        public void AnAnswerThatMakesNoSenseIsShownAndFetchedAllTheSame()
        {
            using var site = new MeterSite();
            site.State.Orders.Keep([2, 3, 4], isToTheOrder: false);

            AssertSays(site.Run("order", "status", "--out", site.In("answer")), 0, "There is an answer of 3 bytes, but this is not");
            Assert.That(File.ReadAllBytes(site.In("answer")), Is.EqualTo(new byte[] { 2, 3, 4 }));
        }

        [Test]
        public void AnOrderInTheBoxThatIsNoneIsToldSo()
        {
            using var site = new MeterSite();
            site.Server.Faults.HalvesOrders = true;
            Post(site, Order(1));

            AssertSays(site.Run("order", "status"), 1, "one that is cut off or damaged");
        }

        [TestCase("ticket")]
        [TestCase("cut")]
        [TestCase("long")]
        [TestCase("none")]
        public void WhatIsNoOrderIsNotTried(string what)
        {
            using var site = new MeterSite();
            byte[] order = Order(1);
            byte[] bytes = what switch
            {
                "ticket" => [.. "NCT1"u8, .. order[4..]],
                "cut" => order[..218],
                "long" => [.. order, 0],
                _ => [],
            };

            AssertFails(Post(site, bytes), what is "cut" or "long" ? "is cut off or damaged" : "this is not an order file");
            Assert.That(site.Received, Is.Empty);
        }

        [TestCase("order", "status")]
        [TestCase("order", "post", "--file", "x")]
        [TestCase("order", "status", "--mu", "tcp:127.0.0.1:1")]
        [TestCase("order", "post", "--file", "x", "--mu", "tcp:127.0.0.1:1")]
        [TestCase("order", "post", "--file", "x", "--store", "a", "--port", "b", "--unit", Unit)]
        [TestCase("order", "post", "--file", "x", "--port", "b")]
        public void WaysThatMakeNoSenseAreRefused(params string[] arguments)
        {
            AssertFails(MeterSite.RunPlain(arguments), "order ");
        }

        [Test]
        public void ByHandItGoesIntoTheInboxOfItsUnit()
        {
            using var folder = new TemporaryFolder();
            string store = Path.Combine(folder.Path, "unit");
            DurableStore records = MakeUnit(store, Unit);
            string file = Write(folder, Order(1));

            AssertSays(MeterSite.RunPlain("order", "post", "--file", file, "--store", store), 0, $"in the inbox of the unit {Unit}");
            Assert.That(Read(records, "ticket-in"), Is.EqualTo(Order(1)));
            AssertFails(MeterSite.RunPlain("order", "post", "--file", file, "--store", store), "something waits in", isAfterOutput: true);
            records.Delete("ticket-in");
            AssertFails(MeterSite.RunPlain("order", "post", "--file", Write(folder, Order(1, 9)), "--store", store),
                $"this is the unit {Unit}, and the order is for 4E43430000000009", isAfterOutput: true);
            Assert.That(records.LengthOf("ticket-in"), Is.LessThan(0));
        }

        [Test]
        public void AUnitThatOpensNoOrdersGetsNone()
        {
            using var folder = new TemporaryFolder();
            string store = Path.Combine(folder.Path, "unit");
            Directory.CreateDirectory(store);

            AssertFails(MeterSite.RunPlain("order", "post", "--file", Write(folder, Order(1)), "--store", store), "has no factory keys",
                isAfterOutput: true);
            AssertFails(MeterSite.RunPlain("order", "post", "--file", Write(folder, Order(1)), "--store", store + "x"), "there is no folder",
                isAfterOutput: true);
        }

        [Test]
        public void WhatAUnitHasTakenIsReadFromItsRecord()
        {
            using var folder = new TemporaryFolder();
            DurableStore records = MakeUnit(folder.Path, Unit);
            string[] status = ["order", "status", "--store", folder.Path, "--out", Path.Combine(folder.Path, "answer")];
            AssertSays(MeterSite.RunPlain(status), 1, "The unit has taken no order.");

            byte[] head = [0, 0, 0, 77, .. Id(1), .. PairingBench.MeterTitle, 0, 0, 0, 0, 0];
            Write(records, "order", [.. head, 0, 0, .. Order(1)[6..]]);
            AssertSays(MeterSite.RunPlain(status), 1, "Taken, and being carried out", "number        77", $"meter         {Title}");
            Assert.That(File.Exists(status[^1]), Is.False, "what is sealed is no answer");

            byte[] answer = Answer(1, 0);
            Write(records, "order", [.. head, 1, 0, .. answer]);
            Write(records, "ticket-in", Order(2));
            AssertSays(MeterSite.RunPlain(status), 0, "Something waits in the unit's inbox", "the meter has not fetched the answer yet",
                "Answer: done");
            Assert.That(File.ReadAllBytes(status[^1]), Is.EqualTo(answer));
            Write(records, "order", [.. head, 2, 0, .. answer]);
            AssertSays(MeterSite.RunPlain(status), 0, "the meter has the answer");

            Write(records, "order", [.. head, 3, 0, .. answer]);
            AssertFails(MeterSite.RunPlain(status), "is of a form that this program does not know", isAfterOutput: true);
            Write(records, "order", head);
            AssertFails(MeterSite.RunPlain(status), "is of a form that this program does not know", isAfterOutput: true);
        }

        private static (int ExitCode, string Output, string Error) Post(MeterSite site, byte[] order, params string[] more)
        {
            File.WriteAllBytes(site.In("order"), order);
            return site.Run(["order", "post", "--file", site.In("order"), .. more]);
        }

        private static string Write(TemporaryFolder folder, byte[] order)
        {
            string path = Path.Combine(folder.Path, "order.nco");
            File.WriteAllBytes(path, order);
            return path;
        }

        private static DurableStore MakeUnit(string folder, string title)
        {
            var records = new DurableStore(new FolderFiles(folder));
            Write(records, "factory", [.. Convert.FromHexString(title), .. new byte[48]]);
            return records;
        }

        private static void Write(DurableStore records, string name, byte[] content)
        {
            Assert.That(records.Write(name, content, content.Length));
        }

        private static byte[] Read(DurableStore records, string name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            return buffer[..records.Read(name, buffer)];
        }

        private static byte[] Id(byte id)
        {
            return Enumerable.Range(0, 16).Select(i => (byte)(id + (i * 16))).ToArray();
        }

        // Sealed as the page says, under no key at all.
        private static byte[] Order(byte id, byte unit = 1)
        {
            return
            [
                .. "NCO1"u8, 0, 213, 0xDD, 0x10, .. Id(id), 8, .. "NCKMSKMS"u8, 8, .. Convert.FromHexString(Unit[..14]), unit,
                0, 0, 1, 1, 0, 0x18, .. new byte[24], 0x81, 0x91, 0x30, 0, 0, 0, 0, .. Enumerable.Repeat(id, 140),
            ];
        }

        private static byte[] Answer(byte id, byte result)
        {
            return [2, .. Convert.FromHexString(Unit), .. Id(id), 0, 0, 0, 77, result, 0, 0, 0, 0, 0, 7, 0xEA, 6, 15, 1, 10, 30, 0, 0, 0xFD, 0xE4, 0,
                .. new byte[32]];
        }

        private static void AssertSays((int ExitCode, string Output, string Error) run, int exitCode, params string[] what)
        {
            Assert.That(run.Error, Is.Empty);
            Assert.That(run.ExitCode, Is.EqualTo(exitCode));
            foreach (string each in what)
            {
                Assert.That(run.Output, Does.Contain(each));
            }
        }

        private static void AssertFails((int ExitCode, string Output, string Error) run, string what, bool isAfterOutput = false)
        {
            Assert.That(run.Error, Does.Contain(what));
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(isAfterOutput || run.Output.Length == 0 || run.Output.StartsWith("Order\n"), run.Output);
        }
    }
}
