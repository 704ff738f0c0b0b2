using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>Property maps, and whether the meter does what they say.</summary>
    internal static class MapRows
    {
        private const byte InstallationLocation = 0x81;
        private const byte OperationStatus = 0x80;
        private const byte CurrentTime = 0x97;
        private const byte CurrentDate = 0x98;

        // What the application interface specification wants of every meter at least.
        private const int AskedAtOnce = 6;

        private const string Appendix1 = $"{Clause.Part2}, appendix 1";
        private const string Refusal = $"{Clause.Part2}, 3.2.5";

        public static IEnumerable<ConformanceRow> Make()
        {
            return PropertyTables.Meters.Prepend(PropertyTables.NodeProfile).SelectMany(MakeOf);
        }

        private static IEnumerable<ConformanceRow> MakeOf(int one)
        {
            foreach (byte map in (byte[])[TestedObject.InfMapEpc, TestedObject.SetMapEpc, TestedObject.GetMapEpc])
            {
                yield return Row(one, $"{map:X2}", $"Property map {map:X2} has its form: a count, and that many codes below 16, bits from "
                    + "16 on", Appendix1, meter => LooksAtForm(meter.Find(one), map));
            }

            yield return Row(one, "GET", "Each property of the Get map (9F) is told by Get", Refusal, meter => LooksAtGet(meter.Find(one)));
            yield return Row(one, "NOGET", "Get of any property that is not in the Get map (9F) is refused: Get_SNA (52), without data",
                Refusal, meter => LooksAtNoGet(meter.Find(one)));
            yield return Row(one, "NOSET", "SetC of any property that is not in the Set map (9E) is refused: SetC_SNA (51), with the data "
                + "that was sent", Refusal, meter => LooksAtNoSet(meter, meter.Find(one)));
            yield return Row(one, "INF", "INF_REQ (63) of a property of the announcement map (9D) is answered by INF (73)", Refusal,
                meter => LooksAtInf(meter.Dialog, meter.Find(one)));
            yield return Row(one, "NOINF", "INF_REQ (63) of a property that the meter has not is refused: INF_SNA (53), without data",
                Refusal, meter => LooksAtNoInf(meter.Dialog, meter.Find(one)));
            if (one != PropertyTables.NodeProfile)
            {
                yield return Row(one, "SET", "The installation location (81) takes the value that it has", Refusal,
                    meter => LooksAtLocation(meter, meter.Find(one)));
                yield return Row(one, "SETSIZE", "A value of the wrong length for the installation location (81) is refused: SetC_SNA (51)",
                    Clause.None, meter => LooksAtLocationLength(meter, meter.Find(one)), false);
            }
        }

        private static ConformanceRow Row(int deviceClass, string id, string title, string source, Func<MeterUnderTest, Finding> check,
            bool isCertain = true)
        {
            return new ConformanceRow($"MAP-{deviceClass:X4}-{id}", RowGroup.Map, title, source, isCertain, deviceClass, check);
        }

        private static Finding LooksAtForm(TestedObject tested, byte map)
        {
            return tested.Value(map) is byte[] value ? Finding.Of(EchonetFrames.ReadMap(value).Fault)
                : Finding.Failed("Get is refused");
        }

        private static Finding LooksAtGet(TestedObject tested)
        {
            return tested.GetMap.Count == 0 ? Finding.Failed("the Get map lists nothing")
                : Finding.Of(Name("refused", tested.GetMap.Where(epc => tested.Value(epc) == null)));
        }

        private static Finding LooksAtNoGet(TestedObject tested)
        {
            var told = new List<byte>();
            foreach (byte[] epcs in Enumerable.Range(0x80, 0x80).Select(epc => (byte)epc).Except(tested.GetMap).Chunk(AskedAtOnce))
            {
                EchonetMessage answer = tested.Get(epcs);
                told.AddRange(answer.Properties.Where(property => property.Edt.Length > 0).Select(property => property.Epc));
                if (answer.Esv != EchonetMessage.GetSna)
                {
                    return Finding.Failed($"ESV {answer.Esv:X2} for {Name("", epcs)}");
                }
            }

            return Finding.Of(Name("told", told));
        }

        // The value that it has: one that is taken by mistake changes nothing. The clock is left alone: to set it to what it shows
        // changes its seconds.
        private static Finding LooksAtNoSet(MeterUnderTest meter, TestedObject tested)
        {
            foreach (byte epc in tested.GetMap.Except(tested.SetMap).Where(epc => epc is not (CurrentTime or CurrentDate)))
            {
                byte[] value = tested.Value(epc);
                if (value == null)
                {
                    continue;
                }

                EchonetMessage answer = meter.Dialog.Ask(MeterDialog.Request(tested.Eoj, EchonetMessage.SetC, (epc, value)));
                if (answer.Esv != EchonetService.SetCSna || !(answer.Find(epc) ?? []).SequenceEqual(value))
                {
                    return Finding.Failed($"SetC {epc:X2}: ESV {answer.Esv:X2}, {MeterUnderTest.ToText(answer.Find(epc) ?? [])} came "
                        + $"back for {MeterUnderTest.ToText(value)}");
                }
            }

            return Finding.Passed;
        }

        private static Finding LooksAtInf(MeterDialog dialog, TestedObject tested)
        {
            byte epc = tested.InfMap.FirstOrDefault(OperationStatus);
            EchonetMessage answer = dialog.Ask(MeterDialog.Request(tested.Eoj, EchonetService.InfReq, (epc, [])));
            return Finding.Of(answer.Esv == EchonetMessage.Inf && answer.Find(epc) != null ? null
                : $"INF_REQ {epc:X2}: ESV {answer.Esv:X2}, {MeterUnderTest.ToText(answer.Find(epc) ?? [])}");
        }

        private static Finding LooksAtNoInf(MeterDialog dialog, TestedObject tested)
        {
            byte epc = Absent(tested);
            EchonetMessage answer = dialog.Ask(MeterDialog.Request(tested.Eoj, EchonetService.InfReq, (epc, [])));
            return Finding.Of(answer.Esv == EchonetService.InfSna && answer.Find(epc) == null ? null
                : $"INF_REQ {epc:X2}: ESV {answer.Esv:X2}, {MeterUnderTest.ToText(answer.Find(epc) ?? [])}");
        }

        private static Finding LooksAtLocation(MeterUnderTest meter, TestedObject tested)
        {
            byte[] value = tested.Value(InstallationLocation);
            if (!tested.SetMap.Contains(InstallationLocation) || value == null)
            {
                return Finding.Skipped("81 is not in the Set map");
            }

            EchonetMessage answer = meter.Set(tested, InstallationLocation, value);
            return Finding.Of(answer.Esv == EchonetMessage.SetRes && answer.Find(InstallationLocation) == null
                && tested.Read(InstallationLocation) is byte[] after && after.SequenceEqual(value) ? null
                : $"SetC 81 {MeterUnderTest.ToText(value)}: ESV {answer.Esv:X2}");
        }

        private static Finding LooksAtLocationLength(MeterUnderTest meter, TestedObject tested)
        {
            if (!tested.SetMap.Contains(InstallationLocation))
            {
                return Finding.Skipped("81 is not in the Set map");
            }

            EchonetMessage answer = meter.Set(tested, InstallationLocation, [0, 0]);
            return Finding.Of(answer.Esv == EchonetService.SetCSna ? null : $"SetC 81 0000: ESV {answer.Esv:X2}");
        }

        /// <summary>A property that an object has not.</summary>
        internal static byte Absent(TestedObject tested)
        {
            return Enumerable.Range(0xF0, 0x10).Reverse().Select(epc => (byte)epc).First(epc => !tested.GetMap.Contains(epc));
        }

        private static string Name(string what, IEnumerable<byte> epcs)
        {
            string list = string.Join(' ', epcs.Select(epc => epc.ToString("X2")));
            return list.Length == 0 ? null : $"{what} {list}".Trim();
        }
    }
}
