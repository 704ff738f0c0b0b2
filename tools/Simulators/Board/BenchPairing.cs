using System;
using System.IO;
using NanoComm.Hal;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Simulators
{
    /// <summary>Pairs a unit with a simulated metering unit without a ticket, as a bench may: both sides get the same
    /// made-up keys.</summary>
    public static class BenchPairing
    {
        private const uint Epoch = 0;

        private static readonly byte[] MeterTitle = "NCMSIM01"u8.ToArray();
        private static readonly byte[] OwnTitle = "NCCSIM01"u8.ToArray();
        private static readonly byte[] UtilityTitle = "NCUSIM01"u8.ToArray();

        /// <summary>Whether a board is paired as <see cref="Make"/> does it.</summary>
        /// <param name="board">The board.</param>
        public static bool IsPaired(IBoard board)
        {
            ActivePairing pairing = ActivePairing.Read(board);
            return pairing != null && pairing.Epoch == Epoch && pairing.MeterTitle.AsSpan().SequenceEqual(MeterTitle);
        }

        /// <summary>Makes a metering unit, and pairs the board with it.</summary>
        /// <param name="board">Not paired yet; its random source makes the keys.</param>
        /// <param name="meterFiles">The metering unit's medium.</param>
        /// <exception cref="IOException">A store did not take its record, or the board is paired already.</exception>
        public static MeteringUnitState Make(IBoard board, IFiles meterFiles)
        {
            PairingKeys keys = PairingKeys.MakeUp(Epoch, OwnTitle, board.Random);
            PairingKeys utility = PairingKeys.MakeUp(Epoch, UtilityTitle, board.Random);
            var store = new DurableStore(meterFiles);
            if (!MeteringUnitState.Begin(store) || !ActivePairing.Install(board.Store, board.Random, Epoch, MeterTitle,
                OwnTitle, keys.EncryptionKey, keys.AuthenticationKey))
            {
                throw new IOException("a store did not take its record, or the unit is paired already");
            }

            return MeteringUnitState.Make(store, MeterTitle, "SIM000000001", keys, utility)
                ?? throw new IOException("the metering unit's store did not take its records");
        }
    }
}
