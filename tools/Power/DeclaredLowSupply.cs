using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>When the supply counts as low, as declared: see <see cref="IPowerSheet.LowSupply"/>.</summary>
    public sealed record DeclaredLowSupply(int Low, int Good, string Source);
}
