using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Simulators;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>A metering unit as it leaves the factory, with a clock and a power that the test has in hand.</summary>
    internal sealed class PairingBench
    {
        public const string PairingName = "0.0.96.130.0.255";

        public static readonly DateTime Start = new(2026, 4, 1, 12, 34, 56);
        public static readonly byte[] MeterTitle = Convert.FromHexString("4E434D0000000001");
        public static readonly byte[] Kek = ServerBench.Key(0x50);
        public static readonly byte[] ProofKey = Enumerable.Range(0x70, 32).Select(i => (byte)i).ToArray();

        public PairingBench(MemoryFiles medium = null)
        {
            Medium = medium ?? new MemoryFiles();
            var store = new DurableStore(new PowerCutFiles(Medium, Power));
            Energy = new SimulatedMeteringUnit(HouseholdData.Recorded, Clock, Start, 1);
            Utility = new PairingKeys(1, Convert.FromHexString("4E43550000000003"), ServerBench.Key(0x40),
                ServerBench.Key(0x80));
            State = MeteringUnitState.Load(store)
                ?? MeteringUnitState.MakeFactory(store, MeterTitle, "SIM000000001", Kek, ProofKey, Utility);
            Server = new MeteringUnitServer(Energy, State, Clock, new SeededRandom(1), null, Power);
        }

        public MemoryFiles Medium { get; }

        public PowerSupply Power { get; } = new();

        public ManualClock Clock { get; } = new();

        public SimulatedMeteringUnit Energy { get; }

        public PairingKeys Utility { get; }

        public MeteringUnitState State { get; }

        public MeteringUnitServer Server { get; }

        /// <summary>What a ticket brings to a communication unit: the same for the same numbers.</summary>
        public static PairingKeys Pairing(uint epoch, byte unit = 1, byte ticket = 0)
        {
            byte[] bytes = SHA512.HashData([(byte)epoch, unit, ticket]);
            return new PairingKeys(epoch, [0x4E, 0x43, 0x43, 0, 0, 0, 0, unit], bytes[..16], bytes[16..32], bytes[32..48]);
        }

        public static byte[] Ticket(PairingKeys keys, uint notAfter = uint.MaxValue)
        {
            return PairingTicket.Make(Kek, MeterTitle, keys, notAfter);
        }

        /// <summary>The plain answer to a ticket.</summary>
        public static byte[] Answer(byte action, PairingResult result)
        {
            return [0xC7, 1, 0xC1, action, 1, 0, 22, (byte)result];
        }

        public static byte[] CommitRequest(uint epoch, byte[] meterTitle, byte[] clientTitle, byte method = 2)
        {
            return
            [
                0xC3, 1, 0xC1, 0x20, 0x00, .. ServerClient.Name(PairingName), method, 1, 2, 3,
                6, .. ServerClient.BigEndian(epoch), 9, (byte)meterTitle.Length, .. meterTitle,
                9, (byte)clientTitle.Length, .. clientTitle,
            ];
        }

        public ServerClient Client(byte sap, PairingKeys keys = null)
        {
            return new ServerClient(Server, sap, keys, MeterTitle);
        }

        public ServerClient Associated(byte sap, PairingKeys keys = null)
        {
            ServerClient client = Client(sap, keys);
            if (keys == null)
            {
                client.AssociatePublic();
            }
            else
            {
                client.Associate();
            }

            return client;
        }

        /// <summary>Sends an APDU to SAP 4.</summary>
        public byte[] Deliver(byte[] apdu)
        {
            ServerClient client = Client(4);
            client.Connect();
            return client.Request(apdu);
        }

        public byte[] Stage(PairingKeys keys)
        {
            return Deliver(Ticket(keys));
        }

        public byte[] Commit(ServerClient client, PairingKeys keys)
        {
            return client.Serve(CommitRequest(keys.Epoch, MeterTitle, keys.ClientTitle));
        }

        /// <summary>The whole exchange.</summary>
        public void Exchange(PairingKeys keys)
        {
            Stage(keys);
            byte[] response = Commit(Associated(3, keys), keys);
            if (response[3] != 0)
            {
                throw new InvalidOperationException("commit: " + Convert.ToHexString(response));
            }
        }

        /// <summary>Whether a client gets in on SAP 2, and reads the clock.</summary>
        public bool Works(PairingKeys keys, List<uint> counters = null)
        {
            ServerClient client = Client(2, keys);
            try
            {
                client.Associate();
                client.Get(8, "0.0.1.0.0.255", 2);
                return true;
            }
            catch (InvalidOperationException)
            {
                // Another title is refused, another key costs a second.
                Clock.AdvanceSeconds(1);
                return false;
            }
            finally
            {
                counters?.AddRange(client.ServerCounters);
            }
        }

        /// <summary>State, committed epoch, pending epoch and last result as the public sees them.</summary>
        public (byte State, uint Committed, uint Pending, PairingResult Last) Look()
        {
            ServerClient client = Associated(16);
            return (client.Get(8192, PairingName, 2)[1], UInt32(client.Get(8192, PairingName, 3)),
                UInt32(client.Get(8192, PairingName, 4)), (PairingResult)client.Get(8192, PairingName, 5)[1]);
        }

        public uint Count(SecurityEventCode code)
        {
            return State.Events.NewestFirst(SecurityEventLog.Capacity).Where(e => e.Code == code)
                .Aggregate(0u, (sum, e) => sum + e.Count);
        }

        private static uint UInt32(byte[] data)
        {
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(1));
        }
    }
}
