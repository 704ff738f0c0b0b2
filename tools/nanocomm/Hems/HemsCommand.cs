using System;
using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>hems</c>.</summary>
    internal static class HemsCommand
    {
        private const int LongestEvery = 3600;

        public static Command Make()
        {
            Option<string> port = HostOptions.PathTo("--port", "PATH",
                "Serial port of the Wi-SUN dongle, or what 'boards/Virtual --hems-dongle' offers.");
            port.Required = true;
            var id = new Option<string>("--id")
            {
                Description = "The meter's route-B id.",
                HelpName = "HEX32",
                Required = true,
            };
            var password = new Option<string>("--password")
            {
                Description = "Its password.",
                HelpName = "P12",
                Required = true,
            };
            Option<int> baud = HostOptions.Baud("Bits per second of the serial port.");
            Option<int> every = HostOptions.Number("--every",
                "Seconds from one reading to the next; minutes missed in between are fetched.", 60, 1, LongestEvery, "SECONDS");
            var json = new Option<bool>("--json")
            {
                Description = "One JSON object a line.",
            };
            Option<double?> seconds = HostOptions.For();
            var command = new Command("hems",
                "A small controller: joins a meter over a Wi-SUN dongle (SKSTACK-IP) and shows its readings.")
            {
                port, id, password, baud, every, json, seconds,
            };
            command.SetAction(parsed => Run(new HemsSettings
            {
                Port = parsed.GetValue(port),
                Baud = parsed.GetValue(baud),
                Credentials = RouteBCredentials.Parse("--id", parsed.GetValue(id), "--password", parsed.GetValue(password)),
                Every = TimeSpan.FromSeconds(parsed.GetValue(every)),
                Json = parsed.GetValue(json),
                For = parsed.GetValue(seconds) is double time ? TimeSpan.FromSeconds(time) : null,
            }));
            return command;
        }

        private static void Run(HemsSettings settings)
        {
            using var session = new HemsSession(settings);
            session.Run();
        }
    }
}
