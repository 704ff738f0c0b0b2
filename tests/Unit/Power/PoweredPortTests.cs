using NanoComm.Hal;
using NanoComm.Power;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>Nothing leaves a port whose radio has no grant.</summary>
    [TestClass]
    public static class PoweredPortTests
    {
        private static readonly byte[] Frame = new byte[12];

        [TestMethod]
        public static void Without_a_grant_it_neither_opens_nor_sends()
        {
            var raw = new FakePort();
            raw.Open();
            PowerGovernor governor = FakePower.Governor(FakePower.Ample);
            PowerGrant power = governor.Of(PowerPart.Processor);
            IDatagramPort port = Powered(raw, power);

            Assert.IsFalse(port.IsOpen);
            Assert.IsFalse(port.IsReady);
            Assert.IsFalse(port.Open());
            Assert.IsFalse(port.Send(Frame, 12, new DatagramPeer()));
            Assert.IsFalse(port.SendToGroup(Frame, 12));
            Assert.IsFalse(port.SendToTerminals(Frame, 12));
            Assert.AreEqual(0, raw.Sent.Count);

            power.TurnOn(0);
            Assert.IsTrue(port.Open());
            Assert.IsTrue(port.IsOpen);
            Assert.IsTrue(port.Send(Frame, 12, new DatagramPeer()));
            Assert.IsTrue(port.SendToGroup(Frame, 12));
            Assert.IsTrue(port.SendToTerminals(Frame, 12));
            Assert.AreEqual(3, raw.Sent.Count);
            power.TurnOff();
            Assert.IsFalse(port.IsOpen);
            Assert.IsFalse(port.SendToGroup(Frame, 12));
            Assert.AreEqual(3, raw.Sent.Count);
        }

        private static IDatagramPort Powered(FakePort raw, PowerGrant power)
        {
            var board = new FakeBoard();
            board.RouteBPorts = new IDatagramPort[] { raw };
            return PoweredPort.All(board, power)[0];
        }
    }
}
