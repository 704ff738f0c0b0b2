using NanoComm.MeterLink;
using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class RowsAskedForTests
    {
        [TestMethod]
        public static void PassesOnWhatLiesWithinTheQuestion()
        {
            var first = new MeteringFixture();
            var second = new MeteringFixture();
            var rows = new RowsAskedFor();
            rows.Ask(new IIntervalSink[] { first }, MeteringFixture.At(0), MeteringFixture.At(120));
            rows.Put(MeteringFixture.At(-1), new uint[] { 1, 2 });
            rows.Put(MeteringFixture.At(0), new uint[] { 3, 4 });
            rows.Put(MeteringFixture.At(120), new uint[] { 5, 6 });
            rows.Put(MeteringFixture.At(121), new uint[] { 7, 8 });
            rows.Put(MeterTime.Unknown, new uint[] { 9, 10 });
            Assert.AreEqual("0:3/4 120:5/6 ", first.Rows);

            rows.Ask(new IIntervalSink[] { second }, MeteringFixture.At(180), MeteringFixture.At(180));
            rows.Put(MeteringFixture.At(120), new uint[] { 11, 12 });
            rows.Put(MeteringFixture.At(180), new uint[] { 13, 14 });
            rows.Put(MeteringFixture.At(240), new uint[] { 15, 16 });
            Assert.AreEqual("0:3/4 120:5/6 ", first.Rows);
            Assert.AreEqual("180:13/14 ", second.Rows);
        }
    }
}
