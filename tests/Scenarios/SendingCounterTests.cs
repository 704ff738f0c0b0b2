using System;
using System.Buffers.Binary;
using NanoComm.Hal.Host;
using NanoComm.Pairing;
using NanoComm.Rig;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What the whole unit uses of its sending counter (docs/pairing.md, "Sending counters").</summary>
    [Parallelizable]
    internal static class SendingCounterTests
    {
        private const int Minute = 60_000;
        private const int Hour = 3_600_000;
        private const int MessagesADay = 90_000;

        [Test]
        public static void A_day_of_reading_takes_about_as_many_messages_as_the_page_says([Values(9600, 115200)] int baudRate)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, new DateTime(2027, 2, 27, 12, 10, 20), baudRate);
            unit.Unit.Start();
            unit.Scheduler.RunUntil(Hour);
            long before = unit.Server.Requests;
            unit.Scheduler.RunUntil(3 * Hour);
            long aDay = 12 * (unit.Server.Requests - before);
            TestContext.Out.WriteLine($"{baudRate} baud: {aDay:N0} messages a day");
            Assert.That(aDay, Is.InRange(MessagesADay * 9 / 10, MessagesADay));
        }

        [Test]
        public static void A_boot_loop_takes_a_block_a_boot()
        {
            const int boots = 5;
            var files = new MemoryFiles();
            var meter = new MemoryFiles();
            for (int boot = 0; boot < boots; boot++)
            {
                DateTime start = new DateTime(2027, 2, 27, 12, 10, 20).AddMinutes(boot);
                using SimulatedUnit unit = SimulatedUnit.OverLine(boot + 1, start, 115200, files, meter);
                uint before = Reserved(unit);
                unit.Unit.Start();
                unit.Scheduler.RunUntil(Minute);
                Assert.That(unit.Server.Requests, Is.GreaterThan(60));
                Assert.That(Reserved(unit) - before, Is.EqualTo(1024));
            }
        }

        // The last of what is in the record of a pairing (KeyRecord).
        private static uint Reserved(SimulatedUnit unit)
        {
            var record = new byte[1024];
            int length = unit.Board.Store.Read(ActivePairing.Record, record);
            return BinaryPrimitives.ReadUInt32BigEndian(record.AsSpan(length - 4));
        }
    }
}
