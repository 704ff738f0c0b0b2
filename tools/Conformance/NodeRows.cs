using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>The node profile: what it lists, and whether that is there.</summary>
    internal static class NodeRows
    {
        private const byte SelfNodeInstances = 0xD3;
        private const byte SelfNodeClasses = 0xD4;
        private const byte SelfNodeInstanceListS = 0xD6;
        private const byte SelfNodeClassListS = 0xD7;
        private const byte OperationStatus = 0x80;
        private const string Source = $"{Clause.Part2}, 6.11.1";

        public static IEnumerable<ConformanceRow> Make()
        {
            yield return Row("NODE-D6", "The instance list (D6) lists a smart meter, each object once, and not the node profile",
                Source, LooksAtInstances);
            yield return Row("NODE-D3", "The number of instances (D3) is that of the instance list (D6)", Source, LooksAtCount);
            yield return Row("NODE-D7", "The class list (D7) lists the classes of the instance list (D6), each once", Source,
                LooksAtClasses);
            yield return Row("NODE-D4", "The number of classes (D4) counts those of the class list (D7) and the node profile", Source,
                LooksAtClassCount);
            yield return Row("NODE-OBJECTS", "Each object of the instance list (D6) answers", Source, LooksAtObjects);
        }

        private static ConformanceRow Row(string id, string title, string source, System.Func<MeterUnderTest, Finding> check)
        {
            return new ConformanceRow(id, RowGroup.Node, title, source, true, 0, check);
        }

        private static Finding LooksAtInstances(MeterUnderTest meter)
        {
            IReadOnlyList<int> instances = meter.Instances;
            string list = string.Join(' ', instances.Select(eoj => eoj.ToString("X6")));
            return Finding.Of(
                meter.Node.Value(SelfNodeInstanceListS)?.ElementAtOrDefault(0) != instances.Count ? $"its count is not that of what it lists: {list}"
                : instances.Distinct().Count() != instances.Count ? $"an object is listed twice: {list}"
                : instances.Any(eoj => eoj >> 8 == PropertyTables.NodeProfile) ? $"it lists the node profile: {list}"
                : instances.Any(eoj => (eoj & 0xFF) == 0) ? $"it lists instance 00, which means all: {list}"
                : meter.Meters.Count == 0 ? $"no smart meter {(meter.Options.Class == 0 ? "" : $"of class {meter.Options.Class:X4} ")}is "
                    + $"in it: {list}"
                : null);
        }

        private static Finding LooksAtCount(MeterUnderTest meter)
        {
            int count = Number(meter.Node.Value(SelfNodeInstances));
            return Finding.Of(count == meter.Instances.Count ? null : $"D3 says {count}, D6 lists {meter.Instances.Count}");
        }

        private static Finding LooksAtClasses(MeterUnderTest meter)
        {
            byte[] value = meter.Node.Value(SelfNodeClassListS);
            IReadOnlyList<int> classes = MeterUnderTest.ReadList(value, 2);
            IReadOnlyList<int> wanted = meter.Instances.Select(eoj => eoj >> 8).Distinct().Order().ToList();
            return Finding.Of(value != null && value[0] == classes.Count && classes.Order().SequenceEqual(wanted) ? null
                : $"D7 is {MeterUnderTest.ToText(value)}, the classes of D6 are {string.Join(' ', wanted.Select(one => one.ToString("X4")))}");
        }

        private static Finding LooksAtClassCount(MeterUnderTest meter)
        {
            int count = Number(meter.Node.Value(SelfNodeClasses));
            int listed = MeterUnderTest.ReadList(meter.Node.Value(SelfNodeClassListS), 2).Count;
            return Finding.Of(count == listed + 1 ? null : $"D4 says {count}, D7 lists {listed}, and the node profile counts");
        }

        private static Finding LooksAtObjects(MeterUnderTest meter)
        {
            foreach (int eoj in meter.Instances)
            {
                EchonetMessage answer = meter.Dialog.Ask(MeterDialog.Request(eoj, EchonetMessage.Get, (OperationStatus, [])));
                if (answer.Find(OperationStatus) == null)
                {
                    return Finding.Failed($"{eoj:X6} does not tell its operation status (80)");
                }
            }

            return Finding.Passed;
        }

        private static int Number(byte[] value)
        {
            return value == null ? -1 : value.Aggregate(0, (sum, one) => (sum << 8) | one);
        }
    }
}
