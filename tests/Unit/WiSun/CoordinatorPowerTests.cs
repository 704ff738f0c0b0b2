using NanoComm.Hal;
using NanoComm.Power;
using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>The module is out of reset, and written to, only with power.</summary>
    [TestClass]
    public static class CoordinatorPowerTests
    {
        [TestMethod]
        public static void Without_power_from_the_first_step_on_it_is_held_in_reset_and_told_nothing()
        {
            var fixture = new CoordinatorFixture();
            fixture.Governor.Shed(fixture.Power, true);
            fixture.Run(4000);

            Assert.AreEqual((int)CoordinatorState.NoPower, (int)fixture.Coordinator.State);
            Assert.AreEqual(0, fixture.Module.Commands.Count);
            Assert.IsTrue(fixture.Module.IsHeld);
            Assert.AreEqual(1, fixture.Board.Warnings, "told once");
        }

        [TestMethod]
        public static void With_power_again_it_starts()
        {
            var fixture = new CoordinatorFixture();
            fixture.Governor.Shed(fixture.Power, true);
            fixture.Run(1000);
            fixture.Governor.Shed(fixture.Power, false);
            fixture.Run(4000);

            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
        }

        [TestMethod]
        public static void A_session_ends_when_the_power_is_taken_and_the_power_is_given_back()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Joined();
            fixture.Module.Commands.Clear();
            fixture.Governor.Shed(fixture.Power, true);
            fixture.Run(100);

            Assert.AreEqual((int)CoordinatorState.NoPower, (int)fixture.Coordinator.State);
            Assert.IsFalse(fixture.Coordinator.Port.IsJoined);
            Assert.IsFalse(fixture.Power.IsOn);
            Assert.IsFalse(fixture.Power.MustYield);
            Assert.AreEqual(0, fixture.Module.Commands.Count);
            Assert.IsFalse(fixture.Coordinator.Port.Send(new byte[1], 1, new DatagramPeer()));
        }

        [TestMethod]
        public static void A_restart_of_the_module_keeps_its_power()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            fixture.Module.IsMute = true;
            fixture.Run(600000);
            Assert.IsTrue(fixture.Coordinator.ModuleRestarts > 0);
            Assert.IsTrue(fixture.Power.IsOn);
            Assert.AreEqual(0, fixture.Power.Waits);
        }

        [TestMethod]
        public static void A_module_that_sends_only_when_asked_is_given_a_datagram_when_there_is_power_for_it()
        {
            CoordinatorFixture fixture = CoordinatorFixture.Asked();
            PowerGrant other = fixture.Governor.Of(PowerPart.Other);
            fixture.Run(4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            fixture.Hear("EVENT 25 @");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            fixture.Run(100);
            Assert.IsFalse(fixture.Power.MaySend, "nothing is under way");
            fixture.Module.Commands.Clear();

            Assert.IsTrue(other.Begin(Urgency.Traffic, fixture.Now));
            Assert.IsTrue(fixture.Coordinator.Port.SendToGroup(new byte[3], 3));
            fixture.Run(40);
            Assert.AreEqual(0, fixture.Module.Commands.Count, "the other one sends");
            other.End(true, fixture.Now);
            fixture.Run(300);
            Assert.AreEqual(1, fixture.Module.Commands.Count);
            Assert.IsFalse(fixture.Power.MaySend, "its end was told");
            Assert.AreEqual(0, fixture.Power.Overdue);
        }
    }
}
