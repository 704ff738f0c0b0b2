using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board log</c>.</summary>
    internal static class BoardLogCommand
    {
        public static Command Make()
        {
            Option<string> port = HostOptions.PathTo("--port", "PORT", Words.Of("The serial port of the board's UART0."));
            Option<string> from = HostOptions.PathTo("--from", "FILE", Words.Of("What was taken down before, or what a virtual board prints; '-' for the input."));
            Option<int> baud = HostOptions.Number("--baud", Words.Of("Bits per second of the port: the firmware image speaks at 921600, the boot loader before it at 115200."),
                LogSession.UsualBaud, 300, 4_000_000);
            var json = new Option<bool>("--json") { Description = Words.Of("One JSON object a line: time, level, source, code, text, words.") };
            Option<double?> seconds = HostOptions.For();
            var command = new Command("log", Words.Of("The log of a unit in words, with what its codes mean and what to do; until Ctrl-C.")) { port, from, baud, json, seconds, LanguageChoice.Option() };
            command.Validators.Add(result =>
            {
                if ((result.GetResult(port) is null) == (result.GetResult(from) is null))
                {
                    result.AddError(Words.Of("board log: give either --port or --from"));
                }
            });
            command.Does(parsed =>
            {
                using var session = new LogSession(new LogSettings
                {
                    Port = parsed.GetValue(port),
                    From = parsed.GetValue(from),
                    Baud = parsed.GetValue(baud),
                    Json = parsed.GetValue(json),
                    Seconds = parsed.GetValue(seconds),
                });
                return session.Run();
            });
            return command;
        }
    }
}
