using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>A session lasts for a day: when its terminal is gone, another one does not wait that long.</summary>
    [TestClass]
    public static class SilentSessionTests
    {
        private const string Data = "10810001" + "05FF01" + "028801" + "62" + "01" + "8000";
        private const int Minute = 60000;
        private const int Hour = 60 * Minute;

        // RFC 5191, 6.2: the header of PANA-Client-Initiation (type 1), and of a PANA-Notification-Request (type 4).
        private const string Initiation = "00000010" + "00000001" + "00000000" + "00000000";
        private const string Renewal = "00000010" + "C0000004" + "12345678" + "00000001";

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public static void AnotherTerminalGetsTheSessionOfOneThatWasSilentForHalfAnHour(bool isSeen)
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run((30 * Minute) - 1);
            Try(fixture, isSeen);
            Assert.AreEqual(0, fixture.CountOf("SKTERM"), "too early");
            int warnings = fixture.Board.Warnings;
            fixture.Run(1);

            Try(fixture, isSeen);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            Assert.AreEqual(warnings + 1, fixture.Board.Warnings, fixture.Board.LastLine);
            Try(fixture, isSeen);
            Assert.IsTrue(fixture.Coordinator.Port.IsJoined, "not before the module says so");
            fixture.Hear("EVENT 28 @");
            Assert.IsFalse(fixture.Coordinator.Port.IsJoined);
            fixture.Hear("EVENT 25 #");
            fixture.Run(4 * Minute);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            Assert.AreEqual(2, fixture.Coordinator.Port.Joins);
        }

        [TestMethod]
        public static void WhoMerelyTriesEndsNoSessionThatIsUsed()
        {
            CoordinatorFixture fixture = SpokenTo();
            for (int minute = 1; minute < 200; minute++)
            {
                fixture.Hear(CoordinatorFixture.Datagram("#", "02CC", "0", Initiation));
                fixture.Hear("EVENT 24 #");
                fixture.Run(Minute);
                if (minute % 29 == 0)
                {
                    fixture.Hear(CoordinatorFixture.Datagram(Data));
                    fixture.Receive();
                }
            }

            Assert.AreEqual(0, fixture.CountOf("SKTERM"));
            Assert.AreEqual(1, fixture.Coordinator.Port.Joins);
        }

        [TestMethod]
        [DataRow("EVENT 24")]
        [DataRow("EVENT 24 @")]
        [DataRow("EVENT 21 # 00")]
        [DataRow("EVENT 01 #")]
        public static void NothingElseEndsASilentSession(string line)
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run(31 * Minute);
            fixture.Hear(line);
            fixture.Hear(CoordinatorFixture.Datagram("#", "0E1A", "1", Initiation));
            fixture.Hear(CoordinatorFixture.Datagram("@", "02CC", "0", Renewal));
            fixture.Run(Minute);
            Assert.AreEqual(0, fixture.CountOf("SKTERM"));
        }

        [TestMethod]
        public static void ARenewalIsALifeSign()
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run(19 * Hour);
            fixture.Hear(CoordinatorFixture.Datagram("@", "02CC", "0", Renewal));
            fixture.Hear("EVENT 25 @");
            fixture.Run(29 * Minute);
            fixture.Hear(CoordinatorFixture.Datagram("#", "02CC", "0", Initiation));
            Assert.AreEqual(0, fixture.CountOf("SKTERM"));
        }

        [TestMethod]
        public static void ATerminalThatCannotJoinAnewEndsItsOwnSilentSession()
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run(31 * Minute);
            fixture.Hear(CoordinatorFixture.Datagram("@", "02CC", "0", Initiation));
            fixture.Run(19000);
            Assert.AreEqual(0, fixture.CountOf("SKTERM"), "the module may well let it in");
            fixture.Run(2000);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            fixture.Hear("EVENT 27 @");
            fixture.Run(6 * Minute);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts, "nobody has joined since: is it the module?");
        }

        [TestMethod]
        public static void ATerminalThatJoinsAnewKeepsItsSession()
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run(31 * Minute);
            fixture.Hear(CoordinatorFixture.Datagram("@", "02CC", "0", Initiation));
            fixture.Run(5000);
            fixture.Hear("EVENT 25 @");
            fixture.Run(4 * Minute);
            Assert.AreEqual(0, fixture.CountOf("SKTERM"));
            Assert.AreEqual(2, fixture.Coordinator.Port.Joins);
        }

        [TestMethod]
        public static void AModuleThatKnowsOfNoSessionHasEndedIt()
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Module.Refuses = "SKTERM";
            fixture.Run(31 * Minute);
            Try(fixture, true);
            Assert.IsFalse(fixture.Coordinator.Port.IsJoined);
            fixture.Hear("EVENT 25 #");
            Assert.IsTrue(fixture.Coordinator.Port.IsJoined);
            fixture.Run(4 * Minute);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
        }

        [TestMethod]
        public static void AModuleThatDoesNotEndItIsStartedAnew()
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run(31 * Minute);
            Try(fixture, true);
            fixture.Run(29000);
            Assert.IsTrue(fixture.Coordinator.Port.IsJoined);
            fixture.Run(Minute);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
        }

        [TestMethod]
        public static void WhereNothingIsHeardAndNothingArrivesTheSessionIsOver()
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Module.SendResult = "01";
            fixture.Run(20 * Minute);
            fixture.Send(CoordinatorFixture.HemsBytes, "1081");
            fixture.Run(Minute);
            Assert.AreEqual(1, fixture.Coordinator.Port.GivenUp);
            Assert.AreEqual(0, fixture.CountOf("SKTERM"), "it spoke not long ago");

            fixture.Run(20 * Minute);
            fixture.Send(CoordinatorFixture.HemsBytes, "1081");
            fixture.Run(Minute);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            fixture.Hear("EVENT 28 @");
            fixture.Run(3 * Minute);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts, "the terminal, or the radio");
        }

        [TestMethod]
        public static void ATerminalThatJoinsAndSpeaksWhileItsSessionIsEndedKeepsIt()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Run((5 * Minute) + 1000);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"), "nothing was heard of it");
            fixture.Module.Say("EVENT 25 @");
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            fixture.Run(20 * Minute);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
            Assert.IsTrue(fixture.Coordinator.Port.IsJoined);
        }

        [TestMethod]
        [DataRow("EVENT 27 @")]
        [DataRow("EVENT 28 #")]
        public static void ASessionThatTheUnitWasNotToldOfIsEnded(string end)
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            fixture.Hear(CoordinatorFixture.Datagram("@", "0E1A", "0", Data));
            Assert.AreEqual(0, fixture.CountOf("SKTERM"), "in the clear anybody may say anything");
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            Assert.AreEqual("", fixture.Receive());
            fixture.Hear(end);
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            fixture.Run(59000);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"), "at most once a minute");
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
            Assert.AreEqual("3", fixture.Events);
            fixture.Hear("EVENT 25 @");
            Assert.IsTrue(fixture.Coordinator.Port.IsJoined);
        }

        [TestMethod]
        [DataRow(10)]
        [DataRow(1151)]
        public static void EveryConnectionIsAnnouncedTo(int minutes)
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run(minutes * (long)Minute);
            fixture.Hear("EVENT 25 @");
            Assert.IsFalse(fixture.Coordinator.Port.IsOpen, "so the path notices it, and announces the instance list");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            Assert.AreEqual(minutes < 720 ? 2 : 1, fixture.Coordinator.Port.Joins, "at 80 % of its life it is renewed");
        }

        [TestMethod]
        public static void ARenewalLosesNothingThatWaits()
        {
            CoordinatorFixture fixture = SpokenTo();
            fixture.Run(19 * Hour);
            fixture.Module.IsMute = true;
            Assert.IsTrue(fixture.Send(CoordinatorFixture.HemsBytes, "0001"));
            Assert.IsTrue(fixture.Send(CoordinatorFixture.HemsBytes, "0002"));
            fixture.Module.IsMute = false;
            fixture.Module.Say(CoordinatorFixture.Datagram(Data));
            fixture.Hear("EVENT 25 @");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            fixture.Run(1000);
            Assert.AreEqual("SKSENDTO 1 @ 0E1A 1 0002 0002", fixture.LastSending());
            Assert.AreNotEqual("", fixture.Receive());
        }

        [TestMethod]
        public static void AModuleThatTakesNoLifetimeHasTheOneItWasMadeWith()
        {
            var fixture = new CoordinatorFixture();
            fixture.Module.Refuses = "SKSREG S16";
            fixture.Run(4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.Board.Warnings);
            fixture.Hear("EVENT 25 @");
            fixture.Coordinator.Port.Open();
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            fixture.Run(12 * Minute);
            fixture.Hear("EVENT 25 @");
            Assert.AreEqual(1, fixture.Coordinator.Port.Joins, "900 s: this is a renewal");
        }

        private static CoordinatorFixture SpokenTo()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreNotEqual("", fixture.Receive());
            return fixture;
        }

        // Another terminal tries to join: what it says to the module's stack is seen, or only what came of it.
        private static void Try(CoordinatorFixture fixture, bool isSeen)
        {
            fixture.Hear(isSeen ? CoordinatorFixture.Datagram("#", "02CC", "0", Initiation) : "EVENT 24 #");
        }
    }
}
