using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>A supply as declared: see <see cref="IPowerSheet.Supply"/>.</summary>
    public sealed record DeclaredSupply(SupplyKind Kind, int Rated, int Reserved, int PowerFactor, string Source);
}
