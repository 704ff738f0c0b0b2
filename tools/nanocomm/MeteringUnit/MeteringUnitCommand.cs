using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>mu</c>.</summary>
    internal static class MeteringUnitCommand
    {
        public static Command Make()
        {
            Option<string> port = HostOptions.PathTo("--port", "PATH", "Serial port or pseudo terminal to answer on.");
            var tcp = new Option<string>("--tcp")
            {
                Description = "TCP address to listen on instead; port 0 takes a free one.",
                HelpName = "HOST:PORT",
            };
            Option<int> baud = HostOptions.Baud("Bits per second of the serial port.");
            Option<string> data = HostOptions.Data();
            Option<string> store = HostOptions.Store("Keep identity, keys, counters and event log in this folder; without it "
                + "they are made up anew at every start.");
            Option<int> speed = HostOptions.Speed();
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
            command.SetAction(parsed => Run(new MeteringUnitSettings
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

        private static void Run(MeteringUnitSettings settings)
        {
            using UnitStore store = UnitStore.Open(settings.Store, "nanocomm mu");
            using var session = new MeteringUnitSession(settings, store);
            session.Run();
        }
    }
}
