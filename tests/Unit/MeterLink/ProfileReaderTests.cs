using NanoComm.Dlms;
using NanoComm.MeterLink;
using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class ProfileReaderTests
    {
        private const string Time = "090C 07EA0B16FF160000FF800000";
        private const string Time1 = "090C 07EA0B16FF160100FF800000";
        private const string Time3 = "090C 07EA0B16FF160300FF800000";
        private const string Clock = "0204 120008 09060000010000FF 0F02 120000";
        private const string Import = "0204 120003 09060100010800FF 0F02 120000";
        private const string Export = "0204 120003 09060100020800FF 0F02 120000";
        private const string Status = "0204 120001 090600005E5105FF 0F02 120000";
        private const string Values = " 0600000001 0600000002 ";
        private const int Fifo = 1;
        private const int Lifo = 2;

        private static FakeBoard _board;
        private static Differences _differences;
        private static ScaledRegister _normal;
        private static ScaledRegister _reverse;
        private static DlmsFixture _link;

        [TestMethod]
        [DataRow("0203" + Time + "0600000001 0600000002", "0:1/2 ")]
        [DataRow("0203" + Time + "0605F5E0FF 0605F5E0FF", "0:99999999/99999999 ")]
        [DataRow("0203" + Time + "1101 120002", "0:1/2 ")]
        [DataRow("0203" + Time + "0500000001 0F02", "0:1/2 ")]
        [DataRow("0203" + Time + "150000000000000001 140000000000000002", "0:1/2 ")]
        [DataRow("0203" + "1907EA0B16FF160000FF800000 0600000001 0600000002", "0:1/2 ")]
        [DataRow("0203" + "090C 07EA0B16FF1600FFFF800000 0600000001 0600000002", "0:1/2 ")]
        public static void RowsAreHandedOn(string row, string expected)
        {
            Assert.AreEqual(expected, Read("01" + row, Make(), 0, 0));
            Assert.AreEqual(0, _differences.Count);
        }

        [TestMethod]
        [DataRow("00")]
        [DataRow("1101")]
        [DataRow("0200")]
        [DataRow("0201" + Time)]
        [DataRow("0202" + Time + "0600000001")]
        [DataRow("0204" + Time + "0600000001 1101 1101")]
        [DataRow("0103" + Time + "0600000001 0600000002")]
        [DataRow("0203" + "0A0C 07EA0B16FF160000FF800000 0600000001 0600000002")]
        [DataRow("0203" + "0904 07EA0B16 0600000001 0600000002")]
        [DataRow("0203" + "090C FFFFFFFFFFFFFFFFFF8000FF 0600000001 0600000002")]
        [DataRow("0203" + "090C 07EA0B1FFF160000FF800000 0600000001 0600000002")]
        [DataRow("0203" + "090C 07EA0B16FF160006FF800000 0600000001 0600000002")]
        [DataRow("0203" + "090C 07EA0B16FF160036FF800000 0600000001 0600000002")]
        [DataRow("0203" + Time + "06FFFFFFFE 06FFFFFFFE")]
        [DataRow("0203" + Time + "06FFFFFFFF 0FFF")]
        [DataRow("0203" + Time + "0600000001 0A0132")]
        [DataRow("0203" + Time + "15FFFFFFFFFFFFFFFF 0600000002")]
        public static void ARowOfAnotherFormIsCountedToldAndSkipped(string row)
        {
            string rows = Read("03" + MeteringFixture.Row1 + row + MeteringFixture.Row0, Make(), 0, 60);
            Assert.AreEqual("60:12345665/100 0:12345664/99 ", rows);
            Assert.AreEqual(1, _differences.Count);
            Assert.AreEqual(1, _board.Warnings);
            string bytes = Hex.Compact(row);
            Assert.IsTrue(_board.LastLine.IndexOf("1-0:99.2.0 attribute 2: a row came "
                + bytes.Substring(0, bytes.Length < 48 ? bytes.Length : 48)) == 0, _board.LastLine);
        }

        // One direction is no reason to leave out the other.
        [TestMethod]
        [DataRow("06FFFFFFFE 0600000002", "0:-/2 ")]
        [DataRow("0600000001 05FFFFFFFF", "0:1/- ")]
        [DataRow("00 0600000002", "0:-/2 ")]
        public static void AValueThatIsNoneIsNoData(string values, string expected)
        {
            Assert.AreEqual(expected, Text(Read("01 0203" + Time + values, Make(), 0, 0)));
        }

        [TestMethod]
        public static void ARegisterThatCannotBeUnderstoodHasNoRowsEither()
        {
            ProfileReader reader = Make();
            _reverse.IsUsable = false;
            Assert.AreEqual("0:12345664/- ", Text(Read("01" + MeteringFixture.Row0, reader, 0, 0)));
        }

        // Counted each time, told once.
        [TestMethod]
        public static void DifferencesAreToldOnce()
        {
            ProfileReader reader = Make();
            Read("02 00 00", reader, 0, 60);
            Assert.AreEqual(2, _differences.Count);
            Assert.AreEqual(1, _board.Lines);
            Read("01 00", reader, 0, 120);
            Assert.AreEqual(3, _differences.Count);
            Assert.AreEqual(1, _board.Lines);
            Assert.IsTrue(reader.IsUnusable);
            _differences.Forget();
            Read("02 00" + MeteringFixture.Row0, reader, 0, 60);
            Assert.AreEqual(2, _board.Lines);
            Assert.IsFalse(reader.IsUnusable);
        }

        [TestMethod]
        public static void NoRowsAreNoError()
        {
            Assert.AreEqual("", Read("00", Make(), 0, 60));
            Assert.AreEqual(0, _differences.Count);
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
                Assert.AreEqual(length + 1, _differences.Count);
            }
        }

        // One capture period on from the row before, in the order that the profile declares.
        [TestMethod]
        [DataRow(Fifo, Time, 0, "0:1/2 60:1/2 120:1/2 ")]
        [DataRow(Lifo, Time3, 60, "180:1/2 120:1/2 60:1/2 ")]
        public static void ATimeThatIsNullFollowsTheRowBefore(int order, string first, int from, string expected)
        {
            ProfileReader reader = Make();
            Declare(reader, order, "");
            string rows = "03 0203" + first + Values + "0203 00" + Values + "0203 00" + Values;
            Assert.AreEqual(expected, Read(rows, reader, from, from + 120));
            Assert.AreEqual(1, _link.Peer.Requests.Count);
            Assert.AreEqual(0, _board.LastLine.IndexOf("1-0:99.2.0 attribute 2: rows without a time"), _board.LastLine);
            Assert.AreEqual(0, _board.Warnings);
        }

        // The rows in front of the first that has a time are known once it is: the question is asked again.
        [TestMethod]
        [DataRow(Fifo, "0:1/2 60:1/2 120:1/2 ")]
        [DataRow(Lifo, "120:1/2 60:1/2 0:1/2 ")]
        public static void AnAnswerMayBeginWithANullTime(int order, string expected)
        {
            ProfileReader reader = Make();
            Declare(reader, order, "");
            string rows = "03 0203 00" + Values + "0203" + Time1 + Values + "0203 00" + Values;
            string read = Read(rows, reader, 0, 120, rows);
            Assert.AreEqual(expected, read.Substring(read.Length - expected.Length));
        }

        // Nobody says the order: one that fits the range alone is taken, and else nothing.
        [TestMethod]
        [DataRow(Time, 0, 120, "0:1/2 60:1/2 120:1/2 ")]
        [DataRow(Time3, 60, 180, "180:1/2 120:1/2 60:1/2 ")]
        [DataRow(Time3, 0, 360, "180:1/2 ")]
        public static void AnOrderThatIsNotDeclaredIsNotGuessed(string first, int from, int to, string expected)
        {
            string rows = "03 0203" + first + Values + "0203 00" + Values + "0203 00" + Values;
            string read = Read(rows, Make(), from, to, rows);
            Assert.AreEqual(expected, read.Substring(read.Length - expected.Length));
            Assert.AreEqual(expected.Length < 10 ? 1 : 0, _board.Warnings);
        }

        // As many rows as the range has places: each has its own.
        [TestMethod]
        [DataRow(Fifo, 120, 3, "0:1/2 60:1/2 120:1/2 ")]
        [DataRow(Lifo, 120, 3, "120:1/2 60:1/2 0:1/2 ")]
        [DataRow(0, 0, 1, "0:1/2 ")]
        [DataRow(0, 120, 3, "")]
        [DataRow(Fifo, 180, 3, "")]
        public static void RowsWithoutAnyTimeAreDatedByTheirNumber(int order, int to, int count, string expected)
        {
            ProfileReader reader = Make();
            Declare(reader, order, "");
            string rows = "0" + count.ToString();
            for (int i = 0; i < count; i++)
            {
                rows += "0203 00" + Values;
            }

            Assert.AreEqual(expected, Read(rows, reader, 0, to, rows));
            Assert.AreEqual(expected.Length == 0 ? 1 : 0, _board.Warnings);
        }

        [TestMethod]
        public static void AValueThatIsNullIsTheOneOfTheRowBefore()
        {
            string rows = "03" + "0203" + Time + Values + "0203" + Time1 + "00 0600000003" + "0203" + Time3 + "00 00";
            Assert.AreEqual("0:1/2 60:1/3 180:1/3 ", Read(rows, Make(), 0, 180));
            Assert.AreEqual(0, _board.LastLine.IndexOf("1-0:99.2.0 attribute 2: values that are left out"), _board.LastLine);
            Assert.AreEqual(1, _board.Lines);
        }

        [TestMethod]
        [DataRow("01", 0)]
        [DataRow("05", 0)]
        [DataRow("3B", 60)]
        [DataRow("37", 60)]
        public static void ARowBesideTheGridIsTheGrids(string seconds, int expected)
        {
            string row = "01 0203 090C 07EA0B16FF1600" + seconds + "FF800000" + Values;
            Assert.AreEqual(expected.ToString() + ":1/2 ", Read(row, Make(), expected, expected));
            Assert.AreEqual(1, _board.Lines);
            Assert.AreEqual(0, _board.Warnings);
        }

        [TestMethod]
        [DataRow("0605F5E100 06FFFFFFFD", "0:0/94967293 ")]
        [DataRow("15000000E8D4A51001 140000000005F5E101", "0:1/1 ")]
        public static void OfARegisterOfMoreDigitsTheLastEightAreServed(string values, string expected)
        {
            Assert.AreEqual(expected, Read("01 0203" + Time + values, Make(), 0, 0));
            Assert.AreEqual(0, _board.Warnings);
            Assert.AreEqual(1, _board.Lines);
        }

        [TestMethod]
        [DataRow("03" + Clock + Import + Export, "0203" + Time + Values, "0:1/2 ")]
        [DataRow("03" + Clock + Export + Import, "0203" + Time + Values, "0:2/1 ")]
        [DataRow("04" + Clock + Status + Import + Export, "0204" + Time + "1105" + Values, "0:1/2 ")]
        [DataRow("04" + Clock + Import + Export + Status, "0204" + Time + Values + "040880", "0:1/2 ")]
        [DataRow("03" + Import + Export + Clock, "0203" + Values + Time, "0:1/2 ")]
        [DataRow("02" + Clock + Import, "0202" + Time + "0600000001", "0:1/- ")]
        public static void ColumnsAreThoseDeclared(string columns, string row, string expected)
        {
            ProfileReader reader = Make();
            Declare(reader, Lifo, columns);
            Assert.AreEqual(expected, Text(Read("01" + row, reader, 0, 0)));
        }

        // A declaration that names neither direction is believed, too.
        [TestMethod]
        public static void DeclaredColumnsAreNotGuessed()
        {
            ProfileReader reader = Make();
            Declare(reader, Lifo, "03" + Clock + Status + Status);
            Assert.AreEqual(1, _board.Warnings);
            Assert.AreEqual("", Read("01 0203" + Time + Values, reader, 0, 0, "01 0203" + Time + Values));
        }

        [TestMethod]
        [DataRow("0204" + Time + "1105" + Values, "0:1/2 ")]
        [DataRow("0204 1105" + Time + Values, "0:1/2 ")]
        [DataRow("0205" + Time + "040880" + Values + "1201 23", "0:1/2 ")]
        [DataRow("0204" + Time + "1907EA0B16FF160000FF800000" + Values, "0:1/2 ")]
        public static void ColumnsThatAreNotDeclaredAreTakenByTheirTypes(string row, string expected)
        {
            Assert.AreEqual(expected, Read("01" + row, Make(), 0, 0));
            Assert.AreEqual(0, _board.LastLine.IndexOf("1-0:99.2.0 attribute 2: columns are taken"), _board.LastLine);
        }

        // A range that leaves out an end is found out by asking a row wider, once; from then on it is always asked so.
        [TestMethod]
        [DataRow("00", "01" + MeteringFixture.Row0, 0, "0:12345664/99 ")]
        [DataRow("01" + MeteringFixture.Row0, "02" + MeteringFixture.Row1 + MeteringFixture.Row0, 60,
            "0:12345664/99 60:12345665/100 0:12345664/99 ")]
        public static void ARangeThatLeavesOutAnEndIsAskedARowWider(string first, string second, int to, string expected)
        {
            ProfileReader reader = Make();
            Assert.AreEqual(expected, Read(first, reader, 0, to, second));
            Assert.AreEqual(2, _link.Peer.Requests.Count);
            Assert.AreEqual(0, _board.LastLine.IndexOf("1-0:99.2.0 attribute 2: a range leaves out"), _board.LastLine);
            Assert.IsTrue(((string)_link.Peer.Requests[1]).IndexOf("090C07EA0B16FF153B0000800000") > 0, "from 21:59");
            Assert.AreEqual(second.Length > 60 ? 2 : 1, Rows(Read(second, reader, 0, to)));
            Assert.AreEqual(1, _link.Peer.Requests.Count, "wider at once");
            Assert.AreEqual(1, _board.Lines);
        }

        // A row that is missing costs a question, and changes nothing.
        [TestMethod]
        public static void ARowThatIsMissingIsNotTakenForAHabit()
        {
            ProfileReader reader = Make();
            Read("00", reader, 0, 0, "00");
            Assert.AreEqual(2, _link.Peer.Requests.Count);
            Read("00", reader, 0, 60);
            Assert.AreEqual(1, _link.Peer.Requests.Count, "an empty stretch is not asked for twice");
            Read("01" + MeteringFixture.Row0, reader, 0, 0);
            Assert.AreEqual(1, _link.Peer.Requests.Count);
            Assert.AreEqual(0, _differences.Count);
        }

        private static int Rows(string text)
        {
            int count = 0;
            for (int i = 0; i < text.Length; i++)
            {
                count += text[i] == ':' ? 1 : 0;
            }

            return count;
        }

        private static string Text(string rows)
        {
            string text = "";
            for (int i = 0; i < rows.Length; i++)
            {
                bool isNone = rows.IndexOf("4294967294", i) == i;
                text += isNone ? "-" : rows.Substring(i, 1);
                i += isNone ? 9 : 0;
            }

            return text;
        }

        private static ProfileReader Make()
        {
            _board = new FakeBoard();
            _differences = new Differences(_board);
            _normal = new ScaledRegister(1, 8, 30) { IsUsable = true };
            _reverse = new ScaledRegister(2, 8, 30) { IsUsable = true };
            return new ProfileReader(2, MeterTime.Minute, _differences, _normal, _reverse);
        }

        private static void Declare(ProfileReader reader, int order, string columns)
        {
            byte[] method = { CosemType.Enum, (byte)order };
            reader.SortMethod.Put(method, 0, method.Length);
            byte[] buffer = Hex.Parse(columns.Length == 0 ? "" : "01" + columns);
            if (buffer.Length > 0)
            {
                reader.CaptureObjects.Put(buffer, 0, buffer.Length);
            }

            reader.TakeLayout();
        }

        // Seconds since 22:00:00; a second answer is given to a second question.
        private static string Read(string rows, ProfileReader reader, int from, int to, string again = null)
        {
            _link = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)_link.Associate());
            _link.Peer.Script.Add("C401C1 00 01" + rows);
            _link.Peer.Script.Add("C401C2 00 01" + (again ?? rows));
            var sink = new MeteringFixture();
            DlmsResult result = reader.Read(_link.Client, MeteringFixture.At(from), MeteringFixture.At(to), sink);
            Assert.AreEqual((int)DlmsResult.Ok, (int)result);
            return sink.Rows;
        }
    }
}
