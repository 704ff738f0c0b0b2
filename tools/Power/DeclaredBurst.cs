using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>A load's longest transmission as declared: see <see cref="IPowerSheet.Burst"/>.</summary>
    public sealed record DeclaredBurst(int Longest, string Source);
}
