using System.Text.Json;
using System.Text.RegularExpressions;

namespace NanoComm.Tool
{
    /// <summary>
    /// Takes a line apart: one of the firmware on a board (hal/Esp32, DebugLog), the same as the virtual board prints it, plain or
    /// as JSON, or one of ESP-IDF, of the chip's ROM or of the interpreter.
    /// </summary>
    internal static class LogParser
    {
        private static readonly Regex Board = new(@"^(?<time>\d{1,19}) (?<level>[DIWE]) (?<source>[\w-]+): (?<text>.*)$");
        private static readonly Regex Virtual = new(@"^(?<time>\d\d:\d\d:\d\d\.\d{3}) (?<source>[\w-]+) +(?:(?<level>Warning|Error): )?(?<text>.*)$");
        private static readonly Regex Idf = new(@"^(?<level>[DIWEV]) \((?<time>\d{1,12})\) (?<source>[\w.:-]+): (?<text>.*)$");
        private static readonly Regex Rom = new(@"^(?<text>(?:ets [A-Z]|rst:0x|configsip|clk_drv|mode:|load:|entry 0x|waiting for download|flash read err|invalid header|csum err|ets_main).*)$");
        private static readonly Regex Panic = new(@"^(?<text>(?:Guru Meditation|Backtrace:|abort\(\)|Brownout detector|assert failed|CORRUPT HEAP|Rebooting\.\.\.|ELF file SHA256|Core +\d|Task watchdog).*)$");
        private static readonly Regex Interpreter = new(@"^\s*(?<text>\+{4}.*|An unhandled exception.*|Type resolution error.*|Link failure.*|Ready\.|Waiting for debug commands.*)$");

        /// <summary>Takes it apart.</summary>
        public static LogEntry Parse(string line)
        {
            LogEntry entry = Match(Board, line, null) ?? Match(Virtual, line, null) ?? ParseJson(line) ?? Match(Idf, line, null)
                ?? Match(Panic, line, "panic", LogWeight.Error) ?? Match(Rom, line, "boot") ?? Match(Interpreter, line, "interpreter", LogWeight.Warning)
                ?? new LogEntry("", LogWeight.Info, "", line.Trim());
            return LogWords.Explain(entry);
        }

        private static LogEntry Match(Regex form, string line, string source, LogWeight level = LogWeight.Debug)
        {
            Match match = form.Match(line);
            return !match.Success ? null : new LogEntry(match.Groups["time"].Value,
                source is null ? LevelOf(match.Groups["level"].Value) : level, source ?? match.Groups["source"].Value, match.Groups["text"].Value);
        }

        private static LogWeight LevelOf(string level) => level switch
        {
            "E" or "Error" => LogWeight.Error,
            "W" or "Warning" => LogWeight.Warning,
            "D" or "V" or "Debug" => LogWeight.Debug,
            _ => LogWeight.Info,
        };

        private static LogEntry ParseJson(string line)
        {
            if (!line.StartsWith('{'))
            {
                return null;
            }

            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement root = document.RootElement;
                string happened = Text(root, "event");
                return happened.Length == 0 ? null : happened == "log"
                    ? new LogEntry(Text(root, "at"), LevelOf(Text(root, "level")), Text(root, "source"), Text(root, "text"))
                    : new LogEntry(Text(root, "at"), LogWeight.Debug, happened, line);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private static string Text(JsonElement root, string name)
        {
            return root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : "";
        }
    }
}
