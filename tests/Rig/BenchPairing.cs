using System.IO;
using NanoComm.Hal;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Rig
{
    /// <summary>Pairs a unit with a simulated metering unit without a ticket, as a bench may: both sides get the same
    /// made-up keys.</summary>
    public static class BenchPairing
    {
        /// <summary>Makes a metering unit, and pairs the board with it.</summary>
        /// <param name="board">Not paired yet; its random source makes the keys.</param>
        /// <param name="meterFiles">The metering unit's medium.</param>
        /// <exception cref="IOException">A store did not take its record, or the board is paired already.</exception>
        public static MeteringUnitState Make(IBoard board, IFiles meterFiles)
        {
            var store = new DurableStore(meterFiles);
            var bench = new BenchUnit(board.Random);
            PairingKeys keys = bench.Pairing;
            if (!MeteringUnitState.Begin(store) || !ActivePairing.Install(board.Store, board.Random, keys.Epoch, bench.SystemTitle, keys.ClientTitle,
                keys.EncryptionKey, keys.AuthenticationKey))
            {
                throw new IOException("a store did not take its record, or the unit is paired already");
            }

            return bench.Make(store)
                ?? throw new IOException("the metering unit's store did not take its records");
        }
    }
}
