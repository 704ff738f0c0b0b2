using NanoComm.Policy;
using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>What the utility decides while the unit runs: another route-B id and password, none, and who is cut off
    /// (requirements R14, R20).</summary>
    [TestClass]
    public static class CoordinatorPolicyTests
    {
        private const string OtherId = "FFEEDDCCBBAA99887766554433221100";
        private const string OtherPassword = "abcDEF012345";
        private const string Data = "1081000105FF010288016201E700";
        private const int Minute = 60000;

        [TestMethod]
        public static void OtherCredentialsEndTheSessionAndStartTheModuleWithThem()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Send(CoordinatorFixture.HemsBytes, Data);
            Open(fixture, OtherId, OtherPassword);
            fixture.Run(0);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            Assert.AreEqual(0, fixture.CountOf("SKSENDTO"), "an answer that waited is not sent");
            Assert.AreEqual(0, fixture.CountOf("SKRESET"), "the terminal is told first");
            Assert.IsFalse(fixture.Coordinator.Port.Open());
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreEqual("", fixture.Receive());
            Assert.IsFalse(fixture.Send(CoordinatorFixture.HemsBytes, Data));

            fixture.Hear("EVENT 27 @");
            fixture.Run(4000);
            Assert.AreEqual(1, fixture.CountOf("SKRESET"));
            Assert.AreEqual(1, fixture.CountOf("SKSETPWD C " + OtherPassword));
            Assert.AreEqual(1, fixture.CountOf("SKSETRBID " + OtherId));
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);

            fixture.Hear("EVENT 25 #");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
        }

        [TestMethod]
        public static void AModuleThatDoesNotEndTheSessionIsStartedAnewAllTheSame()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            Open(fixture, OtherId, OtherPassword);
            fixture.Run(Minute);
            Assert.AreEqual(1, fixture.CountOf("SKSETPWD C " + OtherPassword));
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
        }

        [TestMethod]
        public static void WithoutASessionTheModuleIsStartedAtOnce()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            Open(fixture, OtherId, OtherPassword);
            fixture.Run(4000);
            Assert.AreEqual(0, fixture.CountOf("SKTERM"));
            Assert.AreEqual(1, fixture.CountOf("SKSETPWD C " + OtherPassword));
            Assert.AreEqual(0, fixture.CountOf("SKSETPWD C " + CoordinatorFixture.Password));
        }

        [TestMethod]
        public static void TheSameCredentialsAndOtherDecisionsDisturbNobody()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            Open(fixture, CoordinatorFixture.Id, CoordinatorFixture.Password);
            fixture.Policy.SetLimits(RoutePath.WiSun, 1, 5);
            CutOff(fixture, SkReader.Other);
            fixture.Run(1000);
            Assert.AreEqual(0, fixture.CountOf("SKTERM") + fixture.CountOf("SKRESET"));
            Assert.IsTrue(fixture.Send(CoordinatorFixture.HemsBytes, Data));
            fixture.Run(0);
            Assert.AreEqual(1, fixture.CountOf("SKSENDTO"));
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public static void AClosedRouteEndsTheSessionAndHoldsTheModule(bool isJoined)
        {
            CoordinatorFixture fixture = isJoined ? CoordinatorFixture.Joined() : CoordinatorFixture.Ready();
            fixture.Policy.CloseRouteB();
            fixture.Run(0);
            Assert.AreEqual(isJoined ? 1 : 0, fixture.CountOf("SKTERM"));
            if (isJoined)
            {
                fixture.Hear("EVENT 27 @");
            }

            Assert.AreEqual((int)CoordinatorState.Closed, (int)fixture.Coordinator.State);
            Assert.IsTrue(fixture.Module.IsHeld);
            Assert.IsFalse(fixture.Coordinator.Port.IsJoined);
            fixture.Module.Commands.Clear();
            fixture.Run(24 * 60 * Minute);
            Assert.AreEqual(0, fixture.Module.Commands.Count);

            Open(fixture, OtherId, OtherPassword);
            fixture.Run(4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.CountOf("SKSETPWD C " + OtherPassword));
        }

        [TestMethod]
        public static void OpenedBeforeTheSessionHasEndedTheLastWordCounts()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Policy.CloseRouteB();
            fixture.Run(0);
            Open(fixture, CoordinatorFixture.Id, CoordinatorFixture.Password);
            fixture.Run(0);
            fixture.Hear("EVENT 27 @");
            fixture.Run(4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.CountOf("SKSETPWD C " + CoordinatorFixture.Password));
            fixture.Hear("EVENT 25 @");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
        }

        [TestMethod]
        public static void AModuleWithoutAResetLineIsTakenOffTheAirByACommand()
        {
            var fixture = new CoordinatorFixture();
            fixture.Board.WiSunReset = null;
            var coordinator = new Coordinator(fixture.Board, CoordinatorFixture.Day, fixture.Policy, fixture.Power, null);
            Step(fixture, coordinator, 4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)coordinator.State);
            fixture.Module.Commands.Clear();
            fixture.Policy.CloseRouteB();
            Step(fixture, coordinator, 4000);
            Assert.AreEqual((int)CoordinatorState.Closed, (int)coordinator.State);
            Assert.AreEqual(1, fixture.Module.Commands.Count);
            Assert.AreEqual("SKRESET", fixture.Module.TakeCommand());

            Open(fixture, OtherId, OtherPassword);
            Step(fixture, coordinator, 4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)coordinator.State);
        }

        [TestMethod]
        public static void ATerminalThatIsCutOffIsSentNothingAndItsSessionEnds()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Send(CoordinatorFixture.HemsBytes, Data);
            fixture.Announce(Data);
            CutOff(fixture, CoordinatorFixture.HemsBytes);
            fixture.Run(0);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
            Assert.AreEqual(0, fixture.CountOf("SKSENDTO"));
            Assert.IsFalse(fixture.Send(CoordinatorFixture.HemsBytes, Data));
            Assert.IsFalse(fixture.Announce(Data) || fixture.Tell(Data));
            Assert.AreEqual("06", fixture.Events);
            fixture.Hear("EVENT 27 @");
            Assert.IsFalse(fixture.Coordinator.Port.IsJoined);
            Assert.AreEqual("061", fixture.Events);
        }

        // The module knows passwords, not the utility's list: it lets it in again.
        [TestMethod]
        public static void OneThatIsCutOffAndComesBackIsPartedFromOnceAMinute()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            CutOff(fixture, CoordinatorFixture.HemsBytes);
            fixture.Run(0);
            fixture.Hear("EVENT 27 @");
            for (int i = 0; i < 12; i++)
            {
                fixture.Run(Minute / 6);
                if (!fixture.Coordinator.Port.IsJoined)
                {
                    fixture.Hear("EVENT 25 @");
                    fixture.Coordinator.Port.Open();
                    Assert.IsFalse(fixture.Tell(Data));
                }

                if (fixture.CountOf("SKTERM") > 1 && fixture.Coordinator.Port.IsJoined)
                {
                    fixture.Hear("EVENT 27 @");
                }
            }

            Assert.IsTrue(fixture.CountOf("SKTERM") <= 4, fixture.CountOf("SKTERM").ToString());
            Assert.IsTrue(fixture.CountOf("SKTERM") >= 2);
            Assert.AreEqual(0, fixture.CountOf("SKSENDTO"));
        }

        [TestMethod]
        public static void OneThatIsCutOffHoldsNobodyUp()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            CutOff(fixture, CoordinatorFixture.HemsBytes);
            fixture.Run(0);
            fixture.Hear("EVENT 27 @");
            fixture.Hear("EVENT 25 @");
            Assert.AreEqual(1, fixture.CountOf("SKTERM"), "it is left alone");
            fixture.Hear(CoordinatorFixture.Datagram("#", "02CC", "0", "00000010" + "00000001" + "00000000" + "00000000"));
            Assert.AreEqual(2, fixture.CountOf("SKTERM"));
            fixture.Hear("EVENT 27 @");
            fixture.Hear("EVENT 25 #");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            Assert.IsTrue(fixture.Tell(Data));
        }

        [TestMethod]
        public static void WhoIsReadmittedIsServedAgain()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            CutOff(fixture, CoordinatorFixture.HemsBytes);
            fixture.Run(0);
            fixture.Hear("EVENT 27 @");
            fixture.Policy.Readmit(RoutePath.WiSun, new byte[0], 0, 0);
            fixture.Hear("EVENT 25 @");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            Assert.IsTrue(fixture.Tell(Data));
            fixture.Run(10 * Minute / 60);
            Assert.AreEqual(1, fixture.CountOf("SKTERM"));
        }

        private static void Open(CoordinatorFixture fixture, string id, string password)
        {
            byte[] record = SkReader.Bytes(id + password);
            Assert.AreEqual((int)PolicyResult.Done, (int)fixture.Policy.OpenRouteB(record, 0, record.Length));
        }

        private static void CutOff(CoordinatorFixture fixture, string address)
        {
            byte[] host = address.Length == 32 ? Hex.Parse(address) : Hex.Parse(Squeeze(address));
            Assert.AreEqual((int)PolicyResult.Done, (int)fixture.Policy.CutOff(RoutePath.WiSun, host, 0, host.Length));
        }

        private static string Squeeze(string address)
        {
            string digits = "";
            for (int i = 0; i < address.Length; i++)
            {
                digits += address[i] == ':' ? "" : address[i].ToString();
            }

            return digits;
        }

        private static void Step(CoordinatorFixture fixture, Coordinator coordinator, int milliseconds)
        {
            for (int i = 0; i < milliseconds; i++)
            {
                fixture.Board.Time.Milliseconds++;
                coordinator.Hear(fixture.Now);
                coordinator.Work(fixture.Now);
            }
        }
    }
}
