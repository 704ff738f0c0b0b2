using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>The sending counters of both sides in the long run (docs/pairing.md, "Sending counters"): what a steady day
    /// writes, what a boot loop uses up, and that no power cut gives a value twice.</summary>
    [TestFixture]
    public sealed class SendingCounterTests
    {
        // A live poll a second, a poll a minute, some history: about as many.
        private const int MessagesADay = 90_000;
        private const int BootsADay = 24 * 60;
        private const int FirstBlock = 1024;
        private const int LargestBlock = 65_536;
        private const string Record = "slot-a";

        private delegate bool Take(out uint value);

        public enum Side
        {
            CommunicationUnit,
            MeteringUnit,
        }

        [Test]
        public void A_steady_day_writes_the_record_at_most_twice([Values] Side side)
        {
            List<int> writes = WritesOfSteadyDays(side, 10);
            TestContext.Out.WriteLine($"{side}, {MessagesADay:N0} messages a day, writes each day: {string.Join(' ', writes)}");
            Assert.That(writes[0], Is.EqualTo(7), "1,024 … 65,536");
            Assert.That(writes.Skip(1), Is.All.LessThanOrEqualTo(2).And.All.GreaterThan(0));
        }

        [Test]
        public void A_boot_loop_uses_up_a_block_a_boot([Values] Side side)
        {
            var store = new WatchedStore(new MemoryFiles());
            Make(store, side);
            uint first = Reserved(store, side);
            int writes = store.Writes;
            for (int boot = 0; boot < BootsADay; boot++)
            {
                Use(Open(store, side), 90, out _);
            }

            Assert.That(Reserved(store, side) - first, Is.EqualTo(FirstBlock * BootsADay));
            Assert.That(store.Writes - writes, Is.EqualTo(BootsADay));
        }

        // Whatever the life before used, a restart loses no more than it used and a first block, and never more than the
        // largest.
        [Test]
        public void A_restart_loses_no_more_than_was_used_and_a_block([Values] Side side)
        {
            for (int used = 1; used < 300_000; used = (used * 3 / 2) + 1)
            {
                var store = new WatchedStore(new MemoryFiles());
                Make(store, side);
                Use(Open(store, side), used, out uint last);
                uint lost = Reserved(store, side) - last - 1;
                Assert.That(lost, Is.LessThan(Math.Min(used + FirstBlock, LargestBlock)), $"after {used}");
            }
        }

        [Test]
        public void No_power_cut_while_blocks_double_gives_a_value_twice([Values] Side side, [Values] PowerCutMoment moment)
        {
            const int past = (3 * LargestBlock) + FirstBlock;
            int cut = 0;
            for (bool isCut = true; isCut; cut++)
            {
                var medium = new MemoryFiles();
                Make(new DurableStore(medium), side);
                var power = new PowerSupply();
                var store = new DurableStore(new PowerCutFiles(medium, power));
                long last = -1;
                power.CutAt(cut, moment);
                isCut = !UseRising(store, side, past, ref last);
                power.Restore();
                Assert.That(UseRising(store, side, 3 * FirstBlock, ref last), $"after a cut at {cut}");
            }

            TestContext.Out.WriteLine($"{cut - 1} cut points");
            Assert.That(cut, Is.GreaterThan(20));
        }

        // Such a write skips a whole block, more than a metering unit lets pass within an association.
        [Test]
        public void A_reservation_that_was_done_though_it_failed_costs_an_association_and_no_more()
        {
            var store = new WatchedStore(new MemoryFiles());
            Make(store, Side.CommunicationUnit);
            DurableCounter counter = Counter(store);
            Use(counter.Next, LargestBlock - FirstBlock - 20, out uint last);
            var link = new MeteringLink(counter: counter);
            var clock = new GetItem(new CosemDescriptor(8, 0, 0, 1, 0, 0, 2));
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok));
            store.SaysNo = true;
            DlmsResult result = DlmsResult.Ok;
            for (int i = 0; i < 20 && result == DlmsResult.Ok; i++)
            {
                result = link.Client.Get(clock);
            }

            Assert.That(result, Is.EqualTo(DlmsResult.SecurityError));
            Assert.That(link.Client.Detail, Is.EqualTo(DlmsDetail.NoCounter));
            Assert.That(link.IsAssociated, Is.False, "within it a leap would be refused");
            store.SaysNo = false;
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok));
            Assert.That(link.Client.Get(clock), Is.EqualTo(DlmsResult.Ok));
            Assert.That(counter.Next(out uint next) && next - last > LargestBlock, "or this test tests nothing");
            Assert.That(link.State.Events.NewestFirst(SecurityEventLog.Capacity).Select(entry => entry.Code),
                Has.None.EqualTo(SecurityEventCode.CounterReplayed));
        }

        [Test]
        public void The_page_says_how_long_a_counter_lasts()
        {
            const double years = 365.25;
            List<int> writes = WritesOfSteadyDays(Side.CommunicationUnit, 10);
            Assert.That(Row("steady running"),
                Is.EqualTo(new[] { MessagesADay, writes.Skip(1).Max(), Years(MessagesADay, 31), Years(MessagesADay, 32) }));
            int burnt = FirstBlock * BootsADay;
            Assert.That(Row("boot loop, one a minute"), Is.EqualTo(new[] { burnt, BootsADay, Years(burnt, 31), Years(burnt, 32) }));

            static int Years(int aDay, int bits) => (int)Math.Round(Math.Pow(2, bits) / aDay / years);
        }

        [TestCase(30, 30)]
        [TestCase(365, 30)]
        [TestCase(365, 365)]
        [TestCase(3650, 30)]
        public void The_page_says_how_likely_counters_meet_after_a_wipe(int before, int after)
        {
            int oneIn = (int)(Math.Pow(2, 31) / MessagesADay / (before + after));
            string name = FormattableString.Invariant($"wiped after {before:N0} days, rotated after {after} more");
            Assert.That(Row(name), Is.EqualTo(new[] { 1, oneIn }));
        }

        private static List<int> WritesOfSteadyDays(Side side, int days)
        {
            var store = new WatchedStore(new MemoryFiles());
            Make(store, side);
            Take take = Open(store, side);
            var writes = new List<int>();
            for (int day = 0; day < days; day++)
            {
                int before = store.Writes;
                Use(take, MessagesADay, out _);
                writes.Add(store.Writes - before);
            }

            return writes;
        }

        private static int[] Row(string name)
        {
            string page = Path.Combine(TestContext.CurrentContext.TestDirectory, "pairing.md");
            string row = File.ReadLines(page).Single(line => line.StartsWith($"| {name} |", StringComparison.Ordinal));
            return Regex.Matches(row[(name.Length + 2)..], @"\d[\d,]*")
                .Select(match => int.Parse(match.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToArray();
        }

        // A record that ends with the counter, as both sides have it; what is before it does not matter here.
        private static void Make(IDurableStore store, Side side)
        {
            PairingKeys keys = PairingKeys.MakeUp(1, new byte[Suite0.TitleLength], new SeededRandom(1));
            Assert.That(side == Side.MeteringUnit ? KeyRecord.Save(store, Record, keys) : store.Write(Record, new byte[8], 8));
        }

        private static DurableCounter Counter(IDurableStore store) => new(store, Record, 8, 4);

        private static Take Open(IDurableStore store, Side side)
        {
            return side == Side.MeteringUnit ? KeyRecord.Load(store, Record).TryTakeCounter : Counter(store).Next;
        }

        private static void Use(Take take, int count, out uint last)
        {
            last = 0;
            for (int i = 0; i < count; i++)
            {
                if (!take(out last))
                {
                    Assert.Fail($"none left after {i}");
                }
            }
        }

        // False when the power failed.
        private static bool UseRising(IDurableStore store, Side side, int count, ref long last)
        {
            try
            {
                Take take = Open(store, side);
                for (int i = 0; i < count; i++)
                {
                    if (!take(out uint value) || value <= last)
                    {
                        Assert.Fail($"{value} after {last}");
                    }

                    last = value;
                }
            }
            catch (PowerCutException)
            {
                return false;
            }

            return true;
        }

        // The last thing of the unit's record; behind it the metering unit's has the time until which it may be committed.
        private static uint Reserved(IDurableStore store, Side side)
        {
            var record = new byte[DurableStore.MaxLength];
            int length = store.Read(Record, record);
            int end = side == Side.MeteringUnit ? length - 4 : length;
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(record.AsSpan(end - 4));
        }

        private sealed class WatchedStore(IFiles files) : IDurableStore
        {
            private readonly DurableStore _store = new(files);

            public int Writes { get; private set; }

            /// <summary>Whether a write is done and yet said to have failed.</summary>
            public bool SaysNo { get; set; }

            public int Read(string name, byte[] buffer) => _store.Read(name, buffer);

            public int LengthOf(string name) => _store.LengthOf(name);

            public bool Write(string name, byte[] buffer, int length)
            {
                Writes++;
                return _store.Write(name, buffer, length) && !SaysNo;
            }

            public bool Delete(string name) => _store.Delete(name);
        }
    }
}
