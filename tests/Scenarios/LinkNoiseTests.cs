using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Rig;
using NanoComm.Simulators.Dlms;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Somebody throws frames at both ends of the metering link, from the first millisecond: recorded ones of an earlier
    /// life under the same keys, altered ones whose check sequences are right, and garbage. Then the line is quiet.
    /// </summary>
    [Parallelizable]
    internal static class LinkNoiseTests
    {
        private const int Within = 15;

        // As behind a TCP address: everything arrives at once, and nothing of it is lost.
        private const int WithoutPace = 4_000_000;

        private static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        // Refusals alone: with the numbers of every frame that may be expected, they fit once in 64 times, and wait in
        // the buffer for every question to come.
        [TestCase(9600, 0, 70, false)]
        [TestCase(115200, 1000, 70, false)]
        [TestCase(WithoutPace, 2000, 70, false)]
        [TestCase(115200, 3000, 30, true)]
        [TestCase(WithoutPace, 4000, 30, true)]
        public static void After_any_noise_it_reads_within_15_seconds_of_quiet(
            int baud, int firstSeed, int seeds, bool isRefusals)
        {
            var waits = new List<long>();
            var late = new List<string>();
            var files = new MemoryFiles();
            var meterFiles = new MemoryFiles();
            List<byte[]> recorded = Record(firstSeed, baud, files, meterFiles);
            for (int seed = firstSeed; seed < firstSeed + seeds; seed++)
            {
                long wait = Throw(isRefusals ? null : recorded, seed, baud, new MemoryFiles(files),
                    new MemoryFiles(meterFiles), out string how);
                waits.Add(wait);
                if (wait > Seconds(Within))
                {
                    late.Add($"seed {seed}: {wait} ms, {how}");
                }
            }

            waits.Sort();
            TestContext.Out.WriteLine($"{baud} baud, {seeds} seeds: reading {waits[waits.Count / 2]} ms after the noise in the "
                + $"median, {waits[^1]} ms at the latest");
            Assert.That(late, Is.Empty);
        }

        // How long after the noise the unit reads, and goes on to do so.
        private static long Throw(
            List<byte[]> recorded, int seed, int baud, MemoryFiles files, MemoryFiles meterFiles, out string how)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(seed, Start.AddMinutes(3), baud, files, meterFiles);
            unit.Line.Room = baud == WithoutPace ? int.MaxValue : unit.Line.Room;
            var random = new Random(seed);
            long quiet = Seconds(random.Next(20, 41));
            for (long at = 0; at < quiet;)
            {
                byte[] frame = recorded == null ? Refusal(random) : Alter(recorded[random.Next(recorded.Count)], random);
                bool isToMeter = recorded != null && random.Next(2) == 0;
                unit.Scheduler.At(at, () =>
                {
                    if (isToMeter)
                    {
                        unit.Server.Receive(frame);
                    }
                    else
                    {
                        unit.Line.FarEnd.Send(frame);
                    }
                });

                // As much as the line takes beside the unit's own frames, and no more: noise that waits is not yet over.
                at += (frame.Length * 15_000L / baud) + random.Next(1, baud == WithoutPace ? 2 : 60);
            }

            unit.Unit.Start();
            RunTo(unit, quiet);
            MeteringLoop loop = unit.Unit.Metering;
            int readings = Readings(loop);
            int failures = loop.Failures;
            unit.Scheduler.Run(() => Readings(loop) > readings, quiet + Minutes(10));
            long wait = unit.Scheduler.Milliseconds - quiet;
            how = $"{loop.State} after {loop.Failures - failures} failures";
            failures = loop.Failures;
            readings = Readings(loop);
            RunTo(unit, quiet + wait + Seconds(30));
            how += $", then {loop.Failures - failures} failures and {Readings(loop) - readings} readings";
            return loop.State == MeteringState.Reading && Readings(loop) > readings + 20 && loop.Failures == failures ? wait
                : long.MaxValue;
        }

        private static int Readings(MeteringLoop loop)
        {
            return loop.Readings + loop.LiveReadings;
        }

        // Two minutes of an earlier life: associations, polls, rows, and what the metering unit refuses.
        private static List<byte[]> Record(int seed, int baud, MemoryFiles files, MemoryFiles meterFiles)
        {
            var recorded = new List<byte[]>();
            var deframer = new HdlcDeframer();
            using SimulatedUnit unit = SimulatedUnit.OverLine(seed, Start, baud, files, meterFiles);
            unit.Server.Send += bytes => recorded.Add(bytes.ToArray());
            unit.Line.FarEnd.Received += bytes => recorded.AddRange(deframer.Push(bytes.Span).Select(frame => frame.ToBytes()));
            unit.Unit.Start();
            RunTo(unit, Seconds(3));
            unit.Server.Faults.ExceptionCounter = 7;
            RunTo(unit, Seconds(50));
            unit.Server.Faults.ExceptionCounter = null;
            RunTo(unit, Seconds(60));
            unit.Server.Restart();
            RunTo(unit, Minutes(2));
            return recorded;
        }

        // An exception in an information frame, or receive-ready, with any numbers.
        private static byte[] Refusal(Random random)
        {
            bool isReady = random.Next(4) == 0;
            byte control = (byte)((random.Next(256) & (isReady ? 0xE0 : 0xEE)) | (isReady ? 0x11 : 0x10));
            byte[] exception = [0xE6, 0xE7, 0x00, 0xD8, 0x01, 0x05];
            return new HdlcFrame(MeteringUnit.ActivePairingSap, 1, control, false, isReady ? [] : exception).ToBytes();
        }

        private static byte[] Alter(byte[] bytes, Random random)
        {
            switch (random.Next(6))
            {
                case 0:
                    var garbage = new byte[random.Next(1, 60)];
                    random.NextBytes(garbage);
                    return garbage;
                case 1:
                    return bytes[..random.Next(1, bytes.Length)];
                case 2:
                    bytes = (byte[])bytes.Clone();
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                    return bytes;
                case 3:
                case 4:
                    HdlcFrame frame = new HdlcDeframer().Push(bytes)[0];
                    byte[] information = frame.Information.ToArray();
                    if (information.Length > 0 && random.Next(2) == 0)
                    {
                        information[random.Next(information.Length)] ^= (byte)(1 << random.Next(8));
                    }

                    return new HdlcFrame(frame.Destination, frame.Source, (byte)(frame.Control ^ (random.Next(256) & 0xEE)),
                        random.Next(8) == 0, information).ToBytes();
                default:
                    return bytes;
            }
        }
    }
}
