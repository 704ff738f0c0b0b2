using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;
using NanoComm.Reporting;

namespace NanoComm.MeterConformance
{
    /// <summary>What every answer of the whole run has to be.</summary>
    internal static class AnswerRows
    {
        private const byte OperationStatus = 0x80;
        private const double LongestAnswer = 20;
        private const string Header = $"{Clause.Part2}, 3.2";

        public static IEnumerable<ConformanceRow> Make()
        {
            yield return Row("FRAME", "What the meter sends is whole frames of format 1", AnswerRule.Frame, Header);
            yield return Row("TID", "An answer has the request's TID", AnswerRule.Tid, $"{Clause.Part2}, 3.2.2");
            yield return Row("SEOJ", "An answer is of the object that was asked", AnswerRule.Seoj, $"{Clause.Part2}, 3.2.4");
            yield return Row("DEOJ", "An answer is for the object that asked", AnswerRule.Deoj, $"{Clause.Part2}, 3.2.4");
            yield return Row("ESV", "An answer's service answers the request's", AnswerRule.Esv, $"{Clause.Part2}, 3.2.5");
            yield return Row("PROPERTIES", "An answer has the request's properties in their order", AnswerRule.Properties,
                $"{Clause.Part2}, 3.2.5");
            yield return Row("DATA", "Get_Res (72) has data of every property, Get_SNA (52) lacks that of one at least", AnswerRule.Data,
                $"{Clause.Part2}, 3.2.5");
            yield return Row("LENGTH", "No answer is longer than 1,232 bytes", AnswerRule.Length, "IPv6 packets of 1,280 bytes (RFC 8200, 5)");
            yield return Row("FROM-PORT", "Answers come from the port of ECHONET Lite", AnswerRule.FromPort, Clause.Observed, false);
            yield return new ConformanceRow("ANS-TO-PORT", RowGroup.Answer, "The answer to what was asked from another port goes to the port "
                + "of ECHONET Lite", $"{Clause.Part2}, 1.2", true, 0, LooksAtOtherPort);
            yield return new ConformanceRow("ANS-TIME", RowGroup.Answer, "A single property is told within 20 s",
                Clause.Interface, true, 0, LooksAtTime);
        }

        private static ConformanceRow Row(string id, string title, AnswerRule rule, string source, bool isCertain = true)
        {
            return new ConformanceRow($"ANS-{id}", RowGroup.Answer, title, source, isCertain, 0, meter => Judge(meter, rule));
        }

        private static Finding Judge(MeterUnderTest meter, AnswerRule rule)
        {
            (int kept, IReadOnlyList<string> broken) = meter.Dialog.Of(rule);
            return broken.Count > 0 ? Finding.Failed($"{broken.Count} of {kept + broken.Count}; the first: {broken[0]}")
                : kept > 0 ? Finding.Passed with { Figures = [new ReportFigure("looked at", kept, "")] }
                : Finding.Skipped("nothing was heard that it could be seen from");
        }

        private static Finding LooksAtOtherPort(MeterUnderTest meter)
        {
            if (!meter.Path.Has(PathEnd.OtherPort))
            {
                return Finding.Skipped("this way to the meter has no other port");
            }

            meter.Dialog.Ask(MeterDialog.Request(meter.Node.Eoj, EchonetMessage.Get, (OperationStatus, [])), PathEnd.OtherPort);
            return Judge(meter, AnswerRule.ToPort);
        }

        private static Finding LooksAtTime(MeterUnderTest meter)
        {
            List<(long Time, long Took, int Properties)> answers = meter.Dialog.Answers.Where(answer => answer.Properties == 1).ToList();
            if (answers.Count == 0)
            {
                return Finding.Failed("none was told when it was asked for once");
            }

            double[] seconds = answers.Select(answer => answer.Took / 1000.0).Order().ToArray();
            var series = new ReportSeries("Time to answer", "s",
                answers.Select(answer => new ReportPoint((answer.Time - answers[0].Time) / 1000.0, answer.Took / 1000.0)).ToList(), LongestAnswer);
            var slowest = new ReportFigure("slowest", seconds[^1], "s", LongestAnswer);
            Finding finding = Finding.Of(meter.Dialog.Repetitions > 0 ? $"{meter.Dialog.Repetitions} requests were not answered in it"
                : slowest.IsWithin ? null : "slower");
            return finding with
            {
                Figures = [slowest, new ReportFigure("median", seconds[seconds.Length / 2], "s")],
                Series = [series],
            };
        }
    }
}
