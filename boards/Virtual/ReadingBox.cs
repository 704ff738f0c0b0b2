using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoComm.Virtual
{
    /// <summary>The latest reading in a frame, and the chart beside it. It is drawn each second, so it is put together here; the
    /// chart keeps its lines for as long as it is the same.</summary>
    /// <param name="rows">Name and value of each row, in ASCII.</param>
    /// <param name="chart">What stands beside it; null for nothing.</param>
    internal sealed class ReadingBox(IReadOnlyList<(string Name, string Value)> rows, KeptView chart) : IRenderable
    {
        private const string Header = "latest reading";
        private const string Space = "  ";

        private static readonly Style Grey = new(Color.Grey);

        public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            int name = rows.Max(row => row.Name.Length);
            int value = rows.Max(row => row.Value.Length);
            int inner = name + Space.Length + value;
            IReadOnlyList<SegmentLine> beside = chart?.Lines(options, maxWidth - inner - 6) ?? [];
            for (int line = 0; line < rows.Count + 2; line++)
            {
                if (line == 0)
                {
                    yield return new Segment($"╭─{Header}{new string('─', inner + 1 - Header.Length)}╮");
                }
                else if (line <= rows.Count)
                {
                    (string text, string shown) = rows[line - 1];
                    yield return new Segment("│ ");
                    yield return new Segment(text.PadRight(name), Grey);
                    yield return new Segment($"{Space}{shown.PadLeft(value)} │");
                }
                else
                {
                    yield return new Segment($"╰{new string('─', inner + 2)}╯");
                }

                if (line < beside.Count)
                {
                    yield return new Segment(Space);
                    foreach (Segment segment in beside[line])
                    {
                        yield return segment;
                    }
                }

                yield return Segment.LineBreak;
            }
        }
    }
}
