using System.Linq;
using NanoComm.PowerPlanning;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Power
{
    /// <summary>The made-up hour, second by second.</summary>
    internal static class TrafficHourTests
    {
        private static readonly PowerSums Sums = new(BenchDeclaration.Sound);
        private static readonly TrafficHour Hour = new(BenchDeclaration.Sound, Sums.InService);

        [Test]
        public static void It_lasts_an_hour_and_is_the_same_each_time()
        {
            Assert.That(Hour.Means, Has.Count.EqualTo(3600));
            Assert.That(new TrafficHour(BenchDeclaration.Sound, Sums.InService).Means, Is.EqualTo(Hour.Means));
        }

        [TestCase(5, 110, 35, 118, Description = "a poll")]
        [TestCase(600, 110, 70, 118, Description = "an answer over Wi-SUN")]
        [TestCase(1500, 110, 70, 379, Description = "both radios send")]
        [TestCase(3000, 110, 35, 379, Description = "an answer over Wi-Fi")]
        [TestCase(30, 110, 70, 379, Description = "the answers of each minute")]
        [TestCase(1200, 110, 35, 379, Description = "Wi-Fi looks for networks, between the answers over Wi-SUN")]
        public static void A_second_peaks_by_what_is_done_in_it(int second, double phy, double module, double processor)
        {
            Assert.That(Hour.Peaks[second], Is.EqualTo(PowerOracle.Drawn(BenchDeclaration.Sound, [phy, module, processor]))
                .Within(1e-6));
        }

        [Test]
        public static void A_quiet_second_means_one_poll()
        {
            double poll = PowerOracle.Drawn(BenchDeclaration.Sound, [110, 35, 118]);
            double rest = PowerOracle.Drawn(BenchDeclaration.Sound, [110, 35, 110]);

            Assert.That(Hour.Means[5], Is.EqualTo(((poll * 80) + (rest * 920)) / 1000).Within(1e-6));
        }

        [Test]
        public static void What_is_out_of_service_sends_nothing()
        {
            var silent = new TrafficHour(BenchDeclaration.Sound, new PowerCombination(BenchDeclaration.Sound, [0, 0, 0]));

            Assert.That(silent.Peaks.Max(), Is.EqualTo(PowerOracle.Drawn(BenchDeclaration.Sound, [110, 1, 68])).Within(1e-6));
        }
    }
}
