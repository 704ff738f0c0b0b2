using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// What a board wires where, the constants of its class Pins: held against the ESP32, against what the board's firmware
    /// image takes for a PHY, and against the wiring table of the board's README, which names the image too.
    /// </summary>
    internal static class PinTable
    {
        public const string NoTable = nameof(NoTable);
        public const string Unnamed = nameof(Unnamed);
        public const string Unfilled = nameof(Unfilled);
        public const string NotThere = nameof(NotThere);
        public const string Taken = nameof(Taken);
        public const string InputOnly = nameof(InputOnly);
        public const string Twice = nameof(Twice);
        public const string Image = nameof(Image);
        public const string Readme = nameof(Readme);
        public const string Literal = nameof(Literal);

        // What a constant is called in the wiring table of a README.
        private static readonly Dictionary<string, string> Parts = new()
        {
            ["MeteringTransmit"] = "metering unit, TX (COM2)",
            ["MeteringReceive"] = "metering unit, RX (COM2)",
            ["WiSunTransmit"] = "Wi-SUN module, TX (COM3)",
            ["WiSunReceive"] = "Wi-SUN module, RX (COM3)",
            ["WiSunReset"] = "Wi-SUN module, reset",
            ["Light"] = "light",
            ["SupplyReceive"] = "voltage detector of the supply",
        };

        private const string Receive = "Receive";
        private const string Debugger = "UART0";

        // ESP32-WROVER-E and -IE data sheet, pin definitions and strapping pins; 37 and 38 are no pins of the module.
        private static readonly Chip Esp32 = new(
            Enumerable.Range(0, 20).Concat(new[] { 21, 22, 23, 25, 26, 27 }).Concat(new[] { 32, 33, 34, 35, 36, 39 }).ToArray(),
            new[] { 34, 35, 36, 37, 38, 39 },
            ("strapping", new[] { 0, 2, 5, 12, 15 }),
            ("UART0, the debugger", new[] { 1, 3 }),
            ("flash", new[] { 6, 7, 8, 9, 10, 11 }),
            ("PSRAM", new[] { 16, 17 }));

        // ESP32-S3-WROOM-1 data sheet, as quoted, not tried: 26 to 34 are no pins of the module.
        private static readonly Chip Esp32S3 = new(
            Enumerable.Range(0, 22).Concat(Enumerable.Range(35, 14)).ToArray(),
            Array.Empty<int>(),
            ("strapping", new[] { 0, 3, 45, 46 }),
            ("UART0, the debugger", new[] { 43, 44 }),
            ("USB", new[] { 19, 20 }),
            ("octal PSRAM", new[] { 35, 36, 37 }));

        // nf-interpreter, targets/ESP32/_Network/NF_ESP32_Ethernet.cpp (RMII data, SMI) and
        // defconfig/<image>_defconfig (clock, reset or power of the PHY).
        private static readonly Dictionary<string, (Chip Chip, int[] Phy)> Images = new()
        {
            ["ESP32_PSRAM_REV3_IPV6"] = (Esp32, Array.Empty<int>()),
            ["ESP32_OLIMEX_WROVER"] = (Esp32, new[] { 19, 21, 22, 25, 26, 27, 18, 23, 0, 12 }),
            ["ESP32_S3_OCTAL"] = (Esp32S3, Array.Empty<int>()),
        };

        private static readonly Regex Row = new(@"^\| (?<part>[^|]+?) \| (?<pins>GPIO[^|]+?) \|", RegexOptions.Multiline);
        private static readonly Regex Number = new(@"GPIO(?<number>\d+)");
        private static readonly Regex Target = new(@"--target (?<image>[\w.]+)");

        /// <summary>The pins of a board: name and GPIO number.</summary>
        /// <returns>Nothing without such a table.</returns>
        public static IReadOnlyList<(string Name, int Gpio)> Of(ModuleDefinition board)
        {
            return board.GetTypes().Where(type => type.Name == "Pins").SelectMany(type => type.Fields)
                .Where(field => field.HasConstant).Select(field => (field.Name, (int)field.Constant)).ToList();
        }

        /// <summary>Holds a table to chip, image and README.</summary>
        /// <param name="place">The board's folder.</param>
        /// <param name="pins">Its pins.</param>
        /// <param name="readme">Text of its README.</param>
        public static IEnumerable<Finding> Check(string place, IReadOnlyList<(string Name, int Gpio)> pins, string readme)
        {
            if (pins.Count == 0)
            {
                return new[] { new Finding(place, NoTable, "has no class Pins with its pins as constants") };
            }

            List<Finding> unfilled = pins.Where(pin => pin.Gpio < 0).Select(pin => new Finding(place, Unfilled,
                $"{pin.Name} is not filled in: give its GPIO number in Pins.cs, and in the table of README.md")).ToList();
            if (unfilled.Count > 0)
            {
                return unfilled;
            }

            List<string> images = Target.Matches(readme).Select(match => match.Groups["image"].Value).Distinct().ToList();
            return images.Count == 1 && Images.TryGetValue(images[0], out (Chip Chip, int[] Phy) image)
                ? pins.SelectMany(pin => CheckPin(place, pin.Name, pin.Gpio, image.Chip))
                    .Concat(CheckUse(place, pins))
                    .Concat(pins.Where(pin => image.Phy.Contains(pin.Gpio)).Select(pin => new Finding(place, Taken,
                        $"{pin.Name} is GPIO{pin.Gpio}, taken by the image {images[0]} for its PHY")))
                    .Concat(CheckReadme(place, pins, readme))
                : new[]
                {
                    new Finding(place, Image, "README.md flashes one image, of which "
                        + $"{nameof(PinTable)}.{nameof(Images)} knows the pins; it says: {string.Join(", ", images)}"),
                };
        }

        /// <summary>A board wires by its table, never by a number.</summary>
        /// <param name="sources">The board's own sources.</param>
        public static IEnumerable<Finding> CheckWiring(IEnumerable<SyntaxTree> sources)
        {
            return sources.SelectMany(source => source.GetRoot().DescendantNodes()).OfType<InvocationExpressionSyntax>()
                .Where(call => call.Expression.ToString().StartsWith("Wire", StringComparison.Ordinal))
                .SelectMany(call => call.ArgumentList.Arguments)
                .Where(argument => !argument.ToString().StartsWith("Pins.", StringComparison.Ordinal))
                .Select(argument => new Finding(argument.SyntaxTree.FilePath, Literal,
                    $"wires by '{argument}'; a pin is a constant of the board's class Pins"));
        }

        private static IEnumerable<Finding> CheckPin(string place, string name, int gpio, Chip chip)
        {
            string pin = $"{name} is GPIO{gpio}, ";
            if (!Parts.ContainsKey(name))
            {
                yield return new Finding(place, Unnamed, $"{name} has no name in {nameof(PinTable)}.{nameof(Parts)}");
            }

            if (!chip.Existing.Contains(gpio))
            {
                yield return new Finding(place, NotThere, pin + "which the module does not have");
            }

            foreach ((string what, _) in chip.Taken.Where(part => part.Pins.Contains(gpio)))
            {
                yield return new Finding(place, Taken, pin + "taken by the chip: " + what);
            }

            if (chip.Inputs.Contains(gpio) && !name.EndsWith(Receive, StringComparison.Ordinal))
            {
                yield return new Finding(place, InputOnly, pin + "which is an input only");
            }
        }

        private static IEnumerable<Finding> CheckUse(string place, IReadOnlyList<(string Name, int Gpio)> pins)
        {
            return pins.GroupBy(pin => pin.Gpio).Where(group => group.Count() > 1).Select(group => new Finding(place, Twice,
                $"GPIO{group.Key} is {string.Join(" and ", group.Select(pin => pin.Name))}"));
        }

        private static IEnumerable<Finding> CheckReadme(
            string place, IReadOnlyList<(string Name, int Gpio)> pins, string readme)
        {
            List<string> told = Row.Matches(readme).Where(row => row.Groups["part"].Value != Debugger)
                .SelectMany(row => Number.Matches(row.Groups["pins"].Value)
                    .Select(number => $"{row.Groups["part"].Value} at GPIO{number.Groups["number"].Value}")).ToList();
            List<string> wired = pins.Where(pin => Parts.ContainsKey(pin.Name))
                .Select(pin => $"{Parts[pin.Name]} at GPIO{pin.Gpio}").ToList();
            return wired.Except(told).Select(row => new Finding(place, Readme, $"README.md does not have: {row}"))
                .Concat(told.Except(wired).Select(row => new Finding(place, Readme, $"README.md has, and Pins does not: {row}")));
        }

        // Pins of a chip on its module, and what has taken which of them.
        private sealed record Chip(int[] Existing, int[] Inputs, params (string What, int[] Pins)[] Taken);
    }
}
