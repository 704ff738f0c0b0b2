using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>What is reported of a radio path's received power (requirements R32, R33).</summary>
    [TestClass]
    public static class LinkReportTests
    {
        [DataRow(-69, "link Wi-Fi -69 dBm, 1 dB above -70")]
        [DataRow(-70, "link Wi-Fi -70 dBm, 0 dB above -70")]
        [DataRow(-71, "link Wi-Fi -71 dBm, 1 dB below -70")]
        [TestMethod]
        public static void It_says_on_which_side_of_the_limit_a_path_is(int power, string said)
        {
            Assert.AreEqual(said, LinkReport.Describe("Wi-Fi", power, LinkReport.WifiLimit));
        }

        [TestMethod]
        public static void Each_hour_once_it_is_known()
        {
            var board = new FakeBoard();
            var wifi = new FakeWifi();
            var report = new LinkReport(null, wifi, board);
            report.Step(0);
            Assert.AreEqual(0, board.Lines, "not known");

            wifi.SignalDbm = -75;
            for (long now = 60000; now < 2 * 3600000; now = report.Step(now))
            {
            }

            Assert.AreEqual(2, board.Lines);
            Assert.AreEqual(2, board.Warnings);
            Assert.AreEqual("link Wi-Fi -75 dBm, 5 dB below -70", board.LastLine);
        }
    }
}
