using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Hal.Host;
using NanoComm.Hems;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    /// <summary>The controller, against a coordinator with a meter made of formulas behind it.</summary>
    public class HemsTests
    {
        private static readonly DateTime Start = new(2026, 4, 1, 9, 58, 30);

        [Test]
        public void ItFindsTheMeterJoinsAndAsks([Values] ModuleDialect dialect, [Values] bool isHexadecimal)
        {
            using var home = new Home(dialect: dialect, isHexadecimal: isHexadecimal);
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined, 20_000);
            Assert.That(home.Hems.Meter, Is.EqualTo(ModuleBench.MeterAddress));
            EchonetMessage answer = null;
            home.Hems.Ask(0x028801, EchonetMessage.Get, [(0xE7, []), (0xD0, [])], message => answer = message);
            home.Run(2000);
            Assert.That(answer.Esv, Is.EqualTo(EchonetMessage.GetRes));
            Assert.That(answer.Find(0xE7), Is.EqualTo(new byte[] { 0, 0, 1, 0x0A }), "a line end in binary data");
            Assert.That(answer.Find(0xD0), Has.Length.EqualTo(15));
            Assert.That(home.Hems.Restarts + home.Hems.Repetitions + home.Hems.Unanswered, Is.Zero);
            home.Hems.Stop();
            home.Run(3000);
            Assert.That(home.Meter.SessionPeer, Is.Null);
            Assert.That(home.HemsModule.Statistics.FlashWrites, Is.EqualTo(isHexadecimal ? 1 : 0));
        }

        [Test]
        public void ItReadsADayWithoutAGap()
        {
            using var home = new Home();
            home.Hems.Start();
            home.Readings.Start();
            home.Run(24 * 3_600_000);
            home.CheckReadings();
            Assert.That(home.Minutes.Values.Count(row => row.IsFetchedAgain), Is.LessThan(3));
            Assert.That(home.HalfHours, Has.Count.EqualTo(1 + 48), "the one that was over when it came, too");
            Assert.That(home.Hems.Refreshes, Is.InRange(115, 125));
            Assert.That(home.Readings.Latest.Power, Is.EqualTo(266));
            Assert.That(home.Readings.Refusals, Is.Zero);
        }

        [Test]
        public void WhatWasMissedIsFetchedAgain()
        {
            using var home = new Home();
            home.Air.Between(home.Meter, home.HemsModule).DatagramLoss = 0.05;
            home.Hems.Start();
            home.Readings.Start();
            for (int hour = 0; hour < 24; hour++)
            {
                home.Run(2_400_000);
                home.Meter.GlitchPower();
                home.Run(600_000);
                home.StartMeter();
                home.Run(600_000);
            }

            home.Run(600_000);
            home.CheckReadings();
            Assert.That(home.Hems.Joins, Is.InRange(24, 40));
            Assert.That(home.Minutes.Values.Count(row => row.IsFetchedAgain), Is.GreaterThan(200));
        }

        [Test]
        public void ItComesBackAfterEveryKindOfEnd()
        {
            using var home = new Home();
            home.Hems.Start();
            home.RunUntil(() => home.Hems.State == HemsState.Joined, 20_000);
            home.Type("SKTERM");
            home.Run(100);
            home.RunUntil(() => home.Hems.State == HemsState.Joined, 20_000);

            home.Type("SKSTART");
            home.Ask();
            home.Ask();
            home.Ask();
            home.Run(100_000);
            Assert.That(home.Hems.Joins, Is.EqualTo(3), "silence ends in joining again");
            Assert.That(home.Ask(), Is.True);

            home.HemsModule.GlitchPower();
            home.Ask();
            home.Run(200_000);
            Assert.That(home.Hems.State, Is.EqualTo(HemsState.Joined), "its own module lost everything");
            Assert.That(home.Ask(), Is.True);

            home.Meter.GlitchPower();
            home.Run(1000);
            home.StartMeter(0x30);
            home.Ask();
            home.Ask();
            home.Ask();
            home.Run(400_000);
            Assert.That(home.Ask(), Is.True, "the meter came back on another channel");
        }

        [Test]
        public void ItWorksThroughABadLineToItsModule()
        {
            using var home = new Home();
            ModuleFaults faults = home.HemsModule.Faults;
            faults.SplitsLines = 0.2;
            faults.TruncatesLines = 0.01;
            faults.FlipsBits = 0.0005;
            faults.StrayLines = 0.1;
            faults.LosesOk = 0.02;
            faults.SendFails = 0.05;
            faults.SendSolicits = 0.05;
            home.Hems.Start();
            home.Readings.Start();
            home.Run(24 * 3_600_000);
            faults.SplitsLines = faults.TruncatesLines = faults.FlipsBits = faults.LosesOk = faults.SendFails = 0;
            home.Run(3_600_000);
            home.CheckReadings(isExact: false);
        }

        // A coordinator whose host knows what the meter shows: 10 units a minute, 1 in the other direction.
        private sealed class Home : IDisposable
        {
            private readonly VirtualScheduler _scheduler = new(3);
            private readonly VirtualAirClock _clock;
            private readonly MeterHost _host;

            public Home(ModuleDialect dialect = ModuleDialect.A1, bool isHexadecimal = false)
            {
                _clock = new VirtualAirClock(_scheduler);
                Air = new WiSunAir(_clock, 3);
                Meter = new SimulatedModule(Air, new ModuleOptions { Mac = ModuleBench.MeterMac, FactoryOption = 1 });
                HemsModule = new SimulatedModule(Air,
                    new ModuleOptions { Mac = ModuleBench.HemsMac, Dialect = dialect });
                _host = new MeterHost(Meter, Answer);
                var line = new ByteLinePair(_clock);
                HemsModule.Attach(line.Other);
                Hems = HemsOnAir.Attach(new HemsController(new HemsOptions
                {
                    Id = ModuleBench.Id,
                    Password = ModuleBench.Password,
                    WantsHexadecimal = isHexadecimal,
                    ReadsAt = (65 - Start.Second) * 1000,
                    KeepsAll = true,
                }), _clock, line.One);
                Readings = new HemsReadings(Hems);
                StartMeter();
            }

            public WiSunAir Air { get; }

            public SimulatedModule Meter { get; }

            public SimulatedModule HemsModule { get; }

            public HemsController Hems { get; }

            public HemsReadings Readings { get; }

            public IReadOnlyDictionary<DateTime, HemsEnergy> Minutes => Readings.Minutes.Values;

            public IReadOnlyDictionary<DateTime, HemsEnergy> HalfHours => Readings.HalfHours.Values;

            private DateTime Now => Start.AddMilliseconds(_scheduler.Milliseconds);

            public void StartMeter(int channel = 0x25)
            {
                Type("SKSREG SFE 0", "SKSETPWD C " + ModuleBench.Password, "SKSETRBID " + ModuleBench.Id,
                    $"SKSREG S02 {channel:X2}", "SKSREG S03 8888", "SKSTART");
            }

            public void Type(params string[] lines)
            {
                foreach (string text in lines)
                {
                    Meter.Receive(Encoding.ASCII.GetBytes(text + "\r\n"));
                }
            }

            public void Run(long milliseconds)
            {
                _scheduler.RunUntil(_scheduler.Milliseconds + milliseconds);
            }

            public void RunUntil(Func<bool> until, long within)
            {
                _scheduler.Run(until, _scheduler.Milliseconds + within);
            }

            public bool Ask()
            {
                bool isAnswered = false;
                Hems.Ask(0x028801, EchonetMessage.Get, [(0xE7, [])], message => isAnswered = message != null);
                Run(5000);
                return isAnswered;
            }

            public void CheckReadings(bool isExact = true)
            {
                DateTime first = new(2026, 4, 1, 9, 59, 0);
                DateTime last = Now.AddMinutes(-2);
                for (DateTime time = first; time < last; time = time.AddMinutes(1))
                {
                    Check(Minutes, time, isExact);
                }

                for (DateTime time = new(2026, 4, 1, 10, 0, 0); time < last; time = time.AddMinutes(30))
                {
                    Check(HalfHours, time, isExact);
                }
            }

            public void Dispose()
            {
                _scheduler.Dispose();
            }

            // A line that flips bits and has no check may bring a wrong value, but no hole.
            private static void Check(IReadOnlyDictionary<DateTime, HemsEnergy> rows, DateTime time, bool isExact)
            {
                Assert.That(rows, Contains.Key(time));
                if (isExact)
                {
                    Assert.That((rows[time].Normal, rows[time].Reverse), Is.EqualTo(((uint?, uint?))Registers(time)), $"{time}");
                }
            }

            private static (uint Normal, uint Reverse) Registers(DateTime time)
            {
                uint minutes = (uint)(time - new DateTime(2026, 1, 1)).TotalMinutes;
                return (minutes * 10, minutes);
            }

            private byte[] Answer(byte[] frame)
            {
                EchonetMessage request = EchonetMessage.Parse(frame);
                var answer = new EchonetMessage
                {
                    Tid = request.Tid,
                    Seoj = request.Deoj,
                    Deoj = request.Seoj,
                    Esv = (byte)(request.Esv + 0x10),
                };
                foreach ((byte epc, byte[] edt) in request.Properties)
                {
                    if (request.Esv == EchonetMessage.SetC)
                    {
                        _host.Choice = edt;
                    }

                    answer.With(epc, request.Esv == EchonetMessage.SetC ? [] : Read(epc));
                }

                return answer.ToBytes();
            }

            private byte[] Read(byte epc)
            {
                DateTime minute = new(Now.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute);
                DateTime half = minute.AddMinutes(-(minute.Minute % 30));
                return epc switch
                {
                    0xD6 => [1, 0x02, 0x88, 0x01],
                    0x9D => [2, 0xEA, 0xEB],
                    0x9E => [2, 0xED, 0xEF],
                    0x9F => [14, 0x9D, 0x9E, 0x9F, 0xD0, 0xD3, 0xE0, 0xE1, 0xE3, 0xE7, 0xE8, 0xEA, 0xEB, 0xEC, 0xEE],
                    0xD3 => [0, 0, 0, 1],
                    0xE1 => [2],
                    0xE0 => Number(Registers(minute).Normal),
                    0xE3 => Number(Registers(minute).Reverse),
                    0xD0 => [.. Time(minute), 0, .. Number(Registers(minute).Normal),
                        .. Number(Registers(minute).Reverse)],
                    0xE7 => [0, 0, 1, 0x0A],
                    0xE8 => [0, 10, 0, 20],
                    0xEA => [.. Time(half), 0, .. Number(Registers(half).Normal)],
                    0xEB => [.. Time(half), 0, .. Number(Registers(half).Reverse)],
                    0xEE => History(TimeSpan.FromMinutes(1)),
                    0xEC => History(TimeSpan.FromMinutes(30)),
                    _ => [],
                };
            }

            private byte[] History(TimeSpan step)
            {
                byte[] choice = _host.Choice;
                DateTime time = new((choice[0] << 8) | choice[1], choice[2], choice[3], choice[4], choice[5], 0);
                var edt = new List<byte>(choice);
                for (int i = 0; i < choice[6]; i++, time -= step)
                {
                    edt.AddRange(Number(Registers(time).Normal));
                    edt.AddRange(Number(Registers(time).Reverse));
                }

                return edt.ToArray();
            }

            private static byte[] Time(DateTime time)
            {
                return [(byte)(time.Year >> 8), (byte)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour,
                    (byte)time.Minute];
            }

            private static byte[] Number(uint value)
            {
                var bytes = new byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
                return bytes;
            }
        }

        // Answers each datagram of a coordinator's ERXUDP.
        private sealed class MeterHost
        {
            private readonly SimulatedModule _module;
            private readonly Func<byte[], byte[]> _answer;
            private string _rest = string.Empty;

            public MeterHost(SimulatedModule module, Func<byte[], byte[]> answer)
            {
                _module = module;
                _answer = answer;
                module.Send += bytes => Hear(Encoding.Latin1.GetString(bytes.Span));
            }

            public byte[] Choice { get; set; }

            private void Hear(string text)
            {
                string[] lines = (_rest + text).Split("\r\n");
                _rest = lines[^1];
                foreach (string line in lines[..^1])
                {
                    string[] words = line.Split(' ');
                    if (words.Length == 9 && words[0] == "ERXUDP" && words[4] == "0E1A" && words[6] == "1")
                    {
                        byte[] answer = _answer(Convert.FromHexString(words[8]));
                        _module.Receive((byte[])[
                            .. Encoding.ASCII.GetBytes(
                                $"SKSENDTO 1 {words[1]} 0E1A 1 {answer.Length:X4} "),
                            .. answer,
                        ]);
                    }
                }
            }
        }
    }
}
