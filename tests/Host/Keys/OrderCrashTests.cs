using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The program that makes orders: two of it at once, and killed in the middle.</summary>
    [Parallelizable]
    internal sealed class OrderCrashTests
    {
        private const string Meter = "4E434D0000000001";
        private const string Unit = "4E43430000000001";

        private LedgerFixture _f;
        private Dictionary<string, string> _environment;

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture();
            _environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = _f.LedgerPath,
                ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
            };
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        [Test]
        public void Two_clerks_who_order_the_same_unit_at_once_leave_one_open_order_and_the_other_replaced()
        {
            using var first = new ToolProgram(_f.Folder, _environment, Order("wifi-off", "first.nco"));
            using var second = new ToolProgram(_f.Folder, _environment, Order("close", "second.nco"));
            Assert.That(new[] { first.End().ExitCode, second.End().ExitCode }, Is.All.Zero);
            List<OrderEntry> orders = _f.Orders();
            Assert.That(orders.Select(order => order.State), Is.EqualTo(new[] { OrderState.Open, OrderState.Replaced }));
            Assert.That(new[] { "first.nco", "second.nco" }.Select(file => Opened(file).Number),
                Is.EquivalentTo(orders.Select(order => order.Number)));
        }

        // Killed while the ledger is written, and as soon as it was. What lies between entry and file is too short to be met for
        // sure: in KmsOrderTests the file cannot be written, which leaves the same behind.
        [Test]
        public void Killed_at_any_moment_it_leaves_no_file_without_an_entry_and_an_open_order_whose_file_can_be_made_again()
        {
            const int Kills = 10;
            var random = new Random(20261129);
            int cutShort = 0;
            int withoutFile = 0;
            for (int kill = 0; kill < Kills; kill++)
            {
                string file = $"{kill}.nco";
                bool isAfterEntry = kill % 2 == 0;
                int before = _f.Orders().Count;
                using var program = new ToolProgram(_f.Folder, _environment, Order("close", file));
                while (!program.HasEnded && (isAfterEntry ? _f.Orders().Count == before : !File.Exists(_f.LedgerPath + "-journal")))
                {
                    Thread.Yield();
                }

                Thread.Sleep(isAfterEntry ? 0 : random.Next(12));
                cutShort += program.HasEnded ? 0 : 1;
                program.Kill();

                OrderEntry[] open = _f.Orders().Where(order => order.State == OrderState.Open).ToArray();
                Assert.That(open, Has.Length.LessThanOrEqualTo(1));
                Assert.That(uint.Parse(File.ReadAllText(_f.MarkPath)), Is.AtLeast(_f.Orders().Select(order => order.Number).DefaultIfEmpty().Max()));
                foreach (string written in Directory.GetFiles(_f.Folder, "*.nco"))
                {
                    Assert.That(_f.Orders().Any(order => order.Id == Opened(written).Id), $"{written} is in the ledger");
                }

                if (open.Length == 1)
                {
                    bool isWritten = Directory.GetFiles(_f.Folder, "*.nco").Any(written => Opened(written).Id == open[0].Id);
                    withoutFile += isWritten ? 0 : 1;
                    using var again = new ToolProgram(_f.Folder, _environment, "kms", "order", "again", "--cu", Unit, "--out", "again.nco", "--replace");
                    Assert.That(again.End().ExitCode, Is.Zero);
                    Assert.That(Opened("again.nco").Number, Is.EqualTo(open[0].Number));
                    if (File.Exists(Path.Combine(_f.Folder, file)) && isWritten)
                    {
                        Assert.That(File.ReadAllBytes(Path.Combine(_f.Folder, "again.nco")),
                            Is.EqualTo(File.ReadAllBytes(Path.Combine(_f.Folder, file))), "to the byte");
                    }

                    File.Delete(Path.Combine(_f.Folder, "again.nco"));
                }
            }

            TestContext.Out.WriteLine($"{Kills} kills, {cutShort} of them in the middle, {withoutFile} between entry and file");
            Assert.That(cutShort, Is.AtLeast(Kills / 2));
        }

        private static string[] Order(string kind, string file)
        {
            return ["kms", "order", kind, "--cu", Unit, "--mu", Meter, "--out", file, "--yes"];
        }

        private OpenedOrder Opened(string file)
        {
            return _f.Open(NanoComm.Keys.Order.Parse(File.ReadAllBytes(Path.Combine(_f.Folder, file))));
        }
    }
}
