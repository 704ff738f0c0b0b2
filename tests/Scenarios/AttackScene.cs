using System;
using System.Linq;
using NUnit.Framework;
using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Rig;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Dlms;
using static NanoComm.Tests.Scenarios.ExchangeSite;

using SecurityEvent = NanoComm.Audit.SecurityEvent;
using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A metering unit with unit 1 paired under epoch 100, an attacker on the line, and what either side has
    /// logged since.</summary>
    internal sealed class AttackScene : IDisposable
    {
        public const uint Epoch = 100;
        public const uint NextEpoch = 200;
        public const int Minute = 60_000;

        // Keys without the counter that ends each record.
        private const int UnitKeys = 52;
        private const int MeterKeys = 60;

        /// <summary>Pairs unit 1 and lets it read.</summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        public AttackScene(int seed = 1)
        {
            Site = new ExchangeSite(seed);
            Site.Point.Tap = line => Attacker = new LineAttacker(line);
            Files = MakeUnit(1);
            Ticket = Site.Issue(1, Epoch);
            Give(Files, Ticket);
            Plug(Files);
            Until(() => Unit.Unit.Metering.State == MeteringState.Reading);
            Assert.That(Keeper.Epoch, Is.EqualTo(Epoch));
        }

        public ExchangeSite Site { get; }

        /// <summary>On the line of the unit that was plugged last.</summary>
        public LineAttacker Attacker { get; private set; }

        /// <summary>Medium of unit 1.</summary>
        public MemoryFiles Files { get; }

        /// <summary>The ticket that unit 1 was paired with.</summary>
        public Ticket Ticket { get; }

        /// <summary>The unit at the line.</summary>
        public SimulatedUnit Unit { get; private set; }

        public PairingKeeper Keeper => Unit.Unit.Pairing;

        public bool IsReading => Unit.Unit.Metering.State == MeteringState.Reading;

        /// <summary>Puts a unit at the line in place of the one that is there.</summary>
        public void Plug(IFiles files)
        {
            Unit?.Dispose();
            Unit = Site.Plug(files);
        }

        /// <summary>Lets time pass.</summary>
        public void Run(int milliseconds)
        {
            Unit.Scheduler.RunUntil(Unit.Scheduler.Milliseconds + milliseconds);
        }

        /// <summary>Lets time pass until something is so, at most twenty minutes.</summary>
        public void Until(Func<bool> isSo)
        {
            Unit.Scheduler.Run(isSo, Unit.Scheduler.Milliseconds + (20 * Minute));
            Assert.That(isSo(), $"{Keeper.State} {Keeper.Detail}, {Unit.Unit.Metering.State}, epoch {Keeper.Epoch}");
        }

        /// <summary>Lets time pass until the unit at the line is paired and reads.</summary>
        public void UntilPaired(uint epoch)
        {
            Until(() => Keeper.State == PairingState.Paired && Keeper.Epoch == epoch && IsReading);
            Assert.That(Site.Meter.Pairing.Epoch, Is.EqualTo(epoch));
        }

        /// <summary>A client of the attacker's own at the metering unit.</summary>
        /// <param name="sap">The SAP.</param>
        /// <param name="keys">Keys it has, or null.</param>
        public ServerClient Client(SapKind sap, PairingKeys keys = null)
        {
            return new ServerClient(Site.Point.Server, (byte)sap, keys, Site.MeterTitle.ToArray());
        }

        /// <summary>Hands a ticket's part M to the metering unit.</summary>
        /// <returns>Its answer.</returns>
        public byte[] Stage(ReadOnlySpan<byte> message)
        {
            ServerClient client = Client(SapKind.Ticket);
            client.Connect();
            return client.Request(message.ToArray());
        }

        /// <summary>The keys of a unit, out of its store.</summary>
        public static PairingKeys Leak(MemoryFiles files)
        {
            byte[] record = Record(files, "pairing");
            return new PairingKeys(Epoch, record[12..20], record[20..36], record[36..52]);
        }

        /// <summary>Every key of the metering unit and of a unit.</summary>
        public string Keys(IFiles files)
        {
            string[] meter = ["slot-a", "slot-b", "commit", "factory"];
            string[] keys = [.. meter.Select(name => Hex(Record(Site.Point.Files, name), name == "commit" ? int.MaxValue : MeterKeys))];
            return string.Join('\n', keys) + '\n' + Hex(Record(files, "pairing"), UnitKeys);
        }

        /// <summary>How often the metering unit has logged something.</summary>
        public long MeterLogged(SecurityEventCode code)
        {
            return Site.Meter.Events.NewestFirst(SecurityEventLog.Capacity).Where(entry => entry.Code == code)
                .Sum(entry => entry.Count);
        }

        /// <summary>How often the unit at the line has logged something.</summary>
        public long UnitLogged(SecurityEvent code)
        {
            var entry = new SecurityLogEntry();
            long count = 0;
            for (int i = 0; Unit.Unit.Security.Get(i, entry); i++)
            {
                count += entry.Event == code ? entry.Count : 0;
            }

            return count;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Unit.Dispose();
        }

        private static string Hex(byte[] record, int length)
        {
            return Convert.ToHexString(record.AsSpan(0, Math.Min(record.Length, length)));
        }
    }
}
