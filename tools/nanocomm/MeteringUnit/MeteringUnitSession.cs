using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>One run of a simulated metering unit: one line for each thing that happens, until Ctrl-C.</summary>
    internal sealed class MeteringUnitSession : IDisposable
    {
        private readonly MeteringUnitSettings _settings;
        private readonly StreamByteLine _line;
        private readonly StreamByteLine _utilityLine;
        private readonly MeteringUnitServer _server;
        private readonly BenchUnit _madeUp;

        public MeteringUnitSession(MeteringUnitSettings settings, UnitStore unit)
        {
            _settings = settings;
            HouseholdData data = HostOptions.Load(settings.Data);
            var random = new SystemRandom();
            var store = new DurableStore(unit.Files);
            MeteringUnitState state = MeteringUnitRecords.Load(unit);
            if (state == null)
            {
                byte[] title = Title("NCM", random);
                string serial = "SIM"
                    + (BitConverter.ToUInt32(title, 4) % 1_000_000_000).ToString("D9", CultureInfo.InvariantCulture);
                _madeUp = new BenchUnit(title, serial, Title("NCC", random), Title("NCU", random), random);
                state = _madeUp.Make(store)
                    ?? throw new UserError($"--store: {settings.Store} did not take the unit's records");
            }

            WriteUtilityKeys();

            var clock = new MonotonicClock();
            var energy = new SimulatedMeteringUnit(data, clock, DateTime.Now, settings.Speed,
                settings.IsHighVoltage ? new HighVoltageService() : null);
            _server = new MeteringUnitServer(energy, state, clock, random, MeteringUnitOptions.For(energy) with
            {
                IsWrapped = settings.Wrapper != null,
                UpperAddress = settings.UpperAddress,
                LowerAddress = settings.LowerAddress,
            });
            _line = OpenLine(settings);
            Serve(_server, _line, settings.Port == null);
            if (settings.UtilityTcp != null)
            {
                _utilityLine = Listen("--utility-tcp", settings.UtilityTcp, settings.Silence);
                Serve(_server.Beside(), _utilityLine, true);
            }
        }

        public void Run()
        {
            using var end = new EndSignals();
            end.EndUnread();
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 200);
            string speed = _settings.Speed == 1 ? "" : $", metering clock at {_settings.Speed} times its speed";
            Show($"{(_settings.IsHighVoltage ? "high-voltage " : "")}metering unit {_server.State.SerialNumber}, system title {Convert.ToHexString(_server.State.SystemTitle)}, "
                + $"on {_line.Name}{speed}; Ctrl-C ends");
            Show(DescribePairing(_server.State));
            Show(DescribeOrder(_server.State));
            ShowSecrets();
            if (_utilityLine != null)
            {
                Show($"the utility's line is {_utilityLine.Name}");
            }

            _line.Start();
            _utilityLine?.Start();
            end.Wait(Timeout.Infinite);
            Show($"end: {_server.Requests:N0} requests, {_server.BadFrames:N0} bad frames");
        }

        public void Dispose()
        {
            _line.Dispose();
            _utilityLine?.Dispose();
        }

        // The unit takes one caller at a time, on all its lines.
        private void Serve(MeteringUnitServer server, StreamByteLine line, bool changesPeers)
        {
            server.Send += line.Send;
            server.HangUp += line.HangUp;
            server.Trace += Show;
            line.Noted += Show;
            line.Received += bytes =>
            {
                lock (_server)
                {
                    server.Receive(bytes.Span);
                }
            };
            line.Changed += isOpen =>
            {
                Show(isOpen ? "line open" : "line closed");
                if (changesPeers)
                {
                    lock (_server)
                    {
                        server.BeginLine();
                    }
                }
            };
        }

        private static void Show(string text)
        {
            AnsiConsole.Write(new Text($"{DateTime.Now:HH:mm:ss.fff} ", new Style(Color.Grey)));
            bool isRefusal = text.Contains("refused", StringComparison.Ordinal)
                || text.Contains("not verify", StringComparison.Ordinal);
            AnsiConsole.Write(new Text(text + "\n", isRefusal ? new Style(Color.Red) : Style.Plain));
        }

        private static StreamByteLine OpenLine(MeteringUnitSettings settings)
        {
            if (settings.Port == null)
            {
                return Listen(settings.Tcp != null ? "--tcp" : "--wrapper", settings.Tcp ?? settings.Wrapper, settings.Silence);
            }

            try
            {
                return StreamByteLine.OpenPort(settings.Port, settings.Baud);
            }
            catch (IOException error)
            {
                throw new UserError($"--port: {error.Message}");
            }
        }

        private static StreamByteLine Listen(string option, string endpoint, int silence)
        {
            (string host, int port) = HostOptions.Endpoint(option, endpoint, 0);
            try
            {
                return StreamByteLine.Listen(host, port, TimeSpan.FromSeconds(silence));
            }
            catch (IOException error)
            {
                throw new UserError($"{option}: {error.Message}");
            }
        }

        private static byte[] Title(string manufacturer, IRandomSource random)
        {
            var title = new byte[Suite0.TitleLength];
            random.Fill(title, 0, title.Length);
            Encoding.ASCII.GetBytes(manufacturer, title);
            return title;
        }

        private static string DescribeOrder(MeteringUnitState state)
        {
            return state.Orders.Order.Length > 0 ? "an order waits for the communication unit"
                : state.Orders.Answer.Length > 0 ? "no order waits; the answer to the last one is kept" : "no order waits";
        }

        private static string DescribePairing(MeteringUnitState state)
        {
            string now = state.Pairing == null ? "not paired"
                : $"paired with {Convert.ToHexString(state.Pairing.ClientTitle)}, epoch {state.Slots.CommittedEpoch}";
            string next = state.Pending == null ? ""
                : $"; pending: {Convert.ToHexString(state.Pending.ClientTitle)}, epoch {state.Pending.Epoch}";
            return now + next + (state.Factory == null ? "; it has no factory keys and takes no tickets" : "; it takes tickets");
        }

        private void ShowSecrets()
        {
            if (_madeUp == null)
            {
                return;
            }

            if (!_settings.ShowSecrets)
            {
                Show("keys were made up; --show-secrets prints them, at the start that makes them up");
                return;
            }

            Show(Describe("pairing, SAP 2", _madeUp.Pairing));
            Show(Describe("utility, SAP 1", _madeUp.Utility));
            Show($"for a virtual board, the one line of its --pair-file: {PairLine(_madeUp)}");
        }

        // Titles of this unit and of the communication unit, GUEK, GAK.
        private static string PairLine(BenchUnit unit)
        {
            return string.Join(':', new[] { unit.SystemTitle, unit.Pairing.ClientTitle, unit.Pairing.EncryptionKey, unit.Pairing.AuthenticationKey }
                .Select(Convert.ToHexString));
        }

        // In the form of kms list units --json --show-secrets.
        private void WriteUtilityKeys()
        {
            if (_settings.UtilityKeys == null)
            {
                return;
            }

            if (_madeUp == null)
            {
                throw new UserError($"--utility-keys: the keys of the unit in {_settings.Store} were made before, and are not given out any "
                    + "more: take an empty folder, or the file of that start");
            }

            var file = new MemoryStream();
            using (var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WriteString("title", Convert.ToHexString(_madeUp.SystemTitle));
                writer.WriteString("kind", "mu");
                writer.WriteString("utility_title", Convert.ToHexString(_madeUp.Utility.ClientTitle));
                writer.WriteString("utility_guek", Convert.ToHexString(_madeUp.Utility.EncryptionKey));
                writer.WriteString("utility_gak", Convert.ToHexString(_madeUp.Utility.AuthenticationKey));
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            try
            {
                DurableFile.Write(_settings.UtilityKeys, file.ToArray());
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--utility-keys: {error.Message}");
            }
        }

        private static string Describe(string name, PairingKeys keys)
        {
            return $"{name}: client title {Convert.ToHexString(keys.ClientTitle)}, GUEK {Convert.ToHexString(keys.EncryptionKey)}, "
                + $"GAK {Convert.ToHexString(keys.AuthenticationKey)}";
        }
    }
}
