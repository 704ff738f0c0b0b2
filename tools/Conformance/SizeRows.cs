using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>Many properties in a request, and more than an answer can hold.</summary>
    internal static class SizeRows
    {
        private const int AtOnce = 6;

        // Eight days of a history are more than a datagram.
        private const int Days = 8;

        public static IEnumerable<ConformanceRow> Make()
        {
            yield return Row("OPC-6", "Get of six properties at once is answered, all of them", $"{Clause.Interface} 1.01", true,
                LooksAtSix);
            yield return Row("OVER", "Get of more than an answer can hold: Get_SNA (52) with what fits, in no more than 1,232 bytes",
                Clause.None, false, LooksAtOversize);
            yield return Row("ALIVE", "Get of more than an answer can hold does not silence the meter", Clause.Observed, false,
                LooksAtAlive);
        }

        private static ConformanceRow Row(string id, string title, string source, bool isCertain,
            Func<MeterUnderTest, TestedObject, Finding> check)
        {
            return new ConformanceRow($"SIZE-{id}", RowGroup.Size, title, source, isCertain, 0,
                meter => meter.Meters.Count == 0 ? Finding.Skipped("there is no meter")
                    : meter.Meters.Select(tested => check(meter, tested)).FirstOrDefault(finding => finding != Finding.Passed)
                        ?? Finding.Passed);
        }

        private static Finding LooksAtSix(MeterUnderTest meter, TestedObject tested)
        {
            byte[] epcs = tested.GetMap.Where(epc => tested.Value(epc) is { Length: < 20 }).TakeLast(AtOnce).ToArray();
            EchonetMessage answer = tested.Get(epcs);
            return Finding.Of(answer.Esv == EchonetMessage.GetRes && answer.Properties.TrueForAll(property => property.Edt.Length > 0) ? null
                : $"{tested.Eoj:X6}, Get {Convert.ToHexString(epcs)}: ESV {answer.Esv:X2}");
        }

        private static Finding LooksAtOversize(MeterUnderTest meter, TestedObject tested)
        {
            if (ToOversize(tested) is not byte[] epcs)
            {
                return Finding.Skipped($"{tested.Eoj:X6} has no history of a day");
            }

            EchonetMessage answer = tested.Get(epcs);
            return Finding.Of(answer.Esv == EchonetMessage.GetSna && answer.Properties.Exists(property => property.Edt.Length > 0)
                && answer.ToBytes().Length <= MeterDialog.LongestAnswer ? null
                : $"{tested.Eoj:X6}: ESV {answer.Esv:X2}, {answer.ToBytes().Length} bytes, "
                    + $"{answer.Properties.Count(property => property.Edt.Length > 0)} of {epcs.Length} with data");
        }

        private static Finding LooksAtAlive(MeterUnderTest meter, TestedObject tested)
        {
            if (ToOversize(tested) is not byte[] epcs)
            {
                return Finding.Skipped($"{tested.Eoj:X6} has no history of a day");
            }

            EchonetMessage request = MeterDialog.Request(tested.Eoj, EchonetMessage.Get, Array.ConvertAll(epcs, epc => (epc, Array.Empty<byte>())));
            request.Tid = meter.Dialog.NextTid();
            meter.Dialog.Probe(request.ToBytes());
            return Finding.Passed;
        }

        private static byte[] ToOversize(TestedObject tested)
        {
            byte day = MeterClass.Of(tested.Class).Days.FirstOrDefault(epc => tested.GetMap.Contains(epc));
            return day == 0 ? null : Enumerable.Repeat(day, Days).ToArray();
        }
    }
}
