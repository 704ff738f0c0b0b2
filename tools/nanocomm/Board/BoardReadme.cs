using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>The README of a board that was laid out, with what is to be filled in.</summary>
    internal static class BoardReadme
    {
        // By the constant of the class Pins: the row of the table, and where the pin goes.
        private static readonly Dictionary<string, (string What, string To)> Rows = new()
        {
            ["MeteringTransmit"] = ("metering unit, TX (COM2)", "metering unit RX, 115200 8N1, no flow control"),
            ["MeteringReceive"] = ("metering unit, RX (COM2)", "metering unit TX"),
            ["WiSunTransmit"] = ("Wi-SUN module, TX (COM3)", "module RXD, 115200 8N1, no flow control"),
            ["WiSunReceive"] = ("Wi-SUN module, RX (COM3)", "module TXD"),
            ["WiSunReset"] = ("Wi-SUN module, reset", "module RESET: low resets, and 10 kΩ to ground holds it before the firmware runs"),
            ["SupplyReceive"] = ("voltage detector of the supply", "its output: low while the supply is low"),
            ["Light"] = ("light", "LED and resistor to ground: lit by a high level"),
        };

        /// <summary>Writes it.</summary>
        public static string Of(string name, string like, Mcu mcu, IEnumerable<string> pins)
        {
            string image = mcu.Image[like];
            string rows = string.Concat(pins.Select(pin => $"| {Rows[pin].What} | GPIO? | {Rows[pin].To} |\n"));
            return $"""
                # {name}
                {mcu.Module}, laid out after [{like}](../{like}/README.md). Build, flash, records, light, disposal and recovery
                are the same on every ESP32 board: [boards/Esp32](../Esp32/README.md); what is to be filled in, and in which order, is
                in [docs/porting.md](../../docs/porting.md). **It has not run on a board yet.**

                ## Wiring
                TX and RX are named from the chip's side. GPIO? is to be filled in, here and in Pins.cs; tests/Contract holds one
                to the other, to the chip and to the image.

                | what | pin | to |
                |---|---|---|
                {rows}| UART0 | {mcu.DebuggerPins} | USB bridge: nanoff, debugger, log |

                ## Power
                `{name}Power.cs` has the figures of {like} until this board's are filled in. `nanocomm power {name}` shows what they
                come to.

                ## Flash
                Image **{image}**. After the build, in this folder:

                ```console
                nanoff --update --target {image} --serialport /dev/ttyUSB0
                nanoff --nanodevice --deploy --serialport /dev/ttyUSB0 --image bin/Release/NanoComm.{name}.bin
                ```

                """;
        }
    }
}
