using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>What the supply bears for moments, as declared: see <see cref="IPowerSheet.Moments"/>.</summary>
    public sealed record DeclaredMoments(int Crest, int Inrush, int InrushTime, string Source);
}
