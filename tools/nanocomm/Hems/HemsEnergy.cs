using System;

namespace NanoComm.Tool
{
    /// <summary>Both registers at a time of the meter's clock.</summary>
    /// <param name="Time">When.</param>
    /// <param name="Normal">The register of the normal direction, or null for "no data".</param>
    /// <param name="Reverse">The register of the reverse direction, or null for "no data".</param>
    internal sealed record HemsEnergy(DateTime Time, long? Normal, long? Reverse);
}
