using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>Who the meter says it is.</summary>
    internal static class IdentityRows
    {
        private const byte Version = 0x82;
        private const byte Identification = 0x83;
        private const byte Manufacturer = 0x8A;
        private const byte RouteBId = 0xC0;
        private const int CodeLength = 3;
        private const byte UniqueFollows = 0xFE;
        private const byte FirstRelease = (byte)'a';

        public static IEnumerable<ConformanceRow> Make()
        {
            yield return Row("ID-82-NODE", 0, "The node's version (82) is 01, a minor version, and message types with format 1 among them",
                $"{Clause.Part2}, 6.11.1", false, meter => LooksAtNodeVersion(meter.Node.Value(Version)));
            yield return Row("ID-83-NODE", 0, "The node's identification number (83) begins with FE and the manufacturer code (8A)",
                Clause.Table(0, Identification), true, meter => LooksAtIdentification(meter.Node));
            yield return Row("ID-83-UNIQUE", 0, "The rest of the identification number (83) is not one byte repeated",
                Clause.Table(0, Identification), false, LooksAtUnique);
            yield return Row("ID-8A", 0, "The manufacturer code (8A) of each meter is that of the node", Clause.None, false,
                LooksAtManufacturers);
            foreach (int one in PropertyTables.Meters)
            {
                yield return Row($"ID-{one:X4}-82", one, "The release (82) is 00 00, a letter (small for A, else large), and a revision",
                    Clause.Table(0, Version), true, meter => LooksAtRelease(meter.Find(one).Value(Version)));
                yield return Row($"ID-{one:X4}-83", one, "The identification number (83), where it is told, begins with FE and the "
                    + "manufacturer code (8A)", Clause.Table(0, Identification), true, meter => LooksAtIdentification(meter.Find(one)));
                if (PropertyTables.Of(one).Any(fact => fact.Epc == RouteBId))
                {
                    yield return Row($"ID-{one:X4}-C0", one, "The route-B id (C0) begins with 00 and the manufacturer code (8A)",
                        Clause.Table(one, RouteBId), true, meter => LooksAtRouteBId(meter.Find(one)));
                }
            }
        }

        private static ConformanceRow Row(string id, int deviceClass, string title, string source, bool isCertain,
            Func<MeterUnderTest, Finding> check)
        {
            return new ConformanceRow(id, RowGroup.Identity, title, source, isCertain, deviceClass, check);
        }

        private static Finding LooksAtNodeVersion(byte[] version)
        {
            return Finding.Of(version is [1, _, var types, _] && (types & 1) != 0 ? null : $"82 is {MeterUnderTest.ToText(version)}");
        }

        private static Finding LooksAtRelease(byte[] version)
        {
            return Finding.Of(version is [0, 0, FirstRelease or (>= (byte)'B' and <= (byte)'Z'), _] ? null
                : $"82 is {MeterUnderTest.ToText(version)}");
        }

        private static Finding LooksAtIdentification(TestedObject tested)
        {
            byte[] code = tested.Value(Manufacturer);
            return !tested.GetMap.Contains(Identification) ? Finding.Skipped("83 is not in the Get map")
                : tested.Value(Identification) is byte[] id && code != null && id.Length > CodeLength && id[0] == UniqueFollows
                    && id.Skip(1).Take(CodeLength).SequenceEqual(code) ? Finding.Passed
                : Finding.Failed($"83 is {MeterUnderTest.ToText(tested.Value(Identification))}, 8A is {MeterUnderTest.ToText(code)}");
        }

        private static Finding LooksAtUnique(MeterUnderTest meter)
        {
            byte[] id = meter.Node.Value(Identification);
            return Finding.Of(id != null && id.Skip(1 + CodeLength).Distinct().Count() > 1 ? null
                : $"83 is {MeterUnderTest.ToText(id)}: is it of this meter alone?");
        }

        private static Finding LooksAtManufacturers(MeterUnderTest meter)
        {
            byte[] node = meter.Node.Value(Manufacturer);
            return Finding.Of(meter.Meters.Where(one => !(one.Value(Manufacturer) ?? []).SequenceEqual(node ?? []))
                .Select(one => $"8A of {one.Eoj:X6} is {MeterUnderTest.ToText(one.Value(Manufacturer))}, of the node "
                    + MeterUnderTest.ToText(node)).FirstOrDefault());
        }

        private static Finding LooksAtRouteBId(TestedObject tested)
        {
            byte[] id = tested.Value(RouteBId);
            byte[] code = tested.Value(Manufacturer);
            return !tested.GetMap.Contains(RouteBId) ? Finding.Skipped("C0 is not in the Get map")
                : id is { Length: > CodeLength } && id[0] == 0 && code != null && id.Skip(1).Take(CodeLength).SequenceEqual(code)
                    ? Finding.Passed
                : Finding.Failed($"C0 is {MeterUnderTest.ToText(id)}, 8A is {MeterUnderTest.ToText(code)}");
        }
    }
}
