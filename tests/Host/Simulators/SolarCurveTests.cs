using System;
using System.Linq;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Simulators
{
    [TestFixture]
    public sealed class SolarCurveTests
    {
        // Worked by hand: 4000 × sin²(90° × 2 / 3 at 10:00, 45° at 09:00, 30° at 08:00), half a minute after each.
        [TestCase(0, 0)]
        [TestCase((5 * 60) + 59, 0)]
        [TestCase(8 * 60, 1008)]
        [TestCase(9 * 60, 2009)]
        [TestCase(10 * 60, 3008)]
        [TestCase(12 * 60, 4000)]
        [TestCase(18 * 60, 0)]
        [TestCase(1439, 0)]
        public void Follows_the_stated_curve(int minute, int watts)
        {
            Assert.That(SolarCurve.Default.WattsAt(minute), Is.EqualTo(watts));
        }

        [Test]
        public void Is_symmetrical_around_noon_and_gives_half_its_peak_over_twelve_hours()
        {
            int[] day = Enumerable.Range(0, 1440).Select(SolarCurve.Default.WattsAt).ToArray();

            Assert.That(day.Reverse(), Is.EqualTo(day));
            Assert.That(day.Max(), Is.EqualTo(SolarCurve.Default.PeakWatts));
            Assert.That(day.Sum(), Is.EqualTo(4000 * 720 / 2).Within(360));
        }

        [Test]
        public void No_plant_gives_nothing()
        {
            Assert.That(Enumerable.Range(0, 1440).Select(SolarCurve.None.WattsAt), Is.All.Zero);
        }

        [TestCase(-1)]
        [TestCase(50001)]
        public void A_peak_out_of_range_is_refused(int peak)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new SolarCurve(peak));
        }
    }
}
