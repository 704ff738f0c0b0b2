using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NanoComm.Fleet;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Fleet
{
    /// <summary>A fleet at addresses of one test, with what it logged.</summary>
    internal sealed class FleetSite : IDisposable
    {
        /// <summary>The UDP port of all of them, which nobody else uses.</summary>
        public const int Port = 23614;

        private const int Patience = 30_000;
        private const int Look = 20;

        public FleetSite(string network, int count, Func<FleetOptions, FleetOptions> change = null)
        {
            Assert.That(AddressRange.TryParse(network, out AddressRange addresses), Is.Null);
            FleetOptions options = new()
            {
                Count = count,
                Addresses = addresses,
                Port = Port,
                Baud = 115200,
                Households = Households.Vary([HouseholdData.Recorded], 20, 1, new HouseholdShares(30, 10, 5)),
                Workers = 2,
            };
            Fleet = new UnitFleet(change is null ? options : change(options),
                (unit, level, source, text) => Log.Enqueue($"{unit?.Number} {level} {source}: {text}"));
        }

        public UnitFleet Fleet { get; }

        public ConcurrentQueue<string> Log { get; } = new();

        /// <summary>Starts it, and waits until all units read that can.</summary>
        public FleetSite Begin(int reading)
        {
            Fleet.Start();
            Await(() => Fleet.Units.Count(unit => unit.IsReading) >= reading, $"{reading} units that read");
            return this;
        }

        /// <summary>Waits for a condition.</summary>
        public void Await(Func<bool> condition, string what)
        {
            long begin = Stopwatch.GetTimestamp();
            while (!condition())
            {
                if (Stopwatch.GetElapsedTime(begin).TotalMilliseconds > Patience)
                {
                    Assert.Fail($"there are no {what} within {Patience} ms; logged: {string.Join('\n', Log.TakeLast(20))}");
                }

                Thread.Sleep(Look);
            }
        }

        public void Dispose()
        {
            Fleet.Dispose();
        }
    }
}
