using System.CommandLine;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>The command <c>mu</c>.</summary>
    internal static class MeteringUnitCommand
    {
        private const int LongestSilence = 86_400;

        public static Command Make()
        {
            Option<string> port = HostOptions.PathTo("--port", "PATH", "Serial port or pseudo terminal to answer on.");
            var tcp = new Option<string>("--tcp")
            {
                Description = "TCP address to listen on instead, for HDLC frames; port 0 takes a free one.",
                HelpName = "HOST:PORT",
            };
            var wrapper = new Option<string>("--wrapper")
            {
                Description = $"TCP address to listen on instead, for the TCP wrapper of IEC 62056-47 (registered port "
                    + $"{WrapperServer.Port}): a client's wPort is its SAP, this unit's is the upper address.",
                HelpName = "HOST:PORT",
            };
            var utilityTcp = new Option<string>("--utility-tcp")
            {
                Description = "TCP address to listen on as well, for the utility (order, meter): it has a line of its own, while the "
                    + "communication unit has the other. Port 0 takes a free one.",
                HelpName = "HOST:PORT",
            };
            Option<int> silence = HostOptions.Number("--silence",
                "Let go of a TCP peer that was silent for so long; one peer is served at a time, the next ones wait.", 120, 1,
                LongestSilence, "SECONDS");
            Option<int> upper = HostOptions.Number("--upper-address",
                "Upper HDLC address (logical device), or wPort. A client may use addresses of 1, 2 or 4 bytes, as far as they "
                + "reach: 1 byte to 127, 2 bytes to 127 each. The communication unit calls 1.", 1, 1, HdlcAddress.Highest);
            Option<int> lower = HostOptions.Number("--lower-address",
                "Lower HDLC address (physical device), of which an address of 2 or 4 bytes has one.", 16, 1,
                HdlcAddress.Highest);
            Option<int> baud = HostOptions.Baud("Bits per second of the serial port.");
            Option<Chosen<string>> meterClass = HostOptions.Class("What it is: low voltage, a household; or high voltage, a factory behind a "
                + "transformer.");
            Option<string> data = HostOptions.Data();
            Option<string> store = HostOptions.Store("Keep identity, keys, counters and event log in this folder; without it "
                + "they are made up anew at every start.");
            Option<int> speed = HostOptions.Speed();
            var showSecrets = new Option<bool>("--show-secrets")
            {
                Description = "Print the made-up keys, so that a client can be given them.",
            };
            Option<string> utilityKeys = HostOptions.PathTo("--utility-keys", "FILE",
                "Write the made-up keys of the utility there, for order and meter (--keys); at the start that makes them up.");
            var command = new Command("mu",
                "A simulated metering unit alone: a DLMS/COSEM server over HDLC or the TCP wrapper, for a bench or a board.")
            {
                port, tcp, wrapper, utilityTcp, silence, upper, lower, baud, meterClass, data, store, speed, showSecrets,
                utilityKeys,
            };
            command.Validators.Add(result =>
            {
                if (new[] { port, tcp, wrapper }.Count(option => result.GetValue(option) != null) != 1)
                {
                    result.AddError("mu: give one of --port PATH, --tcp HOST:PORT and --wrapper HOST:PORT");
                }
            });
            command.SetAction(parsed => Run(new MeteringUnitSettings
            {
                Port = parsed.GetValue(port),
                Tcp = parsed.GetValue(tcp),
                Wrapper = parsed.GetValue(wrapper),
                UtilityTcp = parsed.GetValue(utilityTcp),
                Silence = parsed.GetValue(silence),
                UpperAddress = parsed.GetValue(upper),
                LowerAddress = parsed.GetValue(lower),
                Baud = parsed.GetValue(baud),
                IsHighVoltage = parsed.GetValue(meterClass).Value == HostOptions.High,
                Data = parsed.GetValue(data),
                Store = parsed.GetValue(store),
                Speed = parsed.GetValue(speed),
                ShowSecrets = parsed.GetValue(showSecrets),
                UtilityKeys = parsed.GetValue(utilityKeys),
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
