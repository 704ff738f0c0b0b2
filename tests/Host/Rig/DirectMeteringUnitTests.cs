using System;
using System.Linq;
using System.Text;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Tests.Host.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Rig
{
    [TestFixture]
    public sealed class DirectMeteringUnitTests
    {
        private static readonly DateTime Start = new(2026, 3, 1, 10, 0, 0);
        private static readonly long StartTime = MeterTime.FromCalendar(2026, 3, 1, 10, 0, 0);

        private readonly MeterReading _reading = new();
        private ManualClock _clock;
        private SimulatedMeteringUnit _unit;
        private DirectMeteringUnit _direct;

        [SetUp]
        public void SetUp()
        {
            _clock = new ManualClock();
            _unit = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, 1);
            _direct = new DirectMeteringUnit(_unit);
        }

        [Test]
        public void SaysWhatItIs()
        {
            var parameters = new MeterParameters();
            var serial = new byte[MeterParameters.SerialLength];

            Assert.That(_direct.ReadParameters(parameters), Is.EqualTo(MeteringResult.Ok));
            parameters.CopySerial(serial, 0);

            Assert.That(Encoding.ASCII.GetString(serial), Is.EqualTo("SIM000000001"));
            Assert.That(parameters.Unit, Is.EqualTo(0x03), "0.001 kWh");
            Assert.That(parameters.Coefficient, Is.EqualTo(1));
            Assert.That(parameters.Digits, Is.EqualTo(8));
        }

        [Test]
        public void ReadsWhatTheUnitShowsAndItsNewestMinute()
        {
            _clock.AdvanceSeconds(90);

            Assert.That(_direct.ReadNow(_reading), Is.EqualTo(MeteringResult.Ok));

            MeterValues now = _unit.Read();
            DateTime minute = Start.AddMinutes(1);
            Assert.That(_reading.Time, Is.EqualTo(StartTime + 90));
            Assert.That((_reading.Normal, _reading.Reverse, _reading.Power, _reading.CurrentR, _reading.CurrentT),
                Is.EqualTo((now.Normal, now.Reverse, now.Power, now.CurrentR, now.CurrentT)));
            Assert.That((_reading.MinuteTime, _reading.MinuteNormal, _reading.MinuteReverse),
                Is.EqualTo((StartTime + 60, _unit.NormalAt(minute), _unit.ReverseAt(minute))));
        }

        [Test]
        public void WithoutAMinuteRowThereIsNone()
        {
            _unit.DropMinute(_ => true);

            _direct.ReadNow(_reading);

            Assert.That(_reading.MinuteTime, Is.EqualTo(MeterTime.Unknown));
            Assert.That(_reading.MinuteNormal, Is.EqualTo(MeterReading.NoEnergy));
        }

        [Test]
        public void RowsComeUnderTheirLabels()
        {
            var minutes = new RowCollector();
            var halfHours = new RowCollector();

            Assert.That(_direct.ReadMinutes(StartTime - 120, StartTime, minutes), Is.EqualTo(MeteringResult.Ok));
            Assert.That(_direct.ReadHalfHours(StartTime - 3600, StartTime, halfHours), Is.EqualTo(MeteringResult.Ok));

            Assert.That(minutes.Rows.Keys.Select(time => time - StartTime), Is.EqualTo(new[] { -120, -60, 0 }));
            Assert.That(halfHours.Rows.Keys.Select(time => time - StartTime), Is.EqualTo(new[] { -3600, -1800, 0 }));
            Assert.That(halfHours.Rows[StartTime - 1800], Is.EqualTo(
                (_unit.NormalAt(Start.AddMinutes(-30)), _unit.ReverseAt(Start.AddMinutes(-30)))));
        }

        [TestCase(30, 90)]
        [TestCase(60, 90)]
        [TestCase(60, 0)]
        public void AQuestionOffTheGridIsRefused(int from, int to)
        {
            var sink = new RowCollector();

            Assert.That(_direct.ReadMinutes(StartTime + from, StartTime + to, sink), Is.EqualTo(MeteringResult.Refused));
            Assert.That(_direct.ReadHalfHours(StartTime + from, StartTime + to, sink),
                Is.EqualTo(MeteringResult.Refused));
            Assert.That(sink.Rows, Is.Empty);
        }

        [Test]
        public void ASilentUnitAnswersNothingAndGoesOnCounting()
        {
            var sink = new RowCollector();
            _unit.IsAnswering = false;

            Assert.That(_direct.ReadParameters(new MeterParameters()), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(_direct.ReadNow(_reading), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(_direct.ReadMinutes(StartTime, StartTime, sink), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(_direct.ReadHalfHours(StartTime, StartTime, sink), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(sink.Rows, Is.Empty);

            _clock.AdvanceSeconds(3600);
            _unit.IsAnswering = true;
            Assert.That(_direct.ReadNow(_reading), Is.EqualTo(MeteringResult.Ok));
            Assert.That(_reading.Time, Is.EqualTo(StartTime + 3600));
            Assert.That(_direct.ReadMinutes(StartTime, StartTime + 3600, sink), Is.EqualTo(MeteringResult.Ok));
            Assert.That(sink.Rows, Has.Count.EqualTo(61));
        }
    }
}
