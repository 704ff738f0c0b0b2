using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using NanoComm.Dlms;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Rig;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Dlms;
using static NanoComm.Tests.Scenarios.DayTests;

using DataAccessResult = NanoComm.Simulators.Dlms.DataAccessResult;
using HdlcFrame = NanoComm.Simulators.Dlms.HdlcFrame;
using Meter = NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>docs/metering-link.md, each table against the simulated metering unit.</summary>
    internal static class MeteringLinkPageTests
    {
        private const string NoData = "FFFFFFFE";

        private static readonly string[] Page = File.ReadAllLines(
            Path.Combine(TestContext.CurrentContext.TestDirectory, "metering-link.md"));

        // In the half-hour 12:30 that falls due while it reads.
        private static readonly DateTime Start = new(2027, 2, 27, 12, 28, 20);

        // What can be asked of a unit that reads, and where its value is.
        private static readonly (string Name, byte Epc, int Offset, string None)[] Values =
        [
            ("E0", Epc.NormalEnergy, 0, NoData), ("E3", Epc.ReverseEnergy, 0, NoData),
            ("E7", Epc.InstantaneousPower, 0, "7FFFFFFE"), ("E8 R", Epc.InstantaneousCurrents, 0, "7FFE"),
            ("E8 T", Epc.InstantaneousCurrents, 2, "7FFE"), ("EA", Epc.NormalFixedTimeEnergy, 7, NoData),
            ("EB", Epc.ReverseFixedTimeEnergy, 7, NoData), ("D0 normal", Epc.OneMinuteEnergy, 7, NoData),
            ("D0 reverse", Epc.OneMinuteEnergy, 11, NoData), ("8D", Epc.ProductionNumber, 0, "000000000000000000000000"),
        ];

        private static IEnumerable<string[]> Objects => Table("Object");

        private static IEnumerable<string> ObjectRows => Objects.Select(row => $"{Name(row)} attribute {row[2]}");

        [TestCaseSource(nameof(ObjectRows))]
        public static void An_object_is_there_and_of_its_type(string name)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            AssertThere(unit, RowOf(name));
        }

        [Test]
        public static void Every_high_voltage_object_is_there_and_of_its_type()
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(1, Start, 115200);
            List<string[]> rows = Table("High-voltage object").ToList();
            Assert.That(rows, Is.Not.Empty);
            foreach (string[] row in rows)
            {
                AssertThere(unit, row);
            }
        }

        // Both keyed associations read them; what is set and posted, and by whom, is in the tests of the server.
        [Test]
        public static void What_the_utility_uses_is_there()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            ServerClient client = Associate(unit);
            List<string[]> rows = Table("For the utility").ToList();
            Assert.That(rows, Has.Count.EqualTo(4));
            foreach (string[] row in rows)
            {
                foreach (string name in row[0].Split(", "))
                {
                    foreach (string attribute in row[2].Split(", "))
                    {
                        string obis = name.Replace('-', '.').Replace(':', '.') + ".255";
                        Assert.That(client.TryGet(int.Parse(row[1]), obis, int.Parse(attribute), attribute == "2" && row[1] == "7"
                            ? ServerClient.Entries(1, 1) : null, out byte result), Is.Not.Null, $"{name} {attribute}: {result}");
                    }
                }
            }

            Assert.That(Page, Has.Some.Contains("(codes 16 to 19)"));
            Assert.That(new[] { SecurityEventCode.OrderPosted, SecurityEventCode.OrderRefused, SecurityEventCode.OrderAnswered,
                SecurityEventCode.AnswerRefused }.Select(code => (int)code), Is.EqualTo(new[] { 16, 17, 18, 19 }));
        }

        private static ServerClient Associate(SimulatedUnit unit)
        {
            var client = new ServerClient(unit.Server, 2, AttackScene.Leak((MemoryFiles)unit.Files),
                unit.Server.State.SystemTitle.ToArray());
            client.Connect();
            client.Associate();
            return client;
        }

        private static void AssertThere(SimulatedUnit unit, string[] row)
        {
            ServerClient client = Associate(unit);
            byte[] data = client.TryGet(int.Parse(row[1]), ObisOf(row).Replace('-', '.').Replace(':', '.'), int.Parse(row[2]),
                null, out byte result);
            Assert.That(data, Is.Not.Null, $"data-access-result {result}");
            string type = row[3].Split(' ', ',')[0];
            Assert.That(data[0], Is.EqualTo((byte)Enum.Parse<DataTag>(type)));
            if (Regex.Match(row[3], @"Enum (\d+)") is { Success: true } declared)
            {
                Assert.That(data[1], Is.EqualTo(2));
                Assert.That(data[^2..], Is.EqualTo(new byte[] { (byte)DataTag.Enum, byte.Parse(declared.Groups[1].Value) }));
            }

            // What stands in brackets is taken as well.
            if (Regex.Match(row[3], @"\((\w+)\)") is { Success: true } other)
            {
                Assert.That(Enum.TryParse(other.Groups[1].Value, out DataTag _), Is.True);
            }
        }

        [TestCaseSource(nameof(ObjectRows))]
        public static void Without_it_reads_no_data_what_the_page_says_and_nothing_else(string name)
        {
            string[] row = RowOf(name);
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            unit.Server.Quirks.Refused[(Obis.Parse(ObisOf(row).Replace('-', '.').Replace(':', '.')), int.Parse(row[2]))] =
                DataAccessResult.ObjectUndefined;
            AssertWithout(unit, row[6], row[4]);
        }

        private static IEnumerable<string> Bits => Table("Conformance bit").Select(row => row[0]);

        [TestCaseSource(nameof(Bits))]
        public static void Without_a_conformance_bit_reads_no_data_what_the_page_says(string bit)
        {
            string[] row = Table("Conformance bit").Single(row => row[0] == bit);
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            unit.Server.Quirks.Without = Enum.Parse<Meter.Conformance>(bit);
            if (bit == nameof(Meter.Conformance.BlockTransferWithGet))
            {
                unit.Unit.Start();
                RunTo(unit, Minutes(4));
                Assert.That(unit.Unit.Data.HalfHours.Get(Start.Date.ToMeterTime(), out _, out _), Is.False, row[2]);
                return;
            }

            AssertWithout(unit, row[2].Contains("nothing is read") ? "all"
                : row[1] == "may" || row[2].Contains("exchanged") ? "nothing" : row[2], row[1]);
        }

        [Test]
        public static void Only_the_saps_of_the_page_are_known()
        {
            IEnumerable<int> needed = Table("SAP").Select(row => int.Parse(row[0]));
            IEnumerable<int> offered = Enum.GetValues<SapKind>().Select(kind => (int)kind);
            Assert.That(needed, Is.SubsetOf(offered));
            Assert.That(Table("SAP").First()[0], Is.EqualTo(MeteringUnit.ActivePairingSap.ToString()));
        }

        [Test]
        public static void Settings_are_those_of_the_page()
        {
            var settings = new LinkSettings();
            Assert.That(Table("Setting").Select(row => (row[0], int.Parse(row[1]))),
                Is.EquivalentTo(typeof(LinkSettings).GetFields().Where(field => !field.IsLiteral)
                    .Select(field => (field.Name, (int)field.GetValue(settings)))));
        }

        [Test]
        public static void What_differs_is_what_is_tested()
        {
            Assert.That(Table("Metering unit").Select(row => (row[0], row[2])), Is.EqualTo(DifferingMeterTests.Shown));
        }

        [Test]
        public static void The_frames_are_good_and_say_what_the_page_says()
        {
            byte[] key = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");
            byte[] authenticationKey = Convert.FromHexString("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF");
            using var suite = new Suite0(key, authenticationKey);
            List<string[]> rows = Table("From").ToList();
            Assert.That(rows, Has.Count.EqualTo(10));
            foreach (string[] row in rows)
            {
                byte[] bytes = Convert.FromHexString(row[2].Trim('`'));
                HdlcFrame frame = new HdlcDeframer().Push(bytes).Single();
                Assert.That(frame.ToBytes(), Is.EqualTo(bytes));
                Assert.That(TakenByTheUnit(bytes), Is.True, "the unit's own receiver takes it");
                bool isOfUnit = row[0] == "CU";
                Assert.That((frame.Source.Upper, frame.Destination.Upper), Is.EqualTo(isOfUnit ? (2, 1) : (1, 2)));
                if (frame.Information.Length > 0)
                {
                    Assert.That(Convert.ToHexString(frame.Information.Span[..3]), Is.EqualTo(isOfUnit ? "E6E600" : "E6E700"));
                }

                if (row[3].Length > 0)
                {
                    byte[] title = Convert.FromHexString(isOfUnit ? "4E434D0000000001" : "4E434D4D00000002");
                    int header = frame.Information.Span[4] < 0x80 ? 5 : 6;
                    byte[] plain = suite.Unprotect(title, frame.Information.Span[header..], out _);
                    Assert.That(plain, Is.Not.Null, row[1]);
                    Assert.That(Convert.ToHexString(plain), Is.EqualTo(row[3].Trim('`')));
                }
            }

            // The question of a minute is the very one that the unit asks.
            string question = rows[6][3].Trim('`')[6..];
            Assert.That(question, Is.EqualTo("08" + string.Concat(Objects.Where(row => row[2] == "2" && row[5].StartsWith("each"))
                .OrderBy(row => row[5] == "each second" ? 1 : row[1] == "8" ? 0 : 2)
                .Select(row => $"{int.Parse(row[1]):X4}{Hex(ObisOf(row))}02" + (row[1] == "7"
                    ? "0102020406000000010600000001120001120000" : "00")))));
        }

        private static void AssertWithout(SimulatedUnit unit, string without, string need)
        {
            var hems = new Hems(unit, 2);
            unit.Unit.Start();
            RunTo(unit, Minutes(2) + Seconds(20));
            if (without == "all")
            {
                Assert.That(need, Is.EqualTo("must"));
                Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Refused));
                Assert.That(hems.Ask(Esv.Get, (Epc.NormalEnergy, [])), Is.Null, "there is no meter object yet");
                return;
            }

            Assert.That(need, Does.Not.StartWith("must"));
            HashSet<string> named = without.StartsWith("nothing") ? [] : without.Split(", ").ToHashSet();
            Assert.That(named.Except(Values.Select(value => value.Name)), Is.Empty, "values that the test knows");
            foreach ((string name, byte epc, int offset, string none) in Values)
            {
                byte[] edt = hems.Get(epc);
                string value = Convert.ToHexString(edt, offset, none.Length / 2);
                Assert.That(value == none, Is.EqualTo(named.Contains(name)), $"{name}: {value}");
            }
        }

        private static bool TakenByTheUnit(byte[] bytes)
        {
            var receiver = new HdlcReceiver(MaxInformation);
            receiver.Reset(bytes[3], bytes[4]);
            receiver.Fill(new FixedLine(bytes));
            return receiver.Next();
        }

        private static int MaxInformation => new LinkSettings().MaxInformation;

        private static string[] RowOf(string name)
        {
            return Objects.Single(row => $"{Name(row)} attribute {row[2]}" == name);
        }

        private static string Name(string[] row)
        {
            return row[0].Split(' ')[0];
        }

        private static string ObisOf(string[] row)
        {
            return Name(row) + ".255";
        }

        private static string Hex(string obis)
        {
            return Convert.ToHexString(Obis.Parse(obis.Replace('-', '.').Replace(':', '.')).ToBytes());
        }

        // The rows of the table whose first column has this heading.
        private static IEnumerable<string[]> Table(string heading)
        {
            return Page.SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal)).Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line[1..^1].Split('|', StringSplitOptions.TrimEntries));
        }

        private sealed class FixedLine(byte[] bytes) : ISerialLine
        {
            public int BaudRate => 9600;

            public void Notify(ISignal received)
            {
            }

            public int Read(byte[] buffer, int offset, int count)
            {
                bytes.AsSpan(0, Math.Min(count, bytes.Length)).CopyTo(buffer.AsSpan(offset));
                return Math.Min(count, bytes.Length);
            }

            public bool Write(byte[] buffer, int offset, int count)
            {
                throw new NotSupportedException();
            }

            public void DiscardInput()
            {
            }
        }
    }
}
