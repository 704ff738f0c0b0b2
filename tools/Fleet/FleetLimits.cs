using System;
using System.Globalization;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;

namespace NanoComm.Fleet
{
    /// <summary>What this PC has for a fleet. Looked at before anything begins, so that what cannot be is said at once, with the
    /// number of units that can.</summary>
    public static class FleetLimits
    {
        /// <summary>What a unit takes of memory at most, bytes (docs/fleet.md has what was measured).</summary>
        public const int UnitBytes = 160_000;

        /// <summary>The same at high voltage.</summary>
        public const int HighVoltageUnitBytes = 400_000;

        // The program itself, and what shares nothing with the number of units.
        private const long OtherBytes = 150_000_000;
        private const int OtherDescriptors = 200;
        private const int Percent = 100;
        private const int Kilo = 1024;

        /// <summary>Looks.</summary>
        /// <exception cref="UserError">It cannot be; the message says what can.</exception>
        public static void Check(FleetOptions options)
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new UserError("fleet: many units in one process take Linux, for its way to wait for many sockets; "
                    + "elsewhere run nanocomm-virtual, once a unit");
            }

            Refuse(options, options.Addresses.Count, $"--network {options.Addresses.Text} has {options.Addresses.Count:N0} addresses",
                "or a larger network");
            Refuse(options, FindDescriptors() - OtherDescriptors, "this process may open too few sockets",
                "or raise the limit (ulimit -n) to more than that many");
            long bytes = UnitBytes + ((HighVoltageUnitBytes - UnitBytes) * options.HighVoltageShare / Percent);
            Refuse(options, (FindMemory() - OtherBytes) / bytes, $"this PC has too little memory, at {bytes / 1000} kB each",
                "or close other programs");
            CheckAddresses(options);
        }

        /// <summary>Descriptors that the process may have, from /proc/self/limits; all there can be where that says
        /// nothing.</summary>
        internal static long ParseDescriptors(string limits)
        {
            string line = limits.Split('\n').FirstOrDefault(one => one.StartsWith("Max open files", StringComparison.Ordinal));
            string soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
            return long.TryParse(soft, CultureInfo.InvariantCulture, out long count) ? count : int.MaxValue;
        }

        private static long FindDescriptors()
        {
            return ParseDescriptors(File.ReadAllText("/proc/self/limits"));
        }

        // What the system can give now, and what a container lets this process have.
        private static long FindMemory()
        {
            string line = File.ReadLines("/proc/meminfo").FirstOrDefault(one => one.StartsWith("MemAvailable:", StringComparison.Ordinal));
            string kilobytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
            long free = long.TryParse(kilobytes, CultureInfo.InvariantCulture, out long count) ? count * Kilo : long.MaxValue;
            return Math.Min(free, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        }

        private static void Refuse(FleetOptions options, long most, string why, string orElse)
        {
            if (options.Count > most)
            {
                throw new UserError($"--count: {options.Count:N0} units do not fit: {why}. Give --count {Math.Max(most, 0)}, {orElse}");
            }
        }

        private static void CheckAddresses(FleetOptions options)
        {
            for (int i = 0; i < options.Count; i++)
            {
                if (!LocalAddresses.CanBind(options.Addresses[i], options.Port))
                {
                    throw new UserError($"--network: {options.Addresses[i]} port {options.Port} cannot be had: it is in use, or is no "
                        + $"address of this PC; before it come {i}. Give other addresses, --count {i}, or put them on an interface: "
                        + "'nanocomm fleet --addresses add:INTERFACE' prints the commands");
                }
            }
        }
    }
}
