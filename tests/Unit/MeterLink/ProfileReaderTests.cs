using NanoComm.Dlms;
using NanoComm.MeterLink;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class ProfileReaderTests
    {
        private const string Time = "090C 07EA0B16FF160000FF800000";

        [TestMethod]
        [DataRow("0203" + Time + "0600000001 0600000002", "0:1/2 ")]
        [DataRow("0203" + Time + "0605F5E0FF 0605F5E0FF", "0:99999999/99999999 ")]
        [DataRow("0203" + Time + "1101 120002", "0:1/2 ")]
        [DataRow("0203" + Time + "0500000001 0F02", "0:1/2 ")]
        public static void RowsAreHandedOn(string row, string expected)
        {
            MeteringFixture sink = Read("01" + row, out ProfileReader reader);
            Assert.AreEqual(expected, sink.Rows);
            Assert.AreEqual(0, reader.BadRows);
        }

        [TestMethod]
        [DataRow("00")]
        [DataRow("1101")]
        [DataRow("0200")]
        [DataRow("0201" + Time)]
        [DataRow("0202" + Time + "0600000001")]
        [DataRow("0204" + Time + "0600000001 0600000002 0600000003")]
        [DataRow("0103" + Time + "0600000001 0600000002")]
        [DataRow("0203" + "0A0C 07EA0B16FF160000FF800000 0600000001 0600000002")]
        [DataRow("0203" + "0904 07EA0B16 0600000001 0600000002")]
        [DataRow("0203" + "00 0600000001 0600000002")]
        [DataRow("0203" + "090C FFFFFFFFFFFFFFFFFF8000FF 0600000001 0600000002")]
        [DataRow("0203" + "090C 07EA0B1FFF160000FF800000 0600000001 0600000002")]
        [DataRow("0203" + Time + "00 0600000002")]
        [DataRow("0203" + Time + "0600000001 00")]
        [DataRow("0203" + Time + "00 00")]
        [DataRow("0203" + Time + "0605F5E100 0600000002")]
        [DataRow("0203" + Time + "0600000001 0605F5E100")]
        [DataRow("0203" + Time + "06FFFFFFFE 06FFFFFFFE")]
        [DataRow("0203" + Time + "0FFF 0600000002")]
        [DataRow("0203" + Time + "0600000001 05FFFFFFFF")]
        [DataRow("0203" + Time + "0600000001 0A0132")]
        [DataRow("0203" + Time + "150000000000000001 0600000002")]
        public static void ARowOfAnotherFormIsCountedAndSkipped(string row)
        {
            MeteringFixture sink =
                Read("03" + MeteringFixture.Row1 + row + MeteringFixture.Row0, out ProfileReader reader);
            Assert.AreEqual("60:12345665/100 0:12345664/99 ", sink.Rows);
            Assert.AreEqual(1, reader.BadRows);
        }

        [TestMethod]
        public static void BadRowsAreCountedSinceTheStart()
        {
            Read("02 00 00", out ProfileReader reader);
            Assert.AreEqual(2, reader.BadRows);
            DlmsFixture f = Associated();
            f.Peer.Script.Add("C401C1 00 0102 00" + MeteringFixture.Row0);
            var sink = new MeteringFixture();
            DlmsResult result = reader.Read(f.Client, MeteringFixture.At(0), MeteringFixture.At(0), sink);
            Assert.AreEqual((int)DlmsResult.Ok, (int)result);
            Assert.AreEqual(3, reader.BadRows);
            Assert.AreEqual("0:12345664/99 ", sink.Rows);
        }

        [TestMethod]
        public static void NoRowsAreNoError()
        {
            MeteringFixture sink = Read("00", out ProfileReader reader);
            Assert.AreEqual("", sink.Rows);
            Assert.AreEqual(0, reader.BadRows);
        }

        // A row cut short, as a value of another length than its content needs: nothing beyond it is read.
        [TestMethod]
        public static void ARowThatIsCutShortIsBad()
        {
            ProfileReader reader = Make();
            byte[] row = Hex.Parse(MeteringFixture.Row0);
            for (int length = 0; length < row.Length; length++)
            {
                var cut = new byte[length];
                System.Array.Copy(row, cut, length);
                reader.Put(cut, 0, length);
                Assert.AreEqual(length + 1, reader.BadRows);
            }
        }

        private static MeteringFixture Read(string rows, out ProfileReader reader)
        {
            DlmsFixture f = Associated();
            f.Peer.Script.Add("C401C1 00 01" + rows);
            reader = Make();
            var sink = new MeteringFixture();
            DlmsResult result = reader.Read(f.Client, MeteringFixture.At(0), MeteringFixture.At(60), sink);
            Assert.AreEqual((int)DlmsResult.Ok, (int)result);
            return sink;
        }

        private static DlmsFixture Associated()
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            return f;
        }
    }
}
