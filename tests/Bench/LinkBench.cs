using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Audit;
using NanoComm.Dlms;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Bench
{
    /// <summary>The metering link: bytes and times on a simulated line, and what the client allocates for a poll.</summary>
    internal static class LinkBench
    {
        // Fewer than a block of the invocation counter: reserving one writes to the store.
        private const int Readings = DurableCounter.BlockSize - 100;
        private const double BitsPerByte = 10;

        private static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        public static IEnumerable<Figure> Run()
        {
            return Boot(9600, 12).Concat(Boot(115200, 2)).Concat(Polls()).Concat(Client());
        }

        private static IEnumerable<Figure> Boot(int baud, double wanted)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, baud);
            unit.Unit.Start();
            unit.Scheduler.Run(() => IsFilled(unit.Unit.Data), 60_000);
            double seconds = unit.Scheduler.Milliseconds / 1000.0;
            yield return new Figure($"start to reading, 60 minutes, 48 half-hours, {baud} baud: s", $"at most {wanted}",
                $"{seconds:0.00}", seconds <= wanted);
            double computed = PollCount.BytesOf(unit) * BitsPerByte / baud;
            yield return new Figure($"  computed from {PollCount.BytesOf(unit):N0} bytes sent until then: s", $"at most {wanted}",
                $"{computed:0.00}", computed <= wanted);
        }

        private static IEnumerable<Figure> Polls()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 9600);
            unit.Unit.Start();
            unit.Scheduler.RunUntil((26 * 60_000) - 10_000);
            (long bytes, int live, int _) = PollCount.Run(unit, 20_000);
            long livePoll = bytes / live;
            yield return new Figure("live poll, bytes on the wire", "at most 175", $"{livePoll}", livePoll <= 175);
            (bytes, live, int minutes) = PollCount.Run(unit, 3 * 60_000);
            long poll = (bytes - (live * livePoll)) / minutes;
            yield return new Figure("minute poll, bytes on the wire", "at most 270", $"{poll}", poll <= 270);
        }

        private static IEnumerable<Figure> Client()
        {
            using var line = new ThreadLine();
            using var board = new BenchBoard(line);
            MeteringUnitState state = BenchPairing.Make(board, new MemoryFiles());
            var energy = new SimulatedMeteringUnit(HouseholdData.Recorded, board.Clock, Start, 1);
            line.Serve(new MeteringUnitServer(energy, state, board.Clock, board.Random));
            var client = new DlmsClient(line, board.Loops, board.Clock, board.Random, new LinkSettings());
            var data = new MeterData(1);
            var keeper = new PairingKeeper(board, client, data, new SecurityLog(board.Store, board.Clock, data));
            var unit = new MeteringUnit(client, keeper);
            client.Associate(MeteringUnit.ActivePairingSap, keeper.Active);
            int association = unit.Client.Link.Statistics.BytesSent + unit.Client.Link.Statistics.BytesReceived;
            yield return new Figure("association, bytes on the wire", "at most 420", $"{association}",
                client.IsAssociatedWith(MeteringUnit.ActivePairingSap, keeper.Active) && association <= 420);

            var reading = new MeterReading();
            MeteringResult result = unit.ReadParameters(new MeterParameters());
            for (int i = 0; i < DurableCounter.BlockSize && result == MeteringResult.Ok; i++)
            {
                result = unit.ReadNow(reading);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Readings && result == MeteringResult.Ok; i++)
            {
                result = i % 2 == 0 ? unit.ReadNow(reading) : unit.ReadLive(reading);
            }

            double allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Readings;
            yield return new Figure("minute poll or live poll, bytes allocated by the client", "0",
                result == MeteringResult.Ok ? $"{allocated:0.##}" : $"ended: {result}",
                result == MeteringResult.Ok && allocated == 0);
        }

        private static bool IsFilled(MeterData data)
        {
            return data.HalfHours.Newest != MeterTime.Unknown
                && Enumerable.Range(0, 60).All(i => data.Minutes.Get(data.Minutes.Newest - (60 * i), out _, out _))
                && Enumerable.Range(0, 48).All(i => data.HalfHours.Get(data.HalfHours.Newest - (1800 * i), out _, out _));
        }
    }
}
