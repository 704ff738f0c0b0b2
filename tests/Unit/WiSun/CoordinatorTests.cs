using NanoComm.Policy;
using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class CoordinatorTests
    {
        private const string Data = "1081000105FF010288016201800" + "0";
        private const string Received = CoordinatorFixture.HemsBytes + " 3610 " + Data;
        private const string SendToHems = "SKSENDTO 1 @ 0E1A 1 0002 ";
        private const string SendToAll = "SKSENDTO 1 % 0E1A 1 0002 ";
        private const int Minute = 60000;
        private const int Hour = 60 * Minute;

        // The lifetime in seconds that a module is made with: its sessions are renewed every twelve minutes.
        private const int QuarterHour = 900;

        [TestMethod]
        public static void TheModuleIsStartedInOrder()
        {
            var fixture = new CoordinatorFixture();
            fixture.Run(0);
            Assert.IsTrue(fixture.Module.IsHeld);
            fixture.Run(19);
            Assert.IsTrue(fixture.Module.IsHeld);
            fixture.Run(3000);
            Assert.IsFalse(fixture.Module.IsHeld);
            AssertCommands(fixture, "SKRESET", "SKSREG SFE 0", "SKVER", "SKINFO", "ROPT",
                "SKSETPWD C " + CoordinatorFixture.Password, "SKSETRBID " + CoordinatorFixture.Id, "SKSREG S02 2F",
                "SKSREG S03 1234", "SKSREG S16 00015180", "SKSTART", "SKTABLE E", "SKINFO", "SKSREG SFB", "SKSREG SFD");
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
        }

        [TestMethod]
        public static void WithoutAResetLineAModuleThatWaitsForDataIsFreed()
        {
            var fixture = new CoordinatorFixture();
            fixture.Board.WiSunReset = null;
            var coordinator = new Coordinator(fixture.Board, CoordinatorFixture.Day, fixture.Policy, fixture.Power, null);
            byte[] begun = SkReader.Bytes("SKSENDTO 1 @ 0E1A 1 04D0 ");
            fixture.Module.Write(begun, 0, begun.Length);
            for (int milliseconds = 0; milliseconds < 4000; milliseconds++)
            {
                fixture.Board.Time.Milliseconds = milliseconds;
                coordinator.Hear(milliseconds);
                coordinator.Work(milliseconds);
            }

            Assert.AreEqual((int)CoordinatorState.Ready, (int)coordinator.State);
            Assert.AreEqual(0, fixture.Module.Resets);
            Assert.AreEqual("SKRESET", (string)fixture.Module.Commands[1], "after the datagram of line ends");
        }

        [TestMethod]
        public static void ChannelAndPanAreChosenOnceAndKept()
        {
            var fixture = new CoordinatorFixture(false, true);
            fixture.Run(4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual("22", fixture.Module.Channel, "the quietest one that was measured");
            var record = new byte[3];
            Assert.AreEqual(3, fixture.Board.Store.Read(ChannelPlan.Record, record));
            Assert.AreEqual("22" + fixture.Module.Pan, Hex.Format(record, 0, 3));
            Assert.AreNotEqual("FFFF", fixture.Module.Pan);
            AssertSaid(fixture, "SKSCAN 0 0FFFFFFF 4");
            AssertSaid(fixture, "SKSCAN 3 0FFFFFFF 4");

            fixture.Module.Commands.Clear();
            var again = new Coordinator(fixture.Board, CoordinatorFixture.Day, fixture.Policy, fixture.Power, fixture);
            Assert.AreEqual(0x22, again.Channel);
            Assert.AreEqual(fixture.Module.Pan, again.PanId.ToString("X4"));
        }

        [TestMethod]
        public static void AModuleThatCannotScanGetsAChannelAllTheSame()
        {
            var fixture = new CoordinatorFixture(false, true);
            fixture.Module.Refuses = "SKSCAN";
            fixture.Run(4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreNotEqual(0, fixture.Coordinator.Channel);
        }

        [TestMethod]
        public static void AModuleThatIsSilentToWhatCanBeDoneWithoutIsStartedAllTheSame()
        {
            var fixture = new CoordinatorFixture();
            fixture.Module.Ignores = "SKSREG SFD";
            fixture.Run(10000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.Module.Resets);
        }

        [TestMethod]
        public static void TheFlashIsWrittenOnlyWhereTheModuleIsSetOtherwise()
        {
            var fixture = new CoordinatorFixture();
            fixture.Module.Option = "00";
            fixture.Run(4000);
            AssertSaid(fixture, "WOPT 01");
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);

            fixture = new CoordinatorFixture();
            fixture.Run(4000);
            Assert.IsFalse(fixture.Module.Commands.Contains("WOPT 01"));
        }

        [TestMethod]
        public static void AModuleThatCannotChangeIsReadAsItIs()
        {
            var fixture = new CoordinatorFixture();
            fixture.Module.Option = "00";
            fixture.Module.Refuses = "WOPT";
            fixture.Run(4000);
            fixture.Hear("EVENT 25 @");
            fixture.Coordinator.Port.Open();
            fixture.Hear("*1 0003 A\r\n");
            Assert.AreEqual(CoordinatorFixture.HemsBytes + " 3610 410D0A", fixture.Receive());
        }

        [TestMethod]
        public static void WithoutCredentialsThePathWaitsAndSaysSoOnce()
        {
            var fixture = new CoordinatorFixture(true, false);
            fixture.Run(24 * Hour);
            fixture.Run(Hour);
            Assert.AreEqual((int)CoordinatorState.Closed, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.Board.Lines);
            Assert.AreEqual(0, fixture.Module.Commands.Count);
            Assert.IsTrue(fixture.Module.IsHeld);
        }

        [TestMethod]
        public static void AModuleThatDoesNotStartIsTriedAgainAndAgain()
        {
            var fixture = new CoordinatorFixture();
            fixture.Module.Refuses = "SKSTART";
            fixture.Run(10 * Minute);
            Assert.AreEqual((int)CoordinatorState.Failed, (int)fixture.Coordinator.State);
            int resets = fixture.Module.Resets;
            Assert.IsTrue(resets >= 10 && resets <= 20, resets.ToString());

            fixture.Module.Refuses = "never";
            fixture.Run(2 * Minute);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
        }

        [TestMethod]
        [DataRow("EVENT 26 ")]
        [DataRow("EVENT 27 ")]
        [DataRow("EVENT 28 ")]
        [DataRow("EVENT 29 ")]
        public static void ASessionBeginsAndEnds(string end)
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            Assert.IsFalse(fixture.Coordinator.Port.Open());
            fixture.Hear("EVENT 25 @");
            Assert.IsFalse(fixture.Coordinator.Port.IsOpen, "not before the path has noticed it");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            Assert.IsTrue(fixture.Coordinator.Port.IsOpen);
            Assert.AreEqual((int)CoordinatorState.Joined, (int)fixture.Coordinator.State);
            fixture.Hear(end + "#");
            Assert.IsTrue(fixture.Coordinator.Port.IsOpen, "somebody else's");

            fixture.Hear(end + "@");
            Assert.IsFalse(fixture.Coordinator.Port.IsOpen);
            Assert.IsFalse(fixture.Coordinator.Port.Open());
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual("01", fixture.Events);
            Assert.AreEqual(1, fixture.Coordinator.Port.Joins);
        }

        [TestMethod]
        public static void ATerminalThatJoinsBeforeTheStartIsDoneIsInASession()
        {
            CoordinatorFixture fixture = CoordinatorFixture.StartingWithout("SKTABLE");
            fixture.Hear("EVENT 25 @");
            Assert.IsTrue(fixture.Coordinator.Port.IsJoined);
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreEqual(Received, fixture.Receive());
            Assert.IsTrue(fixture.Send(CoordinatorFixture.HemsBytes, "1081"));
            fixture.Run(5000);
            AssertSaid(fixture, SendToHems + "1081");
            Assert.AreEqual((int)CoordinatorState.Joined, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.Coordinator.Port.Joins);
        }

        [TestMethod]
        [DataRow("EVENT 26 ")]
        [DataRow("EVENT 27 ")]
        [DataRow("EVENT 28 ")]
        [DataRow("EVENT 29 ")]
        public static void ATerminalThatLeavesBeforeTheStartIsDoneIsInNone(string end)
        {
            CoordinatorFixture fixture = CoordinatorFixture.StartingWithout("SKTABLE");
            fixture.Hear("EVENT 25 @");
            fixture.Hear(end + "#");
            Assert.IsTrue(fixture.Coordinator.Port.IsJoined, "somebody else's");
            fixture.Hear(end + "@");
            Assert.IsFalse(fixture.Coordinator.Port.IsJoined);
            fixture.Run(5000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
        }

        [TestMethod]
        public static void ARefusedJoinIsCountedBeforeTheStartIsDone()
        {
            CoordinatorFixture fixture = CoordinatorFixture.StartingWithout("SKTABLE");
            fixture.Hear("EVENT 24 #");
            fixture.Hear(CoordinatorFixture.Datagram("#", "02CC", "0", Data));
            Assert.AreEqual(1, fixture.Coordinator.Port.RefusedJoins);
            Assert.AreEqual(1, fixture.Coordinator.Port.Ignored);
        }

        [TestMethod]
        public static void TheLimitIsHeardBeforeTheStartIsDone()
        {
            CoordinatorFixture fixture = CoordinatorFixture.StartingWithout("SKTABLE");
            fixture.Hear("EVENT 32 $");
            fixture.Module.Ignores = "SKSREG SFB";
            fixture.Run(10000);
            Assert.AreEqual((int)CoordinatorState.Limited, (int)fixture.Coordinator.State);
        }

        [TestMethod]
        public static void TheModuleIsNotToldToStartOverASession()
        {
            CoordinatorFixture fixture = CoordinatorFixture.StartingWithout("SKSTART");
            fixture.Hear("EVENT 25 @");
            fixture.Run(15000);
            Assert.AreEqual((int)CoordinatorState.Joined, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.CountOf("SKSTART"));
        }

        [TestMethod]
        public static void WhetherTheModuleHasHeardSkstartIsLookedAtBeforeItIsSaidAgain()
        {
            CoordinatorFixture fixture = CoordinatorFixture.StartingWithout("SKSTART");
            fixture.Run(5000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.CountOf("SKSTART"), "S15 says that it has: somebody may be about to join");
        }

        [TestMethod]
        public static void WhoeverJoinsAModuleThatSeemedNotToStartIsInASession()
        {
            CoordinatorFixture fixture = CoordinatorFixture.StartingWithout("SKTABLE");
            fixture.Module.Ignores = "SKINFO";
            while (fixture.Board.Warnings == 0)
            {
                fixture.Run(100);
            }

            fixture.Hear("EVENT 25 @");
            fixture.Module.Ignores = "never";
            fixture.Run(10000);
            Assert.AreEqual((int)CoordinatorState.Joined, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.Module.Resets);
        }

        [TestMethod]
        public static void WhatTheModuleSendsInItsFirstMinuteCounts()
        {
            var fixture = new CoordinatorFixture();
            fixture.Module.TransmitTime = "1000";
            fixture.Run(4000);
            Assert.AreEqual(0, fixture.Coordinator.TransmitMilliseconds, "what it counted before is nobody's");
            fixture.Module.TransmitTime = "2000";
            fixture.Run(Minute);
            Assert.AreEqual(0x1000, fixture.Coordinator.TransmitMilliseconds);
        }

        [TestMethod]
        public static void ARepeatedConnectionIsARefreshAndAnEarlyOneANewSession()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined(QuarterHour);
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            fixture.Run(12 * Minute);
            fixture.Hear("EVENT 25 @");
            Assert.IsFalse(fixture.Coordinator.Port.IsOpen, "it is to be announced to");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            Assert.AreEqual(1, fixture.Coordinator.Port.Joins);

            fixture.Run(Minute);
            fixture.Hear("EVENT 25 @");
            Assert.IsFalse(fixture.Coordinator.Port.IsOpen, "started anew");
            Assert.AreEqual(2, fixture.Coordinator.Port.Joins);
        }

        [TestMethod]
        [DataRow("EVENT 25")]
        [DataRow("EVENT 29")]
        [DataRow("EVENT 24")]
        public static void AnEventWithoutItsAddressChangesNoSession(string line)
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Hear(line);
            Assert.IsTrue(fixture.Coordinator.Port.IsOpen);
            Assert.AreEqual(1, fixture.Coordinator.Port.Joins);
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreEqual(Received, fixture.Receive());
        }

        [TestMethod]
        public static void AFailedRefreshKeepsTheSessionAndTheNextConnectionIsNew()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined(QuarterHour);
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            fixture.Run(12 * Minute);
            fixture.Hear("EVENT 24 @");
            Assert.IsTrue(fixture.Coordinator.Port.IsOpen, "or anybody could end it in its name");
            Assert.AreEqual(1, fixture.Coordinator.Port.RefusedJoins);
            fixture.Hear("EVENT 25 @");
            Assert.AreEqual(2, fixture.Coordinator.Port.Joins);
        }

        [TestMethod]
        public static void ADatagramOfTheSessionIsReceived()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreEqual(Received, fixture.Receive());
            Assert.AreEqual("", fixture.Receive());
            Assert.AreEqual(1, fixture.Coordinator.Port.DatagramsIn);
            Assert.AreEqual(0, fixture.Coordinator.Port.Ignored);
        }

        [TestMethod]
        [DataRow("@", "0E1A", "0")]
        [DataRow("@", "0E1B", "1")]
        [DataRow("@", "02CC", "0")]
        [DataRow("@", "02CC", "1")]
        [DataRow("#", "0E1A", "1")]
        [DataRow("#", "02CC", "0")]
        public static void AnythingElseIsIgnoredAndCounted(string from, string port, string security)
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Hear(CoordinatorFixture.Datagram(from, port, security, Data));
            fixture.Hear(CoordinatorFixture.Datagram(from, port, security, Data));
            Assert.AreEqual("", fixture.Receive());
            Assert.AreEqual(2, fixture.Coordinator.Port.Ignored);
            Assert.AreEqual(0, fixture.Coordinator.Port.DatagramsIn);
            Assert.AreEqual(port == "02CC" ? "0" : "03", fixture.Events, "told once a minute");
        }

        [TestMethod]
        public static void WithoutASessionNothingIsReceivedOrSent()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreEqual("", fixture.Receive());
            Assert.IsFalse(fixture.Send(CoordinatorFixture.HemsBytes, "1081"));
            Assert.IsFalse(fixture.Announce("1081"));
            fixture.Run(1000);
            AssertCommands(fixture, "SKTERM");
        }

        [TestMethod]
        public static void AnAnswerIsSentEncryptedAndToTheByte()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            Assert.IsTrue(fixture.Send(CoordinatorFixture.HemsBytes, "1081"));
            fixture.Run(0);
            Assert.AreEqual(SendToHems + "1081", fixture.Module.TakeCommand());
            Assert.AreEqual("", fixture.Module.TakeCommand());
            fixture.Run(0);
            Assert.AreEqual(1, fixture.Coordinator.Port.DatagramsOut);
            Assert.IsFalse(fixture.Send("FE80000000000000021D129100000666", "1081"), "to the session's terminal only");
        }

        [TestMethod]
        public static void AnAnnouncementGoesToAllNodes()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            Assert.IsTrue(fixture.Announce("1081"));
            fixture.Run(0);
            Assert.AreEqual(SendToAll + "1081", fixture.Module.TakeCommand());
        }

        [TestMethod]
        public static void WhatIsForTheTerminalsGoesToTheSessionsAloneBehindItsAnswers()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.IsMute = true;
            Assert.IsTrue(fixture.Tell("00AA"));
            fixture.Send(CoordinatorFixture.HemsBytes, "0001");
            fixture.Module.IsMute = false;
            fixture.Run(1000);
            Assert.AreEqual(SendToHems + "0001", fixture.Module.TakeCommand());
            Assert.AreEqual(SendToHems + "00AA", fixture.Module.TakeCommand());
            Assert.AreEqual("", fixture.Module.TakeCommand());
        }

        [TestMethod]
        public static void TheOtherDialectTakesASide()
        {
            var fixture = new CoordinatorFixture(false, true);
            fixture.Module.Side = "0";
            fixture.Run(4000);
            AssertSaid(fixture, "SKSCAN 0 0FFFFFFF 4 0");
            fixture.Module.Commands.Clear();
            fixture.Hear("EVENT 25 @ 0");
            fixture.Coordinator.Port.Open();
            fixture.Send(CoordinatorFixture.HemsBytes, "1081");
            fixture.Run(0);
            Assert.AreEqual("SKSENDTO 1 @ 0E1A 1 0 0002 1081",
                fixture.Module.TakeCommand());
            fixture.Run(0);
            Assert.AreEqual(1, fixture.Coordinator.Port.DatagramsOut);
        }

        [TestMethod]
        public static void AnswersGoFirstAndNoAnnouncementWaitsForLong()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.IsMute = true;
            fixture.Announce("00AA");
            fixture.Send(CoordinatorFixture.HemsBytes, "0001");
            fixture.Send(CoordinatorFixture.HemsBytes, "0002");
            fixture.Module.IsMute = false;
            fixture.Run(1000);
            Assert.AreEqual(SendToHems + "0001", fixture.Module.TakeCommand());
            Assert.AreEqual(SendToHems + "0002", fixture.Module.TakeCommand());
            Assert.AreEqual(SendToAll + "00AA", fixture.Module.TakeCommand());

            fixture.Announce("00BB");
            fixture.Board.Time.Milliseconds += 2000;
            fixture.Send(CoordinatorFixture.HemsBytes, "0003");
            fixture.Run(1000);
            Assert.AreEqual(SendToAll + "00BB", fixture.Module.TakeCommand());
            Assert.AreEqual(SendToHems + "0003", fixture.Module.TakeCommand());
        }

        [TestMethod]
        [DataRow("01")]
        [DataRow("02")]
        public static void WhatWasNotSentIsTriedAgainAFewTimes(string result)
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.SendResult = result;
            fixture.Send(CoordinatorFixture.HemsBytes, "1081");
            fixture.Run(0);
            Assert.AreEqual(1, fixture.Module.Commands.Count);
            fixture.Run(9000);
            Assert.AreEqual(4, fixture.Module.Commands.Count);
            Assert.AreEqual(4, fixture.Coordinator.Port.SendFailures);
            Assert.AreEqual(1, fixture.Coordinator.Port.GivenUp);
            Assert.AreEqual(0, fixture.Coordinator.Port.DatagramsOut);

            fixture.Module.SendResult = "00";
            fixture.Send(CoordinatorFixture.HemsBytes, "1082");
            fixture.Run(1000);
            Assert.AreEqual(1, fixture.Coordinator.Port.DatagramsOut);
        }

        [TestMethod]
        public static void ALostOkCostsHalfASecondAtMost()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.LosesOk = true;
            fixture.Send(CoordinatorFixture.HemsBytes, "0001");
            fixture.Send(CoordinatorFixture.HemsBytes, "0002");
            fixture.Run(499);
            Assert.AreEqual(1, fixture.Module.Commands.Count);
            fixture.Run(501);
            Assert.AreEqual(2, fixture.Module.Commands.Count);
            Assert.AreEqual(2, fixture.Coordinator.Port.DatagramsOut);
        }

        [TestMethod]
        public static void AnEventOfTheStacksOwnIsNotTakenForOurs()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.IsMute = true;
            fixture.Send(CoordinatorFixture.HemsBytes, "0001");
            fixture.Run(0);
            fixture.Module.IsMute = false;
            fixture.Hear("EVENT 21 # 00");
            fixture.Hear("OK");
            Assert.AreEqual(0, fixture.Coordinator.Port.DatagramsOut);
            fixture.Hear("EVENT 21 @ 00");
            fixture.Run(0);
            Assert.AreEqual(1, fixture.Coordinator.Port.DatagramsOut);
        }

        [TestMethod]
        public static void ASilentModuleIsResetAndTheUnitGoesOn()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.IsMute = true;
            fixture.Run(Minute + 10000);
            Assert.AreEqual(2, fixture.Module.Resets, "found within the probe's minute");
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            Assert.AreEqual("014", fixture.Events);
            Assert.IsFalse(fixture.Coordinator.Port.IsOpen);
        }

        [TestMethod]
        public static void AModuleThatLostItsSettingsIsGivenThemAgain()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Run(Minute);
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
            fixture.Module.Channel = "21";
            fixture.Run(Minute + 4000);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);
            Assert.AreEqual("2F", fixture.Module.Channel);

            fixture.Hear("EINFO $ 001D129000038C21 21 FFFF FFFE");
            fixture.Run(4000);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts, "nobody has asked");
        }

        [TestMethod]
        public static void ATerminalThatJoinsAgainAndAgainUnheardDoesNotPutTheRestartOff()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            for (int i = 0; i < 7; i++)
            {
                fixture.Run(Minute - 1000);
                fixture.Hear("EVENT 25 @");
                fixture.Run(1000);
            }

            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);
        }

        [TestMethod]
        public static void WithoutASessionTheModuleIsStartedAnewMoreAndMoreRarely()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            fixture.Run(14 * Minute);
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
            fixture.Run(2 * Minute);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);
            for (int hour = 0; hour < 24; hour++)
            {
                fixture.Run(Hour);
                fixture.Module.Commands.Clear();
            }

            Assert.IsTrue(fixture.Coordinator.ModuleRestarts <= 9, fixture.Coordinator.ModuleRestarts.ToString());
        }

        [TestMethod]
        public static void TheModuleIsNotRestartedWhileAClientTriesToJoin()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            fixture.Run((14 * Minute) + 50000);
            for (int i = 0; i < 4; i++)
            {
                fixture.Hear(CoordinatorFixture.Datagram("#", "02CC", "0", Data));
                fixture.Run(30000);
                Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
            }

            fixture.Run(30000);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);
        }

        [TestMethod]
        public static void ASessionInWhichNothingIsSaidIsEnded()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Run(4 * Minute);
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
            fixture.Run(2 * Minute);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);

            fixture = CoordinatorFixture.Joined();
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            fixture.Run(11 * Minute);
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts, "a terminal may read every half hour");
        }

        [TestMethod]
        public static void ASessionThatIsNeverRenewedIsOver()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined(QuarterHour);
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            fixture.Run(16 * Minute);
            fixture.Run(4000);
            Assert.IsFalse(fixture.Coordinator.Port.IsOpen);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts, "the module did not say so: something is wrong");
        }

        [TestMethod]
        public static void TheLimitIsObeyedUntilItIsLifted()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Hear("EVENT 32 $");
            Assert.AreEqual((int)CoordinatorState.Limited, (int)fixture.Coordinator.State);
            fixture.Module.Limit = "1";
            fixture.Announce("00AA");
            fixture.Run(3 * Minute);
            AssertNotSaid(fixture, SendToAll + "00AA");

            fixture.Module.Limit = "0";
            fixture.Run(Minute);
            AssertSaid(fixture, SendToAll + "00AA");
            Assert.AreEqual((int)CoordinatorState.Joined, (int)fixture.Coordinator.State, "EVENT 33 was lost, SFB read");
            Assert.AreEqual("05", fixture.Events);
        }

        [TestMethod]
        public static void OurOwnAccountHoldsBackAnswersBeforeTheLimit()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Run(Minute);
            fixture.Module.TransmitTime = (290 * 1000).ToString("X");
            fixture.Run(Minute);
            Assert.AreEqual((int)CoordinatorState.Limited, (int)fixture.Coordinator.State);
            Assert.IsTrue(fixture.Coordinator.TransmitMilliseconds >= 290 * 1000);
            fixture.Module.Commands.Clear();
            fixture.Send(CoordinatorFixture.HemsBytes, "1081");
            fixture.Announce("00AA");
            fixture.Run(20000);
            AssertSaid(fixture, SendToAll + "00AA");
            AssertNotSaid(fixture, SendToHems + "1081");
        }

        [TestMethod]
        public static void RefusedJoinsAreCounted()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            fixture.Hear("EVENT 24 #");
            Assert.AreEqual(1, fixture.Coordinator.Port.RefusedJoins);

            fixture.Hear(CoordinatorFixture.Datagram("#", "02CC", "0", Data));
            fixture.Run(21000);
            Assert.AreEqual(2, fixture.Coordinator.Port.RefusedJoins, "without any event");

            fixture.Hear(CoordinatorFixture.Datagram("@", "02CC", "0", Data));
            fixture.Hear("EVENT 25 @");
            fixture.Run(21000);
            Assert.AreEqual(2, fixture.Coordinator.Port.RefusedJoins);
            Assert.AreEqual("20", fixture.Events, "refusals are told once a minute");
        }

        [TestMethod]
        public static void LinkQualityIsKeptAndTold()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            Assert.IsFalse(fixture.Coordinator.Port.LinkQuality.IsKnown);
            fixture.Hear("*96 1 0002 1081");
            Assert.AreEqual(-6302, fixture.Coordinator.Port.LinkQuality.Hundredths);
            int warnings = fixture.Board.Warnings;
            for (int i = 0; i < 40; i++)
            {
                fixture.Hear("*40 1 0002 1081");
            }

            Assert.IsFalse(fixture.Coordinator.Port.LinkQuality.IsUsable);
            Assert.AreEqual(warnings + 1, fixture.Board.Warnings);
            Assert.IsTrue(fixture.Coordinator.Describe().EndsWith("-86 dBm"), fixture.Coordinator.Describe());
        }

        [TestMethod]
        public static void MoreThanCanBeAnsweredIsLostAndCounted()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            for (int i = 0; i < 10; i++)
            {
                fixture.Hear(CoordinatorFixture.Datagram(Data));
            }

            Assert.AreEqual(10 - 4, fixture.Coordinator.Port.Lost);
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(Received, fixture.Receive());
            }

            Assert.AreEqual("", fixture.Receive());
        }

        [TestMethod]
        public static void TwoOfTheLongestWaitAndMoreAreLostAndCounted()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            for (int i = 1; i <= 3; i++)
            {
                fixture.Hear(CoordinatorFixture.Datagram(Hex.Repeat("0" + i.ToString(), SkParser.MaxDataLength)));
            }

            Assert.AreEqual(1, fixture.Coordinator.Port.Lost);
            Assert.IsTrue(fixture.Receive().EndsWith("0101"));
            Assert.IsTrue(fixture.Receive().EndsWith("0202"));
            Assert.AreEqual("", fixture.Receive());
        }

        [TestMethod]
        public static void ALongInfThatWasAskedForGoesToAllNodesAndKeepsNoRequestWaiting()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.SendResult = "01";
            string longest = Hex.Repeat("A5", SkParser.MaxDataLength);
            Assert.IsTrue(fixture.Announce(longest));
            Assert.IsTrue(fixture.Announce("00AA"), "room of their own");
            Assert.IsTrue(fixture.Send(CoordinatorFixture.HemsBytes, longest));
            Assert.IsFalse(fixture.Announce(longest), "no third one");
            fixture.Hear(CoordinatorFixture.Datagram(Data));
            Assert.AreEqual("", fixture.Receive(), "an answer would not fit");
            fixture.Module.SendResult = "00";
            fixture.Run(1000);
            AssertSaid(fixture, "SKSENDTO 1 % 0E1A 1 04D0 " + longest);
            AssertSaid(fixture, "SKSENDTO 1 @ 0E1A 1 04D0 " + longest);
            AssertSaid(fixture, SendToAll + "00AA");
            Assert.AreEqual(Received, fixture.Receive());
        }

        [TestMethod]
        public static void WhatTheLineDoesNotTakeIsCountedAndSaidAgain()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.RefusesWrites = true;
            Assert.IsTrue(fixture.Send(CoordinatorFixture.HemsBytes, "1081"));
            fixture.Run(100);
            Assert.IsTrue(fixture.Coordinator.WriteFailures > 0);
            fixture.Module.RefusesWrites = false;
            fixture.Run(1000);
            Assert.AreEqual(SendToHems + "1081", fixture.LastSending());
            Assert.AreEqual(1, fixture.Coordinator.Port.DatagramsOut);
            Assert.AreEqual(0, fixture.Coordinator.ModuleRestarts);
        }

        [TestMethod]
        public static void ALineThatTakesNothingEndsInARestart()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.RefusesWrites = true;
            fixture.Run(Minute + 5000);
            Assert.AreEqual(1, fixture.Coordinator.ModuleRestarts);
            fixture.Module.RefusesWrites = false;
            fixture.Run(Minute + 10000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
        }

        [TestMethod]
        public static void WhatAStateHasNoUseForIsCounted()
        {
            var fixture = new CoordinatorFixture();
            fixture.Run(0);
            fixture.Hear("EVENT 25 @");
            Assert.IsFalse(fixture.Coordinator.Port.IsJoined, "SKSTART is to come, and ends every session");
            Assert.AreEqual(1, fixture.Coordinator.Unused);
            fixture.Run(4000);
            Assert.AreEqual(1, fixture.Coordinator.Unused, "each answer has its use");
            fixture.Hear("OK");
            fixture.Hear("ESREG 1");
            fixture.Hear("EVENT 20 #");
            Assert.AreEqual(4, fixture.Coordinator.Unused);
        }

        [TestMethod]
        public static void NothingSecretIsEverShown()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            string shown = fixture.Coordinator.Describe() + RouteBCredentials.Read(fixture.Board.Store)
                + fixture.Board.LastLine;
            Assert.IsTrue(shown.IndexOf(CoordinatorFixture.Password) < 0);
            Assert.IsTrue(shown.IndexOf("ABCDEF") < 0);
            Assert.AreEqual("joined, channel 2F, PAN 1234", fixture.Coordinator.Describe());
        }

        private static void AssertCommands(CoordinatorFixture fixture, params string[] commands)
        {
            for (int i = 0; i < commands.Length; i++)
            {
                Assert.AreEqual(commands[i], fixture.Module.TakeCommand());
            }

            Assert.AreEqual("", fixture.Module.TakeCommand());
        }

        private static void AssertSaid(CoordinatorFixture fixture, string command)
        {
            Assert.IsTrue(fixture.Module.Commands.Contains(command), command);
        }

        private static void AssertNotSaid(CoordinatorFixture fixture, string command)
        {
            Assert.IsFalse(fixture.Module.Commands.Contains(command), command);
        }
    }
}
