using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using NanoComm.Simulators.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSunSim
{
    /// <summary>The same modules in real time.</summary>
    public class RealClockTests
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        [Test]
        public void TwoModulesJoinInRealTime()
        {
            using var clock = new RealAirClock();
            var air = new WiSunAir(clock, 1);
            var meter = new SimulatedModule(air, new ModuleOptions { Mac = ModuleBench.MeterMac, FactoryOption = 1 });
            var hems = new SimulatedModule(air, new ModuleOptions { Mac = ModuleBench.HemsMac, FactoryOption = 1 });
            using var isJoined = new ManualResetEventSlim();
            using var isHeard = new ManualResetEventSlim();
            var said = new StringBuilder();
            hems.Send += bytes =>
            {
                said.Append(Encoding.Latin1.GetString(bytes.Span));
                if (said.ToString().Contains("EVENT 25"))
                {
                    isJoined.Set();
                }
            };
            meter.Send += bytes =>
            {
                if (Encoding.Latin1.GetString(bytes.Span).Contains(" 0E1A 0E1A "))
                {
                    isHeard.Set();
                }
            };
            Type(meter, "SKSETPWD C " + ModuleBench.Password, "SKSETRBID " + ModuleBench.Id, "SKSTART");
            Type(hems, "SKSETPWD C " + ModuleBench.Password, "SKSETRBID " + ModuleBench.Id,
                "SKJOIN " + ModuleBench.MeterAddress);
            Assert.That(isJoined.Wait(Patience), Is.True);
            Type(hems, $"SKSENDTO 1 {ModuleBench.MeterAddress} 0E1A 1 0003 abc");
            Assert.That(isHeard.Wait(Patience), Is.True);
        }

        [Test]
        public void TheClockRunsOneThingAtATimeInOrder()
        {
            const int Threads = 4;
            const int Each = 200;
            using var clock = new RealAirClock();
            int inside = 0;
            int together = 0;
            var order = new List<int>();
            using var isDone = new CountdownEvent(Threads * Each);
            var threads = new List<Thread>();
            for (int t = 0; t < Threads; t++)
            {
                var thread = new Thread(() =>
                {
                    for (int i = 0; i < Each; i++)
                    {
                        clock.At(clock.Milliseconds + (i % 5), () => Work(isDone));
                        clock.Enter(() => Work(null));
                    }
                });
                thread.Start();
                threads.Add(thread);
            }

            threads.ForEach(thread => thread.Join());
            Assert.That(isDone.Wait(Patience), Is.True);
            Assert.That(together, Is.Zero);

            using var isOver = new ManualResetEventSlim();
            clock.Enter(() =>
            {
                long now = clock.Milliseconds;
                clock.At(now + 20, () => order.Add(3));

                // A processor that has others to serve: the two are late before they are known.
                Thread.Sleep(40);
                clock.At(now + 10, () => order.Add(1));
                clock.At(now + 10, () => order.Add(2));
                clock.At(now + 30, isOver.Set);
            });
            Assert.That(isOver.Wait(Patience), Is.True);
            Assert.That(order, Is.EqualTo(new[] { 1, 2, 3 }));

            void Work(CountdownEvent done)
            {
                together += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                Thread.SpinWait(100);
                Interlocked.Decrement(ref inside);
                done?.Signal();
            }
        }

        [Test]
        public void AStoppedClockRunsNothingMore()
        {
            var clock = new RealAirClock();
            bool isRun = false;
            using var isStopped = new ManualResetEventSlim();
            clock.Enter(() =>
            {
                long now = clock.Milliseconds;
                clock.At(now, () =>
                {
                    clock.Dispose();
                    isStopped.Set();
                });
                clock.At(now, () => isRun = true);
            });
            Assert.That(isStopped.Wait(Patience), Is.True);

            // From outside it waits until the clock's thread has ended.
            clock.Dispose();
            Assert.That(isRun, Is.False);
        }

        private static void Type(SimulatedModule module, params string[] lines)
        {
            foreach (string line in lines)
            {
                module.Receive(Encoding.Latin1.GetBytes(line + "\r\n"));
            }
        }
    }
}
