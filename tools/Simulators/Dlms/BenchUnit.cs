using System;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// A metering unit of a bench, before it is made: who it is, and the made-up keys that its clients are given without
    /// a ticket.
    /// </summary>
    public sealed class BenchUnit
    {
        /// <summary>Epoch of what is paired without a ticket.</summary>
        public const uint Epoch = 0;

        /// <summary>Makes keys up.</summary>
        /// <param name="title">Its system title, 8 bytes.</param>
        /// <param name="serialNumber">1…12 ASCII characters.</param>
        /// <param name="clientTitle">System title of the communication unit, 8 bytes.</param>
        /// <param name="utilityTitle">System title of the utility's client, 8 bytes.</param>
        /// <param name="random">The keys come from here.</param>
        public BenchUnit(byte[] title, string serialNumber, byte[] clientTitle, byte[] utilityTitle, IRandomSource random)
        {
            SystemTitle = title;
            SerialNumber = serialNumber;
            Pairing = PairingKeys.MakeUp(Epoch, clientTitle, random);
            Utility = PairingKeys.MakeUp(Epoch, utilityTitle, random);
        }

        /// <summary>The usual one, with keys of its own.</summary>
        /// <param name="random">The keys come from here.</param>
        public BenchUnit(IRandomSource random)
            : this(UsualTitle.ToArray(), "SIM000000001", "NCCSIM01"u8.ToArray(), "NCUSIM01"u8.ToArray(), random)
        {
        }

        /// <summary>System title of the usual one.</summary>
        public static ReadOnlySpan<byte> UsualTitle => "NCMSIM01"u8;

        /// <summary>Its system title.</summary>
        public byte[] SystemTitle { get; }

        /// <summary>Its serial number.</summary>
        public string SerialNumber { get; }

        /// <summary>What it shares with the communication unit.</summary>
        public PairingKeys Pairing { get; }

        /// <summary>What it shares with the utility.</summary>
        public PairingKeys Utility { get; }

        /// <summary>Makes it.</summary>
        /// <param name="store">Its store.</param>
        /// <param name="factory">Its factory keys; null for one that takes no tickets.</param>
        /// <returns>Null when the store did not take it.</returns>
        public MeteringUnitState Make(IDurableStore store, FactoryKeys factory = null)
        {
            return MeteringUnitState.Make(store, SystemTitle, SerialNumber, factory, Pairing, Utility);
        }
    }
}
