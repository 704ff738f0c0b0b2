using System.Collections.Generic;
using Spectre.Console.Rendering;

namespace NanoComm.CommandLine
{
    /// <summary>A view that knows its lines: to split them costs more than to make them.</summary>
    public interface ILaidOut : IRenderable
    {
        /// <summary>Its lines.</summary>
        /// <param name="options">The terminal.</param>
        /// <param name="columns">Columns that it has.</param>
        IReadOnlyList<SegmentLine> Lay(RenderOptions options, int columns);
    }
}
