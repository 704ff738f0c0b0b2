using System;
using Spectre.Console.Rendering;

namespace NanoComm.CommandLine
{
    /// <summary>A part of a live view. Parts stand below each other in their order; where there is no room for all of them, it is
    /// given away by rank.</summary>
    /// <param name="Rank">0 is given its lines first.</param>
    /// <param name="Draw">Draws it with so many of its items; called for each frame, and with fewer until it fits.</param>
    /// <param name="Items">How many it has: rows of a table, lines of a log; 1 where it is a whole.</param>
    /// <param name="IsCut">Whether its first lines are shown where it does not fit; otherwise it is left out.</param>
    /// <param name="Shows">What it shows: as long as that equals what it showed the time before it is not drawn anew. Null where that
    /// is not known: it is drawn each time.</param>
    public sealed record ScreenPart(int Rank, Func<int, IRenderable> Draw, int Items = 1, bool IsCut = false, object Shows = null);
}
