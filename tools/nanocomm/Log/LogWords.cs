using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;
using NanoComm.Pairing;

namespace NanoComm.Tool
{
    /// <summary>What lines of a log mean and what to do: of a pairing the words of <see cref="SwapAdvice"/>, found by the firmware's
    /// own; of the rest what a person in front of a board cannot know.</summary>
    internal static class LogWords
    {
        // The codes that a text of the firmware stands for. Two texts are of several codes: the first of them is told.
        private static readonly Dictionary<string, PairingDetail> Codes = MakeCodes();

        // ESP32, rom/rtc.h: why the chip starts.
        private static readonly Dictionary<string, (LogWeight Level, string Words)> Resets = new(StringComparer.Ordinal)
        {
            ["POWERON_RESET"] = (LogWeight.Info, Words.Later("the power was switched on, or the reset button pressed")),
            ["SW_RESET"] = (LogWeight.Info, Words.Later("the unit restarted itself")),
            ["SW_CPU_RESET"] = (LogWeight.Info, Words.Later("the unit restarted itself")),
            ["DEEPSLEEP_RESET"] = (LogWeight.Info, Words.Later("out of deep sleep")),
            ["EXT_CPU_RESET"] = (LogWeight.Info, Words.Later("reset from outside")),
            ["RTCWDT_BROWN_OUT_RESET"] = (LogWeight.Error, Words.Later("the supply fell below what the chip needs: look at the supply, its cable and the capacitor at the Wi-SUN module")),
            ["OWDT_RESET"] = (LogWeight.Error, Words.Later("a watchdog restarted the chip: the interpreter hung")),
            ["TG0WDT_SYS_RESET"] = (LogWeight.Error, Words.Later("a watchdog restarted the chip: the interpreter hung")),
            ["TG1WDT_SYS_RESET"] = (LogWeight.Error, Words.Later("a watchdog restarted the chip: the interpreter hung")),
            ["TGWDT_CPU_RESET"] = (LogWeight.Error, Words.Later("a watchdog restarted the chip: the interpreter hung")),
            ["RTCWDT_SYS_RESET"] = (LogWeight.Error, Words.Later("a watchdog restarted the chip: it did not start")),
            ["RTCWDT_CPU_RESET"] = (LogWeight.Error, Words.Later("a watchdog restarted the chip: it did not start")),
            ["RTCWDT_RTC_RESET"] = (LogWeight.Error, Words.Later("a watchdog restarted the chip: it did not start")),
        };

        private static readonly (Regex Source, Regex Text, LogWeight? Level, string Words)[] Rules =
        [
            Rule("boot", @"^waiting for download", LogWeight.Warning, Words.Later("the chip waits to be flashed: let go of the BOOT button and press reset to run the program")),
            Rule("boot", @"^(flash read err|invalid header)", LogWeight.Error, Words.Later("there is no firmware image in the flash: nanocomm flash BOARD --port PORT --image")),
            Rule("boot", @"^csum err", LogWeight.Error, Words.Later("the firmware image is damaged: nanocomm flash BOARD --port PORT --image")),
            Rule("panic", @"^Brownout detector", null, Words.Later("the supply fell below what the chip needs: look at the supply, its cable and the capacitor at the Wi-SUN module")),
            Rule("panic", @"^(Guru Meditation|abort|assert failed|CORRUPT HEAP)", null, Words.Later("the interpreter failed and restarts; the lines that follow tell where: keep them")),
            Rule("panic", @"^Task watchdog", null, Words.Later("a task of the interpreter does not let go of the processor")),
            Rule("interpreter", @"CLR_E_OUT_OF_MEMORY|OutOfMemory", LogWeight.Error, Words.Later("the managed heap is used up")),
            Rule("interpreter", @"^(Type resolution|Link failure)", LogWeight.Error, Words.Later("program and firmware image do not belong together: flash both, image first")),
            Rule("main", @"^firmware image ", null, Words.Later("the unit starts")),
            Rule("board", @"^restarting: memory is low", null, Words.Later("the unit restarts itself: too little memory was left, twice in a row")),
            Rule("board", @"^restarting: ", null, Words.Later("the unit restarts itself, and goes on from its records")),
            Rule(".*", @"^the loop failed and will be started again", null, Words.Later("the other parts run on; if it comes again and again, keep the log")),
            Rule("memory", @"^managed ", null, null),
            Rule("metering", @"^reading the metering unit", null, Words.Later("the meter answers, and readings arrive")),
            Rule("metering", @"^metering clock stepped", null, Words.Later("the meter's clock was set; the history follows it")),
            Rule("power", @"^the supply is low", null, Words.Later("loads are shed until it is good again")),
            Rule("udp", @"closed: .*no link", null, Words.Later("no cable, or no radio network: nothing is tried until there is one")),
            Rule("udp", @"DHCP has not answered", null, Words.Later("the network gives the board no address: look at its DHCP server")),
            Rule("udp", @"no such interface", null, Words.Later("the firmware image is another board's: board info tells which one runs")),
            Rule("files", @"^cannot ", null, Words.Later("the board's flash did not take or give a file; the store goes on with the record before it")),
        ];

        /// <summary>Explains a line.</summary>
        public static LogEntry Explain(LogEntry entry)
        {
            if (Codes.TryGetValue(entry.Text, out PairingDetail code))
            {
                return entry with { Code = (int)code, Words = SwapAdvice.WhatAndDo(code) };
            }

            if (entry.Source == "boot" && Regex.Match(entry.Text, @"\((?<reset>\w+_RESET)\)") is { Success: true } reset
                && Resets.TryGetValue(reset.Groups["reset"].Value, out (LogWeight Level, string Words) why))
            {
                return entry with { Level = why.Level, Words = Words.OfLater(why.Words) };
            }

            (Regex _, Regex _, LogWeight? level, string words) = Rules.FirstOrDefault(rule => rule.Source.IsMatch(entry.Source) && rule.Text.IsMatch(entry.Text));
            return entry with { Level = level ?? entry.Level, Words = entry.Source == "memory" ? OfMemory(entry) : Words.OfLater(words) };
        }

        private static string OfMemory(LogEntry entry)
        {
            Match match = Regex.Match(entry.Text, @"^managed (?<managed>\d{1,9}) free; internal (?<free>\d{1,9}) of (?<total>\d{1,9}) free, largest block (?<largest>\d{1,9})$");
            return !match.Success ? null
                : Words.Of($"{Kilobytes("managed")} kB left for the program, {Kilobytes("free")} of {Kilobytes("total")} kB for sockets and radio, at most {Kilobytes("largest")} kB in one piece")
                    + (entry.Level >= LogWeight.Warning ? Words.Of(": too little; the unit restarts when it is so the next time, five minutes later") : "");

            string Kilobytes(string group)
            {
                return (int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) / 1024).ToString(CultureInfo.InvariantCulture);
            }
        }

        private static (Regex Source, Regex Text, LogWeight? Level, string Words) Rule(string source, string text, LogWeight? level, string words)
        {
            return (new Regex($"^(?:{source})$"), new Regex(text), level, words);
        }

        private static Dictionary<string, PairingDetail> MakeCodes()
        {
            var codes = new Dictionary<string, PairingDetail>(StringComparer.Ordinal);
            foreach (PairingDetail detail in Enum.GetValues<PairingDetail>().Where(detail => detail != PairingDetail.None))
            {
                PairingState state = detail switch
                {
                    PairingDetail.Replaced or PairingDetail.RetiredByOrder or PairingDetail.ErasedByBench => PairingState.Retired,
                    PairingDetail.TicketWaits => PairingState.TicketLoaded,
                    _ => PairingState.Refused,
                };
                codes.TryAdd(PairingText.Of(state, detail), detail);
            }

            codes.TryAdd(PairingText.Of(PairingState.Unpaired, PairingDetail.NoFactoryKeys), PairingDetail.NoFactoryKeys);
            return codes;
        }
    }
}
