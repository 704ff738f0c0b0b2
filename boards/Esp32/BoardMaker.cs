using NanoComm.Hal;

namespace NanoComm.Esp32
{
    /// <summary>Makes a board's hardware.</summary>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">Diagnostics.</param>
    internal delegate Esp32Board BoardMaker(IClock clock, ILog log);
}
