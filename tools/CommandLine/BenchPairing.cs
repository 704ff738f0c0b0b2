using System;
using System.IO;
using NanoComm.Hal;
using NanoComm.Pairing;
using NanoComm.Simulators.Dlms;

namespace NanoComm.CommandLine
{
    /// <summary>The pairing of a communication unit with the simulated metering unit before it, without a ticket: both sides
    /// get the same made-up keys.</summary>
    public static class BenchPairing
    {
        /// <summary>Pairs the two that nobody has used yet. A making that was cut short is begun anew. A unit without a pairing
        /// at a metering unit that has one is what an exchange or an erasure leaves: it needs a ticket.</summary>
        /// <param name="state">What the metering unit keeps; null when it is still to be made.</param>
        /// <param name="meterStore">Its store.</param>
        /// <param name="bench">Who it is to be.</param>
        /// <param name="factory">Factory keys that it is to have; null for one that takes no tickets.</param>
        /// <param name="board">The communication unit's board.</param>
        /// <returns>What the metering unit keeps; null when the unit is paired with another one.</returns>
        /// <exception cref="IOException">A store does not take its record.</exception>
        public static MeteringUnitState Settle(MeteringUnitState state, IDurableStore meterStore, BenchUnit bench,
            FactoryKeys factory, IBoard board)
        {
            ActivePairing pairing = ActivePairing.Read(board);
            if (MeteringUnitState.IsCutShort(meterStore) && IsOfBench(pairing, bench))
            {
                // A metering unit whose making was cut short has no keys, so the pairing with it is no use.
                pairing = board.Store.Delete(ActivePairing.Record) ? null
                    : throw new IOException($"the store did not let go of the record '{ActivePairing.Record}'");
            }

            if (state is null && pairing is null)
            {
                return Make(meterStore, bench, factory, board);
            }

            bool isOther = pairing is not null && state is not null && !pairing.MeterTitle.AsSpan().SequenceEqual(state.SystemTitle);
            return isOther ? null : state;
        }

        private static MeteringUnitState Make(IDurableStore meterStore, BenchUnit bench, FactoryKeys factory, IBoard board)
        {
            PairingKeys keys = bench.Pairing;
            if (!MeteringUnitState.Begin(meterStore) || !ActivePairing.Install(board.Store, board.Random, keys.Epoch,
                bench.SystemTitle, keys.ClientTitle, keys.EncryptionKey, keys.AuthenticationKey))
            {
                throw new IOException("a store did not take its record, or the unit is paired already");
            }

            return bench.Make(meterStore, factory) ?? throw new IOException("the metering unit's store did not take its records");
        }

        private static bool IsOfBench(ActivePairing pairing, BenchUnit bench)
        {
            return pairing is not null && pairing.Epoch == BenchUnit.Epoch
                && pairing.MeterTitle.AsSpan().SequenceEqual(bench.SystemTitle);
        }
    }
}
