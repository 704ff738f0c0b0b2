namespace nanoFramework.Runtime.Native
{
    /// <summary>The board's reboot: counted.</summary>
    public static class Power
    {
        public static int Reboots { get; set; }

        public static void RebootDevice() => Reboots++;
    }

    /// <summary>The interpreter's heap.</summary>
    public static class GC
    {
        public static uint Free { get; set; } = 1 << 20;

        public static uint Run(bool compact) => Free;
    }
}

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>The chip's heap: never short here.</summary>
    public static class NativeMemory
    {
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
        }

        public static void GetMemoryInfo(MemoryType type, out uint total, out uint free, out uint largest)
        {
            total = 300000;
            free = 100000;
            largest = 50000;
        }
    }
}
