using System;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoComm.CommandLine;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>Shows lines of a log: to a person, coloured where the output is a terminal and NO_COLOR is not set, or as one JSON
    /// object a line.</summary>
    internal sealed class LogView
    {
        private const int SourceWidth = 11;
        private const int TimeWidth = 12;
        private const string Indent = "               ";

        private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        private readonly bool _isJson;

        public LogView(bool isJson)
        {
            _isJson = isJson;
        }

        /// <summary>Shows a line.</summary>
        public void Show(LogEntry entry)
        {
            if (_isJson)
            {
                Console.WriteLine(ToJson(entry).ToJsonString(Format));
                return;
            }

            var style = new Style(ColourOf(entry.Level));
            Write($"{TimeOf(entry.Time),TimeWidth}  ", new Style(Color.Grey));
            Write($"{entry.Source,-SourceWidth} ", style);
            Write(entry.Code is int code ? Words.Of($"{entry.Text} (code {code})") + "\n" : entry.Text + "\n", entry.Level >= LogWeight.Warning ? style : Style.Plain);
            if (entry.Words is not null)
            {
                Write($"{Indent}{entry.Words}\n", new Style(Color.Grey));
            }
        }

        // What the line does not have is left out.
        private static JsonObject ToJson(LogEntry entry)
        {
            var line = new JsonObject();
            if (entry.Time.Length > 0)
            {
                line["time"] = entry.Time;
            }

            line["level"] = entry.Level.ToString();
            line["source"] = entry.Source;
            if (entry.Code is int code)
            {
                line["code"] = code;
            }

            line["text"] = entry.Text;
            if (entry.Words is not null)
            {
                line["words"] = entry.Words;
            }

            return line;
        }

        // Not through the console's own layout, which would break lines of a log.
        private static void Write(string text, Style style)
        {
            if (AnsiConsole.Profile.Capabilities.ColorSystem == ColorSystem.NoColors || !AnsiConsole.Profile.Capabilities.Ansi)
            {
                AnsiConsole.Profile.Out.Writer.Write(text);
                return;
            }

            AnsiConsole.Write(new Text(text, style) { Overflow = Overflow.Fold });
        }

        private static Color ColourOf(LogWeight level) => level switch
        {
            LogWeight.Error => Color.Red,
            LogWeight.Warning => Color.Yellow,
            LogWeight.Debug => Color.Grey,
            _ => Color.Default,
        };

        // Milliseconds since the unit's start as seconds; a time of day as it is.
        private static string TimeOf(string time)
        {
            return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
                ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}.{milliseconds % 1000:D3} s")
                : time;
        }
    }
}
