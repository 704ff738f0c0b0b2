using System.Collections.Generic;
using System.Linq;
using NanoComm.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoComm.Virtual
{
    /// <summary>The latest reading in a frame, and the chart beside it. It is drawn each second, so it is put together here; the
    /// chart keeps its lines for as long as it is the same.</summary>
    /// <param name="rows">Name and value of each row, in ASCII.</param>
    /// <param name="chart">What stands beside it; null for nothing.</param>
    internal sealed class ReadingBox(IReadOnlyList<(string Name, string Value)> rows, KeptView chart) : ILaidOut
    {
        private const string Header = "latest reading";
        private const string Space = "  ";

        // Of the frame: a line and a blank on each side.
        private const int Frame = 4;

        private static readonly Style Grey = new(Color.Grey);

        public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            return Lay(options, maxWidth).SelectMany(line => line.Append(Segment.LineBreak));
        }

        public IReadOnlyList<SegmentLine> Lay(RenderOptions options, int columns)
        {
            int name = rows.Max(row => row.Name.Length);
            int value = rows.Max(row => row.Value.Length);
            int inner = name + Space.Length + value;
            var lines = new List<SegmentLine> { new([new Segment($"╭─{Header}{new string('─', inner + 1 - Header.Length)}╮")]) };
            lines.AddRange(rows.Select(row => new SegmentLine([new Segment("│ "), new Segment(row.Name.PadRight(name), Grey),
                new Segment($"{Space}{row.Value.PadLeft(value)} │")])));
            lines.Add(new SegmentLine([new Segment($"╰{new string('─', inner + 2)}╯")]));
            IReadOnlyList<SegmentLine> beside = chart?.Lay(options, columns - inner - Frame - Space.Length) ?? [];
            foreach ((SegmentLine line, SegmentLine shown) in lines.Zip(beside))
            {
                line.Add(new Segment(Space));
                line.AddRange(shown);
            }

            return lines;
        }
    }
}
