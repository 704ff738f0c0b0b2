using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>A rail as declared: see <see cref="IPowerSheet.Rail"/>.</summary>
    public sealed record DeclaredRail(string Name, int Millivolts, string Feeder, int[] Efficiency, int Storage, string Source);
}
