using System.Collections.Generic;
using System.Linq;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>A chip that a board can be laid out for.</summary>
    /// <param name="Name">On the command line.</param>
    /// <param name="Module">What carries it.</param>
    /// <param name="Image">The firmware image, by the board that the new one is like.</param>
    /// <param name="HasIPv6">Whether the image for Wi-Fi has IPv6.</param>
    /// <param name="DebuggerPins">Of UART0.</param>
    internal sealed record Mcu(string Name, string Module, IReadOnlyDictionary<string, string> Image, bool HasIPv6, string DebuggerPins)
    {
        /// <summary>The one that all was written for.</summary>
        public static readonly Mcu Esp32 = new("esp32", "ESP32-WROVER-E", new Dictionary<string, string>
        {
            [NewBoard.WithWifi] = "ESP32_PSRAM_REV3_IPV6",
            [NewBoard.WithEthernet] = "ESP32_OLIMEX_WROVER",
        }, true, "GPIO1, GPIO3");

        /// <summary>Its successor; its image has no IPv6.</summary>
        public static readonly Mcu Esp32S3 = new("esp32s3", "ESP32-S3-WROOM-1 with octal PSRAM", new Dictionary<string, string>
        {
            [NewBoard.WithWifi] = "ESP32_S3_OCTAL",
        }, false, "GPIO43, GPIO44");

        /// <summary>Names of all.</summary>
        public static IEnumerable<string> Names => All.Select(mcu => mcu.Name);

        private static IReadOnlyList<Mcu> All => [Esp32, Esp32S3];

        /// <summary>Finds one by its name.</summary>
        /// <exception cref="UserError">There is none of that name, or none that can be laid out.</exception>
        public static Mcu Parse(string name)
        {
            return All.SingleOrDefault(mcu => mcu.Name == name) ?? throw new UserError($"--mcu: boards are laid out for "
                + $"{string.Join(" and ", Names)}, not for '{name}'; docs/porting.md says what is known of other chips");
        }
    }
}
