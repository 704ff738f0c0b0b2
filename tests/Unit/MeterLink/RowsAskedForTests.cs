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
            rows.Ask(first, MeteringFixture.At(0), MeteringFixture.At(120));
            rows.Put(MeteringFixture.At(-1), 1, 2);
            rows.Put(MeteringFixture.At(0), 3, 4);
            rows.Put(MeteringFixture.At(120), 5, 6);
            rows.Put(MeteringFixture.At(121), 7, 8);
            rows.Put(MeterTime.Unknown, 9, 10);
            Assert.AreEqual("0:3/4 120:5/6 ", first.Rows);

            rows.Ask(second, MeteringFixture.At(180), MeteringFixture.At(180));
            rows.Put(MeteringFixture.At(120), 11, 12);
            rows.Put(MeteringFixture.At(180), 13, 14);
            rows.Put(MeteringFixture.At(240), 15, 16);
            Assert.AreEqual("0:3/4 120:5/6 ", first.Rows);
            Assert.AreEqual("180:13/14 ", second.Rows);
        }
    }
}
