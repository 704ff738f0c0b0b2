using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using FactoryKeys = NanoComm.Simulators.Dlms.FactoryKeys;

namespace NanoComm.Virtual
{
    /// <summary>
    /// Where the metering unit is: simulated in this process behind a byte line, at a serial port, or behind a TCP
    /// address. The firmware talks DLMS/COSEM to each of them alike.
    /// </summary>
    internal sealed class MeteringUnitSource : IDisposable
    {
        /// <summary>The one in this process.</summary>
        public const string Simulated = "sim";

        private const string TcpPrefix = "tcp:";
        private const string SimulatedFolder = "simulated-metering-unit";

        private readonly MonotonicClock _clock = new();
        private UnitStore _store;

        private MeteringUnitSource(string name, ISerialLine line)
        {
            Name = name;
            Line = line;
        }

        /// <summary>What it is called in the views.</summary>
        public string Name { get; }

        /// <summary>The line to it.</summary>
        public ISerialLine Line { get; }

        /// <summary>What is wrong with that line; of the simulated one.</summary>
        public LineFaults Faults => ((DirectSerialLine)Line).Faults;

        /// <summary>What the simulated one keeps; null before <see cref="Simulate"/>.</summary>
        public MeteringUnitState State { get; private set; }

        /// <summary>Opens the line.</summary>
        /// <exception cref="UserError">The option makes no sense.</exception>
        public static MeteringUnitSource Open(Options options)
        {
            if (options.MeteringUnit == Simulated)
            {
                return new MeteringUnitSource("simulated", new DirectSerialLine(options.Baud));
            }

            return options.MeteringUnit.StartsWith(TcpPrefix, StringComparison.Ordinal)
                ? OpenTcp(options)
                : OpenPort(options);
        }

        /// <summary>Puts the simulated metering unit behind the line, unless it is there from an earlier run of the unit, and
        /// pairs the two that nobody has used yet. A unit without a pairing at a metering unit that has one is what an
        /// exchange or an erasure leaves: it needs a ticket.</summary>
        /// <exception cref="UserError">The unit is paired with another one.</exception>
        public void Simulate(Options options, HouseholdData data, IBoard board)
        {
            if (State is not null)
            {
                Line.DiscardInput();
                return;
            }

            string folder = options.Store is null ? null : Path.Combine(options.Store, SimulatedFolder);
            _store = UnitStore.Open(folder, options.Program);
            var factory = new FactoryKeys(RandomNumberGenerator.GetBytes(UnitExchange.KeyLength),
                RandomNumberGenerator.GetBytes(FactoryKeys.ProofKeyLength));

            // Factory keys are made up too, so that another unit may be paired by a ticket.
            MeteringUnitState state = BenchPairing.Settle(MeteringUnitRecords.Load(_store), new DurableStore(_store.Files),
                new BenchUnit(board.Random), factory, board)
                ?? throw new UserError($"--store: the unit in {options.Store} is not paired with the simulated metering unit; "
                    + "name the metering unit that it is paired with by --mu, or take an empty folder");
            var energy = new SimulatedMeteringUnit(data, _clock, DateTime.Now, options.Speed,
                options.IsHighVoltage ? new HighVoltageService() : null);
            var server = new MeteringUnitServer(energy, state, _clock, new SystemRandom());
            server.Attach(((DirectSerialLine)Line).FarEnd);
            State = state;
        }

        public void Dispose()
        {
            (Line as IDisposable)?.Dispose();
            _store?.Dispose();
        }

        /// <summary>Pairs an unpaired unit with the keys that the user gave.</summary>
        /// <exception cref="UserError">They are no keys, or the unit is paired already.</exception>
        public static void Pair(string keys, IBoard board)
        {
            byte[][] parts;
            try
            {
                parts = keys.Split(':').Select(Convert.FromHexString).ToArray();
            }
            catch (FormatException)
            {
                parts = [];
            }

            if (!parts.Select(part => part.Length).SequenceEqual([8, 8, 16, 16]))
            {
                throw new UserError("--pair-file: give MUTITLE:OWNTITLE:GUEK:GAK in hexadecimal digits, 8, 8, 16 and 16 bytes, "
                    + "as 'nanocomm mu --show-secrets' prints them");
            }

            if (!ActivePairing.Install(board.Store, board.Random, 0, parts[0], parts[1], parts[2], parts[3]))
            {
                throw new UserError("--pair-file: the unit in --store is paired already; leave its keys out, or take an empty folder");
            }
        }

        private static MeteringUnitSource OpenPort(Options options)
        {
            try
            {
                return new MeteringUnitSource(options.MeteringUnit, new HostSerialLine(options.MeteringUnit, options.Baud));
            }
            catch (IOException error)
            {
                throw new UserError("--mu: " + error.Message);
            }
        }

        private static MeteringUnitSource OpenTcp(Options options)
        {
            string address = options.MeteringUnit[TcpPrefix.Length..];
            (string host, int port) = HostOptions.Endpoint("--mu", address, 1);
            return new MeteringUnitSource(address, new TcpSerialLine(host, port, options.Baud));
        }
    }
}
