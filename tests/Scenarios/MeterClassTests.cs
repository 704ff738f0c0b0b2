using System.Linq;
using NUnit.Framework;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Rig;
using NanoComm.Simulators;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A unit that is put at a metering unit of the other class.</summary>
    [Parallelizable]
    internal static class MeterClassTests
    {
        private const int Lives = 12;

        [Test]
        public static void A_unit_becomes_of_the_class_that_it_finds_and_back()
        {
            MemoryFiles files = ExchangeSite.MakeUnit(1);
            var high = new ExchangeSite(1, 1, new HighVoltageService());
            Exchange(high, files, 1, MeterClass.LowVoltage, null);
            AssertServed(high, files, MeterClass.HighVoltage);

            var low = new ExchangeSite(1, 2);
            Exchange(low, files, 2, MeterClass.HighVoltage, null);
            AssertServed(low, files, MeterClass.LowVoltage);
        }

        // Each point of what both sides of an exchange do: before, within and after each write and each message.
        [Test]
        public static void A_power_cut_on_the_way_leaves_a_unit_that_finds_its_class([Range(1, 150, 5)] int point)
        {
            MemoryFiles files = ExchangeSite.MakeUnit(1);
            var high = new ExchangeSite(point, 1, new HighVoltageService());
            var power = new PowerSupply();
            power.CutAtPoint(point);
            Exchange(high, files, 1, MeterClass.LowVoltage, power);
            AssertServed(high, files, MeterClass.HighVoltage);
        }

        [TestCase("")]
        [TestCase("0201")]
        [TestCase("0107000000000000000000000000000000000000000000000000000000")]
        [TestCase("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
        public static void A_record_that_is_none_is_learnt_anew(string record)
        {
            MemoryFiles files = ExchangeSite.MakeUnit(1);
            var high = new ExchangeSite(1, 1, new HighVoltageService());
            Exchange(high, files, 1, MeterClass.LowVoltage, null);
            byte[] bytes = System.Convert.FromHexString(record);
            Assert.That(new DurableStore(files).Write(RecordCatalogue.MeteringUnit, bytes, bytes.Length));
            using (SimulatedUnit unit = high.Plug(files, settings: SimulatedUnit.SettingsOfBoth))
            {
                Assert.That(unit.Unit.Data.High, Is.Null);
                unit.Scheduler.Run(() => unit.Board.Restarts == 1, Minutes(2));
            }

            AssertServed(high, files, MeterClass.HighVoltage);
        }

        [Test]
        public static void A_board_that_cannot_serve_it_refuses_by_name_and_serves_nothing()
        {
            MemoryFiles files = ExchangeSite.MakeUnit(1);
            var high = new ExchangeSite(1, 1, new HighVoltageService());
            ExchangeSite.Give(files, high.Issue(1, 1));
            using SimulatedUnit unit = high.Plug(files);
            RunTo(unit, Minutes(3));
            Assert.That(unit.Unit.Pairing.State, Is.EqualTo(PairingState.Paired), "that is not the pairing's fault");
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.OtherClass));
            Assert.That(unit.Board.Restarts, Is.Zero);
            Assert.That(unit.Board.LogLines.Count(line => line.Contains("the metering unit is a high-voltage one, and this unit "
                + "serves the other class alone: it needs another unit")), Is.EqualTo(1));
            Assert.That(Events(unit), Is.EqualTo(1));
            Assert.That(new Hems(unit, 2).Ask(Esv.Get, (Epc.NormalEnergy, [])), Is.Null, "there is no meter object yet");
            Assert.That(ExchangeSite.Record(files, RecordCatalogue.MeteringUnit), Is.Empty);
        }

        private static void Exchange(ExchangeSite site, MemoryFiles files, uint epoch, MeterClass before, PowerSupply power)
        {
            ExchangeSite.Give(files, site.Issue(1, epoch));
            bool isDone = false;
            for (int life = 0; life < Lives && !isDone; life++)
            {
                using SimulatedUnit unit = Plug(site, files, power);
                if (unit == null)
                {
                    continue;
                }

                bool isOther = (unit.Unit.Data.High != null) == (before == MeterClass.LowVoltage);
                unit.Scheduler.Run(() => unit.Board.Restarts > 0 || power is { IsOff: true }
                    || (isOther && unit.Unit.Metering.State == MeteringState.Reading), Minutes(30));
                isDone = power is not { IsOff: true };
                if (isDone && !isOther)
                {
                    Assert.That(Events(unit), Is.GreaterThanOrEqualTo(1), "it is in the security log before the restart");
                }

                power?.Restore();
            }

            Assert.That(isDone);
        }

        // Null where the power went before anything ran.
        private static SimulatedUnit Plug(ExchangeSite site, MemoryFiles files, PowerSupply power)
        {
            try
            {
                return site.Plug(files, 115200, power, SimulatedUnit.SettingsOfBoth);
            }
            catch (PowerCutException)
            {
                power.Restore();
                return null;
            }
        }

        private static void AssertServed(ExchangeSite site, MemoryFiles files, MeterClass meterClass)
        {
            using SimulatedUnit unit = site.Plug(files, settings: SimulatedUnit.SettingsOfBoth);
            bool isHigh = meterClass == MeterClass.HighVoltage;
            Assert.That(unit.Unit.Data.High != null, Is.EqualTo(isHigh), "at once, before anything is asked");
            RunTo(unit, Minutes(2) + Seconds(30));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(unit.Board.Restarts, Is.Zero);
            var hems = new Hems(unit, 2, isHigh ? Eoj.BidirectionalHighVoltageMeter : Eoj.LowVoltageMeter);
            byte[] minute = hems.Get(Epc.OneMinuteEnergy);
            Assert.That(Bytes.U32(minute, 7), Is.EqualTo(unit.Meter.NormalAt(Bytes.Dt7(minute))));
        }

        private static int Events(SimulatedUnit unit)
        {
            var entry = new SecurityLogEntry();
            int count = 0;
            var log = new SecurityLog(unit.Board.Store, unit.Board.Clock, unit.Unit.Data);
            for (int i = 0; log.Get(i, entry); i++)
            {
                count += entry.Event == SecurityEvent.OtherClass ? 1 : 0;
            }

            return count;
        }
    }
}
