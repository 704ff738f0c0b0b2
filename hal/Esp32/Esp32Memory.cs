using nanoFramework.Hardware.Esp32;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// The unit's two heaps: the interpreter's, compacted here, and the chip's internal one, which sockets and the
    /// radio live on and which nothing can compact.
    /// </summary>
    internal sealed class Esp32Memory
    {
        private const uint ManagedFloor = 48 * 1024;
        private const uint NativeBlockFloor = 12 * 1024;

        private readonly ILog _log;

        public Esp32Memory(ILog log)
        {
            _log = log;
        }

        /// <summary>Measures and logs both; true when either is below its floor. Takes some tens of milliseconds.</summary>
        public bool IsLow()
        {
            uint managed = nanoFramework.Runtime.Native.GC.Run(true);
            NativeMemory.GetMemoryInfo(
                NativeMemory.MemoryType.Internal, out uint total, out uint free, out uint largest);
            bool low = managed < ManagedFloor || largest < NativeBlockFloor;
            _log.Write(low ? LogLevel.Warning : LogLevel.Debug, "memory",
                "managed " + managed.ToString() + " free; internal " + free.ToString() + " of " + total.ToString()
                + " free, largest block " + largest.ToString());
            return low;
        }
    }
}
