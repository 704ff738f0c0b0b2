using System;
using System.CommandLine;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>The command <c>mu</c>.</summary>
    internal static class MeteringUnitCommand
    {
        public static Command Make(Func<string, int> fail)
        {
            var port = new Option<string>("--port")
            {
                Description = "Serial port or pseudo terminal to answer on.",
                HelpName = "PATH",
            };
            var tcp = new Option<string>("--tcp")
            {
                Description = "TCP address to listen on instead; port 0 takes a free one.",
                HelpName = "HOST:PORT",
            };
            Option<int> baud = Number("--baud", "Bits per second of the serial port.", 115200, 300, 4_000_000);
            var data = new Option<string>("--data")
            {
                Description = "Replay this file of one-minute readings instead of the recorded two days.",
                HelpName = "CSV",
            };
            var store = new Option<string>("--store")
            {
                Description = "Keep identity, keys, counters and event log in this folder; without it they are made up "
                    + "anew at every start.",
                HelpName = "DIR",
            };
            Option<int> speed = Number("--speed", "The metering clock runs N times faster; timeouts do not.", 1, 1,
                3600);
            var showSecrets = new Option<bool>("--show-secrets")
            {
                Description = "Print the made-up keys, so that a client can be given them.",
            };
            var command = new Command("mu",
                "A simulated metering unit alone: a DLMS/COSEM server over HDLC, for a bench or a board.")
            {
                port, tcp, baud, data, store, speed, showSecrets,
            };
            command.Validators.Add(result =>
            {
                if ((result.GetValue(port) == null) == (result.GetValue(tcp) == null))
                {
                    result.AddError("mu: give either --port PATH or --tcp HOST:PORT");
                }
            });
            command.SetAction(parsed => Run(fail, new MeteringUnitSettings
            {
                Port = parsed.GetValue(port),
                Tcp = parsed.GetValue(tcp),
                Baud = parsed.GetValue(baud),
                Data = parsed.GetValue(data),
                Store = parsed.GetValue(store),
                Speed = parsed.GetValue(speed),
                ShowSecrets = parsed.GetValue(showSecrets),
            }));
            return command;
        }

        private static int Run(Func<string, int> fail, MeteringUnitSettings settings)
        {
            try
            {
                using var session = new MeteringUnitSession(settings);
                session.Run();
                return 0;
            }
            catch (UserError error)
            {
                return fail(error.Message);
            }
        }

        private static Option<int> Number(string name, string description, int usual, int least, int most)
        {
            return new Option<int>(name)
            {
                Description = description,
                HelpName = "N",
                DefaultValueFactory = _ => usual,
                CustomParser = result =>
                {
                    string text = result.Tokens.Single().Value;
                    if (!int.TryParse(text, out int value) || value < least || value > most)
                    {
                        result.AddError($"{name}: '{text}' is not a whole number from {least} to {most}");
                    }

                    return value;
                },
            };
        }
    }
}
