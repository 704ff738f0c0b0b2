using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>A load's state as declared: see <see cref="IPowerSheet.State"/>.</summary>
    public sealed record DeclaredState(string Name, int Typical, int Peak, Sends Sends, string Source);
}
