using System.Collections.Generic;
using Spectre.Console.Rendering;

namespace NanoComm.Virtual
{
    /// <summary>Something that is laid out once for each width.</summary>
    /// <param name="view">What.</param>
    internal sealed class KeptView(IRenderable view)
    {
        private IReadOnlyList<SegmentLine> _lines;
        private int _width = -1;

        /// <summary>Its lines.</summary>
        public IReadOnlyList<SegmentLine> Lay(RenderOptions options, int width)
        {
            if (width != _width)
            {
                _lines = Segment.SplitLines(view.Render(options, width), width);
                _width = width;
            }

            return _lines;
        }
    }
}
