using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.Hal.Host;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Dlms;
using NanoComm.Tests.Host.Power;
using NanoComm.Tests.Host.Simulators;
using NanoComm.Tests.Host.Tools;

namespace NanoComm.Tests.Host.Meter
{
    /// <summary>A metering unit behind a TCP port, the file with the utility's keys to it, and the command line that is told
    /// where both are. Its clock stands still unless the test moves it.</summary>
    internal sealed class MeterSite : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly StreamByteLine _line;
        private readonly List<byte[]> _received = new();
        private readonly bool _isWrapped;

        public MeterSite(bool isWrapped = false, bool isHighVoltage = false)
        {
            _isWrapped = isWrapped;
            Store = new RefusingSlots(new MemoryFiles());
            Energy = new SimulatedMeteringUnit(HouseholdData.Recorded, Clock, PairingBench.Start, 1,
                isHighVoltage ? new HighVoltageService() : null);
            var utility = new PairingKeys(1, Convert.FromHexString("4E43550000000003"), ServerBench.Key(0x40), ServerBench.Key(0x80));
            State = MeteringUnitState.MakeFactory(Store, PairingBench.MeterTitle, "SIM000000001", PairingBench.Kek,
                PairingBench.ProofKey, utility);
            Server = new MeteringUnitServer(Energy, State, Clock, new SeededRandom(1),
                MeteringUnitOptions.For(Energy) with { IsWrapped = isWrapped });
            _line = StreamByteLine.Listen("127.0.0.1", 0, TimeSpan.FromMinutes(1));
            _line.Received += Take;
            _line.Changed += _ => Server.BeginLine();
            Server.Send += _line.Send;
            Server.HangUp += _line.HangUp;
            _line.Start();
            WriteKeys(Keys, "4E434D0000000001", "4E43550000000003", utility.EncryptionKey, utility.AuthenticationKey);
        }

        public ManualClock Clock { get; } = new();

        public RefusingSlots Store { get; }

        public SimulatedMeteringUnit Energy { get; }

        public MeteringUnitState State { get; }

        public MeteringUnitServer Server { get; }

        public string Keys => In("meter.json");

        /// <summary>Chunks of bytes to lose on their way to the metering unit.</summary>
        public int Losses { get; set; }

        /// <summary>Everything that came for the metering unit, up to now: the end of a link may come behind the end of the
        /// command.</summary>
        public byte[][] Received
        {
            get
            {
                lock (_received)
                {
                    return [.. _received];
                }
            }
        }

        public string Address => _line.Name;

        public string In(string name) => Path.Combine(_folder.Path, name);

        public (int ExitCode, string Output, string Error) Run(params string[] arguments)
        {
            string[] at = ["--mu", $"{(_isWrapped ? "wrapper" : "tcp")}:{_line.Name}", "--keys", Keys];
            return RunPlain([.. arguments, .. at]);
        }

        /// <summary>Runs the command line, colours left out.</summary>
        public static (int ExitCode, string Output, string Error) RunPlain(params string[] arguments)
        {
            (int exitCode, string output, string error) = ToolCommand.Run(arguments);
            return (exitCode, PlainText.Of(output), error);
        }

        public static void WriteKeys(string path, string meter, string client, byte[] guek, byte[] gak)
        {
            File.Delete(path);
            using var writer = new StreamWriter(OwnerOnly.Create(path));
            writer.Write($"[{{\"title\":\"{meter}\",\"kind\":\"mu\",\"utility_title\":\"{client}\",\"utility_guek\":\""
                + $"{Convert.ToHexString(guek)}\",\"utility_gak\":\"{Convert.ToHexString(gak)}\"}}]");
        }

        public uint Count(SecurityEventCode code)
        {
            return (uint)State.Events.NewestFirst(SecurityEventLog.Capacity).Where(e => e.Code == code).Sum(e => e.Count);
        }

        public void Dispose()
        {
            _line.Dispose();
            _folder.Dispose();
        }

        private void Take(ReadOnlyMemory<byte> bytes)
        {
            if (Losses > 0)
            {
                Losses--;
                return;
            }

            lock (_received)
            {
                _received.Add(bytes.ToArray());
            }

            Server.Receive(bytes.Span);
        }
    }
}
