using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.Hems;

namespace NanoComm.Hil
{
    /// <summary>
    /// A first look at the wiring, before anything is judged: each cable by what comes on it. Only the first thing that is
    /// wrong is told, in one line: what hangs together with it would be told wrongly.
    /// </summary>
    public static class FirstCheck
    {
        /// <summary>What the case of the report is called.</summary>
        public const string Name = "first-check";

        private const int LongestNoise = 200;
        private const int MostStarts = 3;
        private const int FewestLines = 3;
        private const byte InstanceListS = 0xD6;

        // "1234 I source: text", as a board writes it, or "12:34:56.789 source text", as the virtual board does.
        private static readonly Regex OurLine = new(@"^\d+ [DIWE] [a-z][a-z -]*: |^\d\d:\d\d:\d\d\.\d{3} [a-z-]+ ");

        // What comes once at each start: of the unit's program, and of the chip before it.
        private static readonly string[] StartLines = ["firmware image ", "rst:0x"];

        /// <summary>Looks.</summary>
        /// <param name="bench">The bench, its board in any state.</param>
        /// <returns>What is wrong and what to do, one line; null when everything is where it belongs.</returns>
        public static string Run(Bench bench)
        {
            bool canGive = bench.Board.Lacks(BoardAbility.PutRecords) == null;
            if (canGive)
            {
                bench.Enrol();
                bench.Give(bench.Office.NextTicket().Bytes);
            }
            else
            {
                bench.Board.PowerOn();
            }

            var ways = new List<Func<bool>> { () => bench.MeteringLine.Frames > bench.MeteringLine.Snrms };
            if (bench.Board.Lacks(BoardAbility.Log) == null)
            {
                ways.Add(() => OurLines(bench) > 0);
            }

            bench.Clock.Until(() => IsHopeless(bench) || ways.All(way => way()), bench.Setup.FirstLook);
            return Judge(bench, canGive) ?? CheckIp(bench) ?? (canGive ? CheckWiSun(bench) : null);
        }

        private static int OurLines(Bench bench) => bench.Log.Count(line => OurLine.IsMatch(line.Text));

        private static int Starts(Bench bench)
        {
            return StartLines.Max(start => bench.Log.Count(line => line.Text.Contains(start, StringComparison.Ordinal)));
        }

        // What will not change by waiting.
        private static bool IsHopeless(Bench bench)
        {
            return bench.MeteringLine.HasCommands || bench.WiSunLine?.Snrms > 0 || IsNoise(bench.MeteringLine)
                || Starts(bench) > MostStarts;
        }

        private static bool IsNoise(WatchedLine line)
        {
            return line.Frames == 0 && !line.HasCommands && line.BytesHeard > LongestNoise;
        }

        private static string Judge(Bench bench, bool canGive)
        {
            WatchedLine metering = bench.MeteringLine;
            if (metering.HasCommands || bench.WiSunLine?.Snrms > 0)
            {
                return "the two ports are swapped: what drives a Wi-SUN module is at the metering port, or HDLC frames at the Wi-SUN "
                    + "port. Swap --mu-port and --wisun-port";
            }

            if (JudgeLog(bench) is string log)
            {
                return log;
            }

            if (IsNoise(metering))
            {
                return $"what comes at the metering port is no HDLC ({metering.BytesHeard} bytes): look at the baud rate on both sides "
                    + "(115200 8N1), and whether both have one ground";
            }

            if (metering.OnlyCalls)
            {
                return $"the board calls the metering unit ({metering.Snrms} SNRM) and does not hear the answers: look at the wire from "
                    + "the adapter's TX to the board's metering RX";
            }

            return metering.Frames > 0 ? null
                : "nothing comes at the metering port: look at the wire from the board's metering TX to the adapter's RX, at the ground, "
                    + "and whether the board has power" + (canGive ? "" : "; a board that is not paired is silent there: --enrol lets the "
                    + "bench pair it");
        }

        private static string JudgeLog(Bench bench)
        {
            if (bench.Board.Lacks(BoardAbility.Log) != null)
            {
                return null;
            }

            int lines = bench.Log.Count(line => !line.Text.StartsWith("bench: ", StringComparison.Ordinal));
            int starts = Starts(bench);
            if (starts > MostStarts)
            {
                return $"the board starts again and again ({starts} times in {bench.Now / Bench.Second} s): look at its supply, and at "
                    + $"the last line of its log: {LastOfOurs(bench)}";
            }

            return lines == 0 ? "nothing comes at the log port: look at the USB cable, and at --log-baud"
                : OurLines(bench) == 0 && lines >= FewestLines ? "what the board logs is not nanoComm's, another image is on it "
                    + $"(\"{Short(bench.Log[0].Text)}\"): flash the board, then run anew"
                : null;
        }

        private static string LastOfOurs(Bench bench)
        {
            BoardLogLine last = bench.Log.LastOrDefault(line => !StartLines.Any(line.Text.Contains));
            return last == null ? "none" : $"\"{Short(last.Text)}\"";
        }

        private static string Short(string text)
        {
            const int Longest = 60;
            string printable = new(text.Select(one => char.IsBetween(one, ' ', '~') ? one : '?').ToArray());
            return printable.Length <= Longest ? printable : printable[..Longest] + "...";
        }

        private static string CheckIp(Bench bench)
        {
            if (bench.Board.Lacks(BoardAbility.Ip) != null)
            {
                return null;
            }

            if (bench.Setup.Wifi != null)
            {
                bench.Obey(bench.Setup.Wifi);
            }

            long until = bench.Now + bench.Setup.FirstLook;
            while (bench.TerminalOf(0).Ask(Bench.Second, EchonetMessage.NodeProfile, EchonetMessage.Get, [(InstanceListS, [])]) == null)
            {
                if (bench.Now >= until)
                {
                    return "nothing answers ECHONET Lite at the board's address (UDP 3610): look at --ip, at the network cable or the "
                        + "Wi-Fi network, and at a firewall on this PC";
                }
            }

            return null;
        }

        // It speaks to its module once its route is open.
        private static string CheckWiSun(Bench bench)
        {
            if (bench.WiSunLine == null)
            {
                return null;
            }

            try
            {
                bench.OpenRouteB();
            }
            catch (ScenarioFailedException failure)
            {
                return $"the board is reached, and does not obey: {failure.Message}";
            }

            bench.Clock.Until(() => bench.Air.Module.Statistics.Commands > 0, bench.Setup.FirstLook);
            WatchedLine line = bench.WiSunLine;
            return bench.Air.Module.Statistics.Commands > 0 && !IsNoise(line) ? null
                : line.BytesHeard == 0 ? "nothing comes at the Wi-SUN port: look at the wire from the board's Wi-SUN TX to the adapter's RX"
                : $"what comes at the Wi-SUN port are no SKSTACK commands ({line.BytesHeard} bytes): look at the baud rate (115200 8N1)";
        }
    }
}
