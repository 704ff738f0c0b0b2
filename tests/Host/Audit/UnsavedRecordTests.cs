using System;
using System.Threading.Tasks;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Metering;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Audit
{
    /// <summary>Who notes an event or writes a location waits neither for the flash nor for somebody who waits for it:
    /// while a record is being written, other threads go on.</summary>
    public static class UnsavedRecordTests
    {
        [Test]
        public static void The_log_takes_events_while_it_is_written()
        {
            var store = new SlowStore();
            var log = new SecurityLog(store, new FakeClock(), new MeterData(1));
            store.Meanwhile = () => log.Add(SecurityEvent.Paired);
            log.Add(SecurityEvent.Start);
            log.Step(0);
            Assert.That((store.Writes, store.WentOn), Is.EqualTo((1, true)));

            log.Step(0);
            Assert.That(store.Writes, Is.EqualTo(2), "what came meanwhile is written next");
        }

        [Test]
        public static void A_location_is_taken_while_another_is_saved()
        {
            var store = new SlowStore();
            var location = new InstallationLocation(store);
            store.Meanwhile = () => location.Write([0x10], 0, 1);
            location.Write([0x08], 0, 1);
            Assert.That(location.Step(0), Is.GreaterThan(0).And.LessThan(Deadline.Never), "to be saved later");
            Assert.That((store.Writes, store.WentOn, store.Last), Is.EqualTo((1, true, 0x08)));

            Assert.That(location.Step(600_000), Is.EqualTo(Deadline.Never));
            Assert.That((store.Writes, store.Last), Is.EqualTo((2, 0x10)));
        }

        private sealed class SlowStore : IDurableStore
        {
            public Action Meanwhile { get; set; }

            public int Writes { get; private set; }

            public bool WentOn { get; private set; }

            public int Last { get; private set; }

            public int Read(string name, byte[] buffer) => -1;

            public int LengthOf(string name) => -1;

            public bool Delete(string name) => true;

            public bool Write(string name, byte[] buffer, int length)
            {
                Writes++;
                WentOn = Task.Run(Meanwhile).Wait(5000);
                Last = buffer[0];
                return true;
            }
        }
    }
}
