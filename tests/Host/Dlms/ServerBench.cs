using System;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Simulators;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>A metering unit on the bench, with known keys, a clock that the test moves, and clients.</summary>
    internal sealed class ServerBench
    {
        public static readonly DateTime Start = new(2026, 4, 1, 12, 34, 56);
        public static readonly byte[] ServerTitle = Convert.FromHexString("4E434D0000000001");

        public ServerBench(MeteringUnitOptions options = null, IFiles files = null)
        {
            Files = files ?? new MemoryFiles();
            Store = new DurableStore(Files);
            Pairing = new PairingKeys(7, Convert.FromHexString("4E43430000000002"), Key(0x00), Key(0xD0));
            Utility = new PairingKeys(1, Convert.FromHexString("4E43550000000003"), Key(0x40), Key(0x80));
            Energy = new SimulatedMeteringUnit(HouseholdData.Recorded, Clock, Start, 1);
            State = MeteringUnitState.Load(Store)
                ?? MeteringUnitState.Make(Store, ServerTitle, "SIM000000001", Pairing, Utility);
            Server = new MeteringUnitServer(Energy, State, Clock, new SeededRandom(1), options);
        }

        public ManualClock Clock { get; } = new();

        public IFiles Files { get; }

        public IDurableStore Store { get; }

        public PairingKeys Pairing { get; }

        public PairingKeys Utility { get; }

        public SimulatedMeteringUnit Energy { get; }

        public MeteringUnitState State { get; }

        public MeteringUnitServer Server { get; }

        public static byte[] Key(int first)
        {
            return Enumerable.Range(first, 16).Select(i => (byte)i).ToArray();
        }

        public ServerClient Client()
        {
            return new ServerClient(Server, 2, Pairing, ServerTitle);
        }

        public ServerClient UtilityClient()
        {
            return new ServerClient(Server, 1, Utility, ServerTitle);
        }

        public ServerClient PublicClient()
        {
            return new ServerClient(Server, 16, null, ServerTitle);
        }

        public ServerClient Associated()
        {
            ServerClient client = Client();
            client.Associate();
            return client;
        }

        public uint Count(SecurityEventCode code)
        {
            return State.Events.NewestFirst(SecurityEventLog.Capacity).Where(e => e.Code == code)
                .Aggregate(0u, (sum, e) => sum + e.Count);
        }
    }
}
