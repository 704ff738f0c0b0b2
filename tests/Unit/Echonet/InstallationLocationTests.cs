using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class InstallationLocationTests
    {
        private const string Position = "01000102030405060708090A0B0C0D0E0F";
        private const long TenMinutes = 600000;

        [TestMethod]
        [DataRow("00", true)]
        [DataRow("08", true)]
        [DataRow("FF", true)]
        [DataRow(Position, true)]
        [DataRow("01", false)]
        [DataRow("", false)]
        [DataRow("0008", false)]
        [DataRow("0100", false)]
        [DataRow("01000102030405060708090A0B0C0D0E", false)]
        [DataRow("01000102030405060708090A0B0C0D0E0F10", false)]
        [DataRow("02000102030405060708090A0B0C0D0E0F", false)]
        public static void IsACodeOrAPosition(string edt, bool accepted)
        {
            var location = new InstallationLocation(new DurableStore(new FakeFiles()));
            Assert.IsTrue(Write(location, "10"));
            Assert.AreEqual(accepted, Write(location, edt));
            Assert.AreEqual(accepted ? edt : "10", Read(location));
            Assert.AreEqual(accepted ? 2 : 1, location.Changes);
        }

        [TestMethod]
        public static void StartsNotSet()
        {
            var location = new InstallationLocation(new DurableStore(new FakeFiles()));
            Assert.AreEqual("00", Read(location));
            Assert.AreEqual(0, location.Changes);
            Assert.AreEqual(Deadline.Never, location.Step(0), "nothing to save");
        }

        [TestMethod]
        [DataRow("08")]
        [DataRow(Position)]
        public static void SurvivesARestart(string edt)
        {
            var files = new FakeFiles();
            var location = new InstallationLocation(new DurableStore(files));
            Write(location, Position);
            Write(location, edt);
            Assert.AreEqual(Deadline.Never, location.Step(0));

            Assert.AreEqual(edt, Read(new InstallationLocation(new DurableStore(files))));
        }

        [TestMethod]
        public static void TheSameValueIsNoChange()
        {
            var files = new FakeFiles();
            var location = new InstallationLocation(new DurableStore(files));
            Assert.IsTrue(Write(location, "00"));
            Assert.AreEqual(0, location.Changes);
            location.Step(0);
            Assert.AreEqual(0, files.Changes);
        }

        [TestMethod]
        public static void IsSavedAtMostOnceInTenMinutes()
        {
            var files = new FakeFiles();
            var location = new InstallationLocation(new DurableStore(files));
            Write(location, "08");
            Assert.AreEqual(Deadline.Never, location.Step(1000), "the first one at once");
            int changes = files.Changes;

            Write(location, "10");
            Assert.AreEqual(1000 + TenMinutes, location.Step(2000));
            Write(location, "18");
            Assert.AreEqual(1000 + TenMinutes, location.Step(999 + TenMinutes));
            Assert.AreEqual(changes, files.Changes);
            Assert.AreEqual("18", Read(location), "read as written, saved or not");

            Assert.AreEqual(Deadline.Never, location.Step(1000 + TenMinutes));
            Assert.AreEqual("18", Read(new InstallationLocation(new DurableStore(files))));
        }

        [TestMethod]
        public static void IsTriedAgainWhenTheStoreFails()
        {
            var files = new FakeFiles { CutAfter = 0 };
            var location = new InstallationLocation(new DurableStore(files));
            Write(location, "08");
            Assert.AreEqual(TenMinutes, location.Step(0));

            files.CutAfter = FakeFiles.Never;
            Assert.AreEqual(Deadline.Never, location.Step(TenMinutes));
            Assert.AreEqual("08", Read(new InstallationLocation(new DurableStore(files))));
        }

        [TestMethod]
        [DataRow("01")]
        [DataRow("0203")]
        [DataRow("")]
        public static void ARecordThatIsNoLocationIsNotTaken(string record)
        {
            var store = new DurableStore(new FakeFiles());
            byte[] bytes = Hex.Parse(record);
            Assert.IsTrue(store.Write("location", bytes, bytes.Length));
            Assert.AreEqual("00", Read(new InstallationLocation(store)));
        }

        [TestMethod]
        public static void WritingOnlyWakesTheLoopThatSaves()
        {
            var files = new FakeFiles();
            var location = new InstallationLocation(new DurableStore(files));
            var unsaved = new FakeSignal(new FakeClock());
            location.Notify(unsaved);
            Assert.IsTrue(Write(location, "08"));
            Assert.AreEqual(1, unsaved.Sets);
            Assert.AreEqual(0, files.Changes, "the node does not wait for the flash");

            Assert.IsTrue(Write(location, "08"));
            Assert.IsFalse(Write(location, "01"));
            Assert.AreEqual(1, unsaved.Sets, "nothing new to save");
        }

        private static bool Write(InstallationLocation location, string edt)
        {
            byte[] buffer = Hex.Parse("EEEE" + edt);
            return location.Write(buffer, 2, buffer.Length - 2);
        }

        private static string Read(InstallationLocation location)
        {
            var buffer = new byte[20];
            int length = location.Read(buffer, 2);
            return Hex.Format(buffer, 2, length);
        }
    }
}
