using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Dlms
{
    public class ServerObjectTests
    {
        private static readonly byte[] StartBytes = [0x07, 0xEA, 4, 1, 3, 12, 34, 56, 0xFF, 0xFD, 0xE4, 0];

        [Test]
        public void TheMinutePollIsOneRequestOfFewBytes()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            int before = client.BytesOnTheLine;
            int frames = client.Frames;

            byte[] results = client.GetList(
                ServerClient.Reference(8, "0.0.1.0.0.255", 2),
                ServerClient.Reference(3, "1.0.1.8.0.255", 2),
                ServerClient.Reference(3, "1.0.2.8.0.255", 2),
                ServerClient.Reference(3, "1.0.1.7.0.255", 2),
                ServerClient.Reference(3, "1.0.2.7.0.255", 2),
                ServerClient.Reference(3, "1.0.31.7.0.255", 2),
                ServerClient.Reference(3, "1.0.71.7.0.255", 2),
                ServerClient.Reference(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 1)));

            DateTime now = bench.Energy.Instant;
            int power = bench.Energy.PowerAt(now);
            MeterValues reading = bench.Energy.Read();
            byte[] expected =
            [
                8,
                0, 9, 12, .. StartBytes,
                0, 6, .. ServerClient.BigEndian(bench.Energy.NormalAt(now)),
                0, 6, .. ServerClient.BigEndian(bench.Energy.ReverseAt(now)),
                0, 6, .. ServerClient.BigEndian((uint)Math.Max(power, 0)),
                0, 6, .. ServerClient.BigEndian((uint)Math.Max(-power, 0)),
                0, 0x12, .. UInt16(Math.Abs((int)reading.CurrentR)),
                0, 0x12, .. UInt16(Math.Abs((int)reading.CurrentT)),
                0, 1, 1, .. Row(ServerBench.Start.AddSeconds(-56), bench.Energy.NormalAt(now.AddSeconds(-56)),
                    bench.Energy.ReverseAt(now.AddSeconds(-56))),
            ];
            Assert.That(results, Is.EqualTo(expected));
            int bytes = client.BytesOnTheLine - before;
            TestContext.Out.WriteLine($"minute poll: {bytes} bytes, {client.Frames - frames} frames asked");
            Assert.That(bytes, Is.LessThanOrEqualTo(270));
        }

        [TestCase("1.0.1.8.0.255", 0, 30)]
        [TestCase("1.0.2.8.0.255", 0, 30)]
        [TestCase("1.0.3.8.0.255", 0, 32)]
        [TestCase("1.0.4.8.0.255", 0, 32)]
        [TestCase("1.0.1.7.0.255", 0, 27)]
        [TestCase("1.0.2.7.0.255", 0, 27)]
        [TestCase("1.0.31.7.0.255", -1, 33)]
        [TestCase("1.0.71.7.0.255", -1, 33)]
        [TestCase("1.0.32.7.0.255", -1, 35)]
        public void RegistersSayTheirScalerAndUnit(string name, int scaler, int unit)
        {
            ServerClient client = new ServerBench().Associated();

            Assert.That(client.Get(3, name, 3), Is.EqualTo(new byte[] { 2, 2, 15, (byte)scaler, 22, (byte)unit }));
        }

        [Test]
        public void IdentityAndStatus()
        {
            ServerClient client = new ServerBench().Associated();

            Assert.That(client.Get(1, "0.0.96.1.0.255", 2), Is.EqualTo((byte[])[9, 12, .. "SIM000000001"u8]));
            Assert.That(client.Get(1, "0.0.96.128.0.255", 2), Is.EqualTo(new byte[] { 17, 8 }));
            Assert.That(client.Get(1, "0.0.97.97.0.255", 2), Is.EqualTo(new byte[] { 17, 0 }));
            Assert.That(client.Get(1, "0.0.96.129.0.255", 2), Is.EqualTo(new byte[] { 17, 30 }));
            Assert.That(client.Get(8, "0.0.1.0.0.255", 3), Is.EqualTo(new byte[] { 16, 0xFD, 0xE4 }));
        }

        [Test]
        public void ErrorsSayWhatIsWrong()
        {
            ServerClient client = new ServerBench().Associated();

            Assert.That(Error(client, 3, "1.0.9.8.0.255", 2), Is.EqualTo(DataAccessResult.ObjectUndefined));
            Assert.That(Error(client, 4, "1.0.1.8.0.255", 2), Is.EqualTo(DataAccessResult.ObjectClassInconsistent));
            Assert.That(Error(client, 3, "1.0.1.8.0.255", 9), Is.EqualTo(DataAccessResult.ObjectUndefined));
            Assert.That(Error(client, 3, "1.0.1.8.0.255", 2, ServerClient.Entries(1, 1)),
                Is.EqualTo(DataAccessResult.ScopeOfAccessViolated));
            Assert.That(client.GetList(ServerClient.Reference(3, "1.0.9.8.0.255", 2),
                ServerClient.Reference(1, "0.0.96.128.0.255", 2)),
                Is.EqualTo(new byte[] { 2, 1, 4, 0, 17, 8 }), "one of a list fails alone");
        }

        [Test]
        public void MalformedRequestsAreExceptions()
        {
            ServerClient client = new ServerBench().Associated();

            Assert.That(client.Serve([0xC0]), Is.EqualTo(new byte[] { 0xD8, 1, 3 }));
            Assert.That(client.Serve([0xC0, 1, 0xC1, 0, 3, 1, 0]), Is.EqualTo(new byte[] { 0xD8, 1, 3 }));
            Assert.That(client.Serve([0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2), 0]),
                Is.EqualTo(new byte[] { 0xD8, 1, 3 }));
            Assert.That(client.Serve([0xC0, 3, 0xC1, 0]), Is.EqualTo(new byte[] { 0xD8, 1, 3 }));
            Assert.That(client.Serve([0xC0, 9, 0xC1]), Is.EqualTo(new byte[] { 0xD8, 2, 2 }));
            Assert.That(client.Serve([0xC1, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2), 0]),
                Is.EqualTo(new byte[] { 0xD8, 2, 2 }),
                "SET was not settled");
        }

        [Test]
        public void OnlyTheUtilitySetsClockAndSwitch()
        {
            var bench = new ServerBench();
            ServerClient utility = bench.UtilityClient();
            utility.Associate();
            byte[] later = ServerClient.DateTime(ServerBench.Start.AddSeconds(90));

            Assert.That(utility.Set(8, "0.0.1.0.0.255", 2, [9, 12, .. later]), Is.Zero);
            Assert.That(bench.Energy.ClockTime - bench.Energy.Instant, Is.EqualTo(TimeSpan.FromSeconds(90)));
            Assert.That(utility.Set(1, "0.0.96.129.0.255", 2, [17, 5]), Is.Zero);
            Assert.That(utility.Set(1, "0.0.96.129.0.255", 2, [17, 7]),
                Is.EqualTo((byte)DataAccessResult.ScopeOfAccessViolated));
            Assert.That(utility.Set(1, "0.0.96.129.0.255", 2, [18, 0, 5]),
                Is.EqualTo((byte)DataAccessResult.TypeUnmatched));
            Assert.That(utility.Set(8, "0.0.1.0.0.255", 2, [9, 12, .. later[..2], 13, .. later[3..]]),
                Is.EqualTo((byte)DataAccessResult.TypeUnmatched), "month 13");
            Assert.That(utility.Set(3, "1.0.1.8.0.255", 2, [6, 0, 0, 0, 0]),
                Is.EqualTo((byte)DataAccessResult.ReadWriteDenied));
            Assert.That(bench.State.Granularity, Is.EqualTo(5));
            Assert.That(bench.Count(SecurityEventCode.ClockSet), Is.EqualTo(1));
            Assert.That(bench.Count(SecurityEventCode.GranularitySwitched), Is.EqualTo(1));
        }

        [Test]
        public void AClockThatIsDecadesOffIsSetAllTheSame()
        {
            var bench = new ServerBench();
            ServerClient utility = bench.UtilityClient();
            utility.Associate();
            DateTime far = new(2099, 12, 31, 23, 59, 0);

            Assert.That(utility.Set(8, "0.0.1.0.0.255", 2, [9, 12, .. ServerClient.DateTime(far)]), Is.Zero);
            Assert.That(bench.Energy.ClockTime, Is.EqualTo(far));
        }

        [Test]
        public void TheObjectListSaysWhatMayBeDone()
        {
            var bench = new ServerBench();
            byte[] paired = bench.Associated().Get(15, "0.0.40.0.0.255", 2);
            ServerClient utility = bench.UtilityClient();
            utility.Associate();
            byte[] managed = utility.Get(15, "0.0.40.0.0.255", 2);
            byte[] clock = [2, 4, 0x12, 0, 8, 0x11, 0, 9, 6, 0, 0, 1, 0, 0, 255, 2, 2, 1, 9, 2, 3, 15, 1, 22, 1, 0, 2,
                3, 15, 2, 22];

            Assert.That(paired[0], Is.EqualTo(1));
            Assert.That(paired[1], Is.EqualTo(new MeteringObjects(bench.Energy, bench.State).All.Count() + 1));
            Assert.That(managed[..2], Is.EqualTo(paired[..2]));
            Assert.That(paired[paired.AsSpan().IndexOf(clock) + clock.Length], Is.EqualTo(1), "clock: read");
            Assert.That(managed[managed.AsSpan().IndexOf(clock) + clock.Length], Is.EqualTo(3),
                "clock: read and write");
            byte[] proof = [1, 1, 2, 2, 15, 1, 22, 1];
            Assert.That(paired[^8..], Is.EqualTo(proof), "one method: the proof");
        }

        [Test]
        public void TimesOfOtherZonesAreBroughtToTheMeters()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            byte[] utc = ServerClient.DateTime(new DateTime(2026, 4, 1, 3, 30, 0));
            byte[] open = ServerClient.DateTime(new DateTime(2026, 4, 1, 12, 30, 0));
            (utc[9], utc[10]) = (0, 0);
            (open[9], open[10]) = (0x80, 0);

            byte[] expected = Rows(bench, new DateTime(2026, 4, 1, 12, 30, 0), 1, 1);
            Assert.That(client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Range(utc, utc)), Is.EqualTo(expected));
            Assert.That(client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Range(open, open)), Is.EqualTo(expected));
        }

        [TestCase("1.0.99.1.0.255", 1800, 4800, 3)]
        [TestCase("1.0.99.2.0.255", 60, 1440, 3)]
        [TestCase("1.0.99.3.0.255", 300, 2016, 6)]
        [TestCase("1.0.99.4.0.255", 900, 9600, 3)]
        public void ProfilesDescribeThemselves(string name, int period, int capacity, int columns)
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();

            byte[] captured = client.Get(7, name, 3);
            Assert.That(captured[..2], Is.EqualTo(new byte[] { 1, (byte)columns }));
            Assert.That(captured[2..20],
                Is.EqualTo(new byte[] { 2, 4, 0x12, 0, 8, 9, 6, 0, 0, 1, 0, 0, 255, 15, 2, 0x12, 0, 0 }));
            Assert.That(client.Get(7, name, 4), Is.EqualTo((byte[])[6, .. ServerClient.BigEndian((uint)period)]));
            Assert.That(client.Get(7, name, 5), Is.EqualTo(new byte[] { 22, 2 }), "last in first out");
            Assert.That(client.Get(7, name, 8), Is.EqualTo((byte[])[6, .. ServerClient.BigEndian((uint)capacity)]));
            uint inUse = BinaryPrimitives.ReadUInt32BigEndian(client.Get(7, name, 7).AsSpan(1));
            bench.Clock.AdvanceSeconds(2L * 86400);
            uint later = BinaryPrimitives.ReadUInt32BigEndian(client.Get(7, name, 7).AsSpan(1));
            Assert.That(inUse, Is.InRange(capacity - (86400 / period), capacity));
            Assert.That(later, Is.EqualTo(capacity), "full after two days");
        }

        [Test]
        public void ARangeOfMinutesComesInBlocksNewestFirst()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            DateTime last = new(2026, 4, 1, 12, 34, 0);
            int before = client.BytesOnTheLine;

            byte[] rows = client.Get(7, "1.0.99.2.0.255", 2,
                ServerClient.Range(ServerClient.DateTime(last.AddMinutes(-59)), ServerClient.DateTime(last)));

            TestContext.Out.WriteLine($"60 rows: {client.BytesOnTheLine - before} bytes");
            Assert.That(rows, Is.EqualTo(Rows(bench, last, 1, 60)));
            Assert.That(client.BytesOnTheLine - before, Is.LessThan(2100));
        }

        [TestCase("1.0.99.1.0.255", 30)]
        [TestCase("1.0.99.4.0.255", 15)]
        [TestCase("1.0.99.2.0.255", 1)]
        public void EntriesCountFromTheNewest(string name, int minutes)
        {
            var bench = new ServerBench();
            ServerClient client = bench.Associated();
            DateTime newest = new(2026, 4, 1, 12, 34 / minutes * minutes, 0);

            Assert.That(client.Get(7, name, 2, ServerClient.Entries(1, 48)),
                Is.EqualTo(Rows(bench, newest, minutes, 48)));
            Assert.That(client.Get(7, name, 2, ServerClient.Entries(3, 3)),
                Is.EqualTo(Rows(bench, newest.AddMinutes(-2 * minutes), minutes, 1)));
            byte[] column = client.Get(7, name, 2, ServerClient.Entries(1, 1, 2, 2));
            Assert.That(column, Is.EqualTo((byte[])[1, 1, 2, 1, .. Rows(bench, newest, minutes, 1)[18..23]]),
                "one column");
            Assert.That(client.Get(7, name, 2, ServerClient.Entries(10000, 0)), Is.EqualTo(new byte[] { 1, 0 }),
                "beyond the end");
            Assert.That(Error(client, 7, name, 2, ServerClient.Entries(0, 1)),
                Is.EqualTo(DataAccessResult.ScopeOfAccessViolated));
            Assert.That(Error(client, 7, name, 2, ServerClient.Entries(1, 1, 1, 9)),
                Is.EqualTo(DataAccessResult.ScopeOfAccessViolated));
            Assert.That(Error(client, 7, name, 2, [2, 2, 1, 6, 0, 0, 0, 1]),
                Is.EqualTo(DataAccessResult.TypeUnmatched));
            Assert.That(Error(client, 7, name, 2, [3, 0]), Is.EqualTo(DataAccessResult.ScopeOfAccessViolated));
        }

        [Test]
        public void FiveMinuteRowsHoldReactiveEnergyAndVoltage()
        {
            var bench = new ServerBench();
            byte[] row = bench.Associated().Get(7, "1.0.99.3.0.255", 2, ServerClient.Entries(1, 1));
            DateTime recorded = bench.Energy.Instant.AddSeconds(-296);

            Assert.That(row, Is.EqualTo((byte[])
            [
                1, 1, 2, 6, 9, 12, 0x07, 0xEA, 4, 1, 3, 12, 30, 0, 0xFF, 0xFD, 0xE4, 0,
                6, .. ServerClient.BigEndian(bench.Energy.NormalAt(recorded)),
                6, .. ServerClient.BigEndian(bench.Energy.ReverseAt(recorded)),
                6, .. ServerClient.BigEndian(bench.Energy.ReactiveNormalAt(recorded)),
                6, .. ServerClient.BigEndian(bench.Energy.ReactiveReverseAt(recorded)), 0x12, 0x03, 0xE8,
            ]));
        }

        [Test]
        public void RowsOfASteppedClockKeepTheirOrderOfRecording()
        {
            var bench = new ServerBench();
            bench.Energy.StepClock(TimeSpan.FromSeconds(-600));
            bench.Clock.AdvanceSeconds(60);

            byte[] rows = bench.Associated().Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 2));
            Assert.That(rows[6..18][5..7], Is.EqualTo(new byte[] { 12, 25 }), "recorded after the step");
            Assert.That(rows[32..44][5..7], Is.EqualTo(new byte[] { 12, 34 }), "before it");
        }

        [Test]
        public void DroppedRowsAreNotThere()
        {
            var bench = new ServerBench();
            bench.Energy.DropMinute(label => label.Minute % 2 == 0);

            byte[] rows = bench.Associated().Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 2));
            Assert.That(rows[11..13], Is.EqualTo(new byte[] { 12, 33 }));
            Assert.That(rows[37..39], Is.EqualTo(new byte[] { 12, 31 }));
        }

        [Test]
        public void AShorterPduMakesMoreBlocksOfTheSameRows()
        {
            var bench = new ServerBench();
            ServerClient client = bench.Client();
            client.MaxPdu = 100;
            client.Associate();

            Assert.That(client.Get(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 60)),
                Is.EqualTo(Rows(bench, new DateTime(2026, 4, 1, 12, 34, 0), 1, 60)));
        }

        [Test]
        public void ABlockThatIsNotTheNextIsRefused()
        {
            ServerClient client = new ServerBench().Associated();
            byte[] get = [0xC0, 1, 0xC1,
                .. ServerClient.Reference(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 60))];

            Assert.That(client.Serve([0xC0, 2, 0xC1, 0, 0, 0, 1])[8..], Is.EqualTo(new byte[] { 1, 16 }),
                "none in progress");
            Assert.That(client.Serve(get)[1], Is.EqualTo(2));
            Assert.That(client.Serve([0xC0, 2, 0xC1, 0, 0, 0, 2])[8..], Is.EqualTo(new byte[] { 1, 19 }));
            Assert.That(client.Serve([0xC0, 2, 0xC1, 0, 0, 0, 1])[8..], Is.EqualTo(new byte[] { 1, 16 }),
                "and that ends it");
        }

        [Test]
        public void TheWholeHalfHourHistoryCanBeRead()
        {
            var bench = new ServerBench();
            byte[] all = bench.Associated().Get(7, "1.0.99.1.0.255", 2);

            int rows = BinaryPrimitives.ReadUInt16BigEndian(all.AsSpan(2));
            Assert.That(all[1], Is.EqualTo(0x82));
            Assert.That(rows, Is.EqualTo((99 * 48) + 26), "from 00:00 of the 99th day before to 12:30");
            Assert.That(all.Length, Is.EqualTo(4 + (rows * 26)));
        }

        private static DataAccessResult Error(ServerClient client, int classId, string name, int attribute,
            byte[] selection = null)
        {
            Assert.That(client.TryGet(classId, name, attribute, selection, out byte result), Is.Null);
            return (DataAccessResult)result;
        }

        private static byte[] Rows(ServerBench bench, DateTime newest, int minutes, int count)
        {
            var bytes = new List<byte> { 1, (byte)count };
            for (int i = 0; i < count; i++)
            {
                DateTime t = newest.AddMinutes(-i * minutes);
                bytes.AddRange(Row(t, bench.Energy.NormalAt(t), bench.Energy.ReverseAt(t)));
            }

            return bytes.ToArray();
        }

        private static byte[] Row(DateTime t, uint normal, uint reverse)
        {
            byte[] time = ServerClient.DateTime(t);
            time[4] = t.DayOfWeek == DayOfWeek.Sunday ? (byte)7 : (byte)t.DayOfWeek;
            return [2, 3, 9, 12, .. time, 6, .. ServerClient.BigEndian(normal), 6, .. ServerClient.BigEndian(reverse)];
        }

        private static byte[] UInt16(int value)
        {
            return [(byte)(value >> 8), (byte)value];
        }
    }
}
