using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NUnit.Framework;

namespace NanoComm.Tests.Esp32
{
    /// <summary>The radio is started by one loop and told to forget its network by another.</summary>
    [NonParallelizable]
    public sealed class WifiTests
    {
        private const int Patience = 30000;

        private Esp32Wifi _wifi;

        [SetUp]
        public void Deploy()
        {
            WifiAdapter.Reset();
            Wireless80211Configuration.DeployedSsid = "customer";
            Wireless80211Configuration.AfterRead = null;
            var board = new Surroundings();
            _wifi = new Esp32Wifi(new Esp32Network(NetworkInterfaceType.Wireless80211), board, board);
        }

        [Test]
        public void It_is_off_until_it_is_started_and_after_it_was_stopped()
        {
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            Assert.That(_wifi.Start(), Is.True);
            WaitFor(() => _wifi.State == WifiState.Joined);

            _wifi.Stop();

            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            WaitFor(() => WifiAdapter.Joined == null);
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
        }

        [Test]
        public void Without_a_deployed_network_it_stays_off()
        {
            Wireless80211Configuration.DeployedSsid = "";

            Assert.That(_wifi.Start(), Is.False);
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
        }

        [Test]
        public void A_start_that_read_the_network_before_it_was_forgotten_does_not_join_it()
        {
            Wireless80211Configuration.AfterRead = () => Assert.That(_wifi.Forget(), Is.True);

            Assert.That(_wifi.Start(), Is.False);
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            Assert.That(_wifi.Start(), Is.False, "nothing is deployed any more");
        }

        [Test]
        public void A_start_while_the_network_is_being_forgotten_does_not_join_it()
        {
            Wireless80211Configuration.AfterRead = () => _wifi.Start();

            Assert.That(_wifi.Forget(), Is.True);

            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            WaitFor(() => WifiAdapter.Joined == null);
            Assert.That(Wireless80211Configuration.DeployedSsid, Is.Empty);
        }

        private static void WaitFor(Func<bool> condition)
        {
            Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True);
        }
    }
}
