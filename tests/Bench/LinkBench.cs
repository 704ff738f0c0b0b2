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
            return Boot(9600, 12, null).Concat(Boot(115200, 2, null)).Concat(Polls(null, 175, 270)).Concat(Client())
                .Concat(Boot(9600, 10, new HighVoltageService())).Concat(Boot(115200, 1.2, new HighVoltageService()))
                .Concat(Polls(new HighVoltageService(), 275, 430))
                .Concat(Week(null)).Concat(Week(new HighVoltageService()));
        }

        private static SimulatedUnit Make(int baud, HighVoltageService service)
        {
            return SimulatedUnit.OverLine(1, Start, baud, new MemoryFiles(), new MemoryFiles(), service);
        }

        private static string ClassOf(HighVoltageService service)
        {
            return service == null ? "" : "high voltage: ";
        }

        private static IEnumerable<Figure> Boot(int baud, double wanted, HighVoltageService service)
        {
            using SimulatedUnit unit = Make(baud, service);
            unit.Unit.Start();
            unit.Scheduler.Run(() => IsFilled(unit.Unit.Data), 60_000);
            double seconds = unit.Scheduler.Milliseconds / 1000.0;
            yield return new Figure($"{ClassOf(service)}start to reading, 60 minutes, 48 half-hours, {baud} baud: s", $"at most {wanted}",
                $"{seconds:0.00}", seconds <= wanted);
            double computed = PollCount.BytesOf(unit) * BitsPerByte / baud;
            yield return new Figure($"  computed from {PollCount.BytesOf(unit):N0} bytes sent until then: s", $"at most {wanted}",
                $"{computed:0.00}", computed <= wanted);
        }

        // Seven days of five-minute values beside the polls: how long it takes, and how late the polls get.
        private static IEnumerable<Figure> Week(HighVoltageService service)
        {
            const int rows = (7 * 288) + 1;
            using SimulatedUnit unit = Make(9600, service);
            unit.Unit.Start();

            // By then the history of 100 days is there, which comes first.
            unit.Scheduler.RunUntil(30 * 60_000);
            long told = unit.Scheduler.Milliseconds;
            long longest = 0;
            unit.Meter.TellsPower = _ =>
            {
                longest = Math.Max(longest, unit.Scheduler.Milliseconds - told);
                told = unit.Scheduler.Milliseconds;
            };
            var sink = new RowCount();
            long newest = MeterTime.Floor(unit.Meter.ClockTime.ToMeterTime(), 300);
            ProfileRequest request = ProfileRequest.FiveMinutes(newest - (7 * MeterTime.Day) + 300, newest, sink);
            long begin = unit.Scheduler.Milliseconds;
            unit.Unit.Metering.Read(request);
            unit.Scheduler.Run(() => request.IsDone, 60 * 60_000);
            double seconds = (unit.Scheduler.Milliseconds - begin) / 1000.0;
            bool isWhole = request.Result == MeteringResult.Ok && sink.Rows == rows - 1;
            yield return new Figure($"{ClassOf(service)}7 days of 5-minute values beside the polls, 9600 baud: s", "at most 180",
                isWhole ? $"{seconds:0.0}" : $"{sink.Rows} rows, {request.Result}", isWhole && seconds <= 180);
            yield return new Figure("  longest time from one live reading to the next meanwhile: ms", "at most 1,200",
                $"{longest:N0}", longest <= 1200);
        }

        private static IEnumerable<Figure> Polls(HighVoltageService service, int wantedLive, int wantedMinute)
        {
            using SimulatedUnit unit = Make(9600, service);
            unit.Unit.Start();
            unit.Scheduler.RunUntil((26 * 60_000) - 10_000);
            (long bytes, int live, int _) = PollCount.Run(unit, 20_000);
            long livePoll = bytes / live;
            yield return new Figure($"{ClassOf(service)}live poll, bytes on the wire", $"at most {wantedLive}", $"{livePoll}",
                livePoll <= wantedLive);
            (bytes, live, int minutes) = PollCount.Run(unit, 3 * 60_000);
            long poll = (bytes - (live * livePoll)) / minutes;
            yield return new Figure($"{ClassOf(service)}minute poll, bytes on the wire", $"at most {wantedMinute}", $"{poll}",
                poll <= wantedMinute);
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
            return IsFilled(data.Minutes, 60, MeterTime.Minute) && IsFilled(data.HalfHours, 48, MeterTime.HalfHour)
                && (data.High == null || (IsFilled(data.High.ReactiveMinutes, 60, MeterTime.Minute)
                    && IsFilled(data.High.Reactive, 48, MeterTime.HalfHour)
                    && IsFilled(data.High.Demand, 48, MeterTime.HalfHour)));
        }

        private static bool IsFilled(IntervalBuffer buffer, int count, int period)
        {
            return buffer.Newest != MeterTime.Unknown
                && Enumerable.Range(0, count).All(i => buffer.Get(buffer.Newest - (period * i), out _, out _));
        }

        private sealed class RowCount : IRowSink
        {
            public int Rows { get; private set; }

            public void Put(byte[] buffer, int offset, int length)
            {
                Rows++;
            }
        }
    }
}
