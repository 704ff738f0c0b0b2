using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class TurnaroundEstimateTests
    {
        private const int Least = 40;
        private const int Most = 1000;

        [TestMethod]
        [DataRow(0, 40)]
        [DataRow(-5, 40)]
        [DataRow(20, 40)]
        [DataRow(100, 150)]
        [DataRow(300, 450)]
        [DataRow(700, 1000)]
        [DataRow(5000, 1000)]
        public static void AServerIsGivenHalfAsMuchAgainAsItTookWithinTheLimits(int taken, int limit)
        {
            var estimate = new TurnaroundEstimate(Least, Most);
            Assert.AreEqual(Least, estimate.Limit, "nothing is known yet");
            estimate.Answered(taken);
            Assert.AreEqual(limit, estimate.Limit);
        }

        [TestMethod]
        public static void ASlowAnswerCountsAtOnceAndFadesWithQuickOnes()
        {
            var estimate = new TurnaroundEstimate(Least, Most);
            estimate.Answered(20);
            estimate.Answered(400);
            Assert.AreEqual(600, estimate.Limit);
            int answers = 0;
            for (; estimate.Limit > 2 * Least; answers++)
            {
                int before = estimate.Limit;
                estimate.Answered(20);
                Assert.IsTrue(estimate.Limit < before);
            }

            Assert.IsTrue(answers >= 5 && answers <= 10, answers.ToString());
            for (int i = 0; i < 20; i++)
            {
                estimate.Answered(20);
            }

            Assert.AreEqual(Least, estimate.Limit);
        }

        [TestMethod]
        public static void AServerThatDidNotAnswerIsGivenAllTheTimeThatItMayTake()
        {
            var estimate = new TurnaroundEstimate(Least, Most);
            estimate.Answered(20);
            estimate.Missed();
            Assert.AreEqual(Most, estimate.Limit);
        }
    }
}
