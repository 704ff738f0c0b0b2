using System;
using System.Device.Wifi;
using System.Linq;
using System.Net.NetworkInformation;
using System.Text;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NUnit.Framework;

namespace NanoComm.Tests.Esp32
{
    /// <summary>The radio joins what it is told to and nothing else, tells how that goes, and forgets it.</summary>
    [NonParallelizable]
    public sealed class WifiTests
    {
        private const int Patience = 30000;
        private const string Network = "customer";
        private const string Passphrase = "a passphrase";

        private Surroundings _board;
        private Esp32Wifi _wifi;

        [SetUp]
        public void Make()
        {
            WifiAdapter.Reset(Network, Passphrase);
            Wireless80211Configuration.Refuses = false;
            Wireless80211Configuration.Writes = 0;
            Deploy("", "", Wireless80211Configuration.ConfigurationOptions.Enable);
            _board = new Surroundings();
            _wifi = new Esp32Wifi(new Esp32Network(NetworkInterfaceType.Wireless80211), _board, _board);
        }

        [TearDown]
        public void AssertNoSecrets()
        {
            _wifi.Stop();
            WaitFor(() => _wifi.IsQuiet);
            Assert.That(_board.Lines, Has.None.Contains(Passphrase));
            Assert.That(Wireless80211Configuration.Deployed.Password, Is.Empty, "nothing writes one there");
        }

        [Test]
        public void It_is_off_until_it_is_started_and_after_it_was_stopped()
        {
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            Assert.That(Start(), Is.True);
            WaitFor(() => _wifi.State == WifiState.Joined);

            _wifi.Stop();

            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            WaitFor(() => _wifi.IsQuiet);
            Assert.That(WifiAdapter.Joined, Is.Null);
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
        }

        [Test]
        public void What_is_deployed_to_the_board_is_not_joined_and_is_emptied()
        {
            WifiAdapter.Reset("deployed", Passphrase);
            Deploy("deployed", Passphrase, Wireless80211Configuration.ConfigurationOptions.AutoConnect);

            Assert.That(Start(), Is.True);

            WaitFor(() => _wifi.State == WifiState.NetworkNotFound);
            Assert.That(WifiAdapter.Joined, Is.Null);
            Assert.That(Wireless80211Configuration.Deployed.Ssid, Is.Empty);
            Assert.That(Wireless80211Configuration.Deployed.Options,
                Is.EqualTo(Wireless80211Configuration.ConfigurationOptions.Enable));
            Start();
            Assert.That(Wireless80211Configuration.Writes, Is.EqualTo(1), "once");
        }

        [Test]
        public void A_station_that_was_disabled_is_enabled_for_the_next_start_and_that_is_told()
        {
            Deploy("", "", Wireless80211Configuration.ConfigurationOptions.Disable);

            Assert.That(_wifi.Forget(), Is.True);

            Assert.That(Wireless80211Configuration.Deployed.Options,
                Is.EqualTo(Wireless80211Configuration.ConfigurationOptions.Enable));
            Assert.That(_board.Lines, Has.Some.Contains("restart the board to use Wi-Fi"));
        }

        [TestCase(WifiSecurity.Open)]
        [TestCase((WifiSecurity)1)]
        [TestCase((WifiSecurity)2)]
        public void A_network_without_AES_is_refused(WifiSecurity security)
        {
            Assert.That(Start(security: security), Is.False);
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            Assert.That(WifiAdapter.Attempts, Is.Zero);
        }

        [Test]
        public void It_is_no_access_point_and_takes_no_name_of_32_bytes()
        {
            Assert.That(_wifi.CanBeAccessPoint, Is.False);
            Assert.That(Start(role: WifiRole.AccessPoint), Is.False);
            Assert.That(Start(ssid: new string('x', 32)), Is.False);
            Assert.That(Start(ssid: new string('x', 31)), Is.True);
        }

        [Test]
        public void A_wrong_passphrase_is_believed_the_third_time_and_the_right_one_joins_after()
        {
            Start(passphrase: "a wrong one");
            WaitFor(() => _wifi.State == WifiState.NetworkNotFound);
            Start(passphrase: "a wrong one");
            WaitFor(() => _wifi.State == WifiState.NetworkNotFound);
            Start(passphrase: "a wrong one");
            WaitFor(() => _wifi.State == WifiState.WrongPassphrase);
            Assert.That(_board.Lines.Count(line => line.Contains("status of the image 1")), Is.EqualTo(1), "told once");

            Start();
            WaitFor(() => _wifi.State == WifiState.Joined);
        }

        [Test]
        public void One_start_is_one_attempt_and_one_in_the_same_network_is_none()
        {
            WifiAdapter.Lose();
            Start();
            WaitFor(() => _wifi.State == WifiState.NetworkNotFound);
            Thread.Sleep(100);
            Assert.That(WifiAdapter.Attempts, Is.EqualTo(1));

            WifiAdapter.Network = Network;
            Start();
            WaitFor(() => _wifi.State == WifiState.Joined);
            Start();
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Joined));
            Thread.Sleep(100);
            Assert.That(WifiAdapter.Attempts, Is.EqualTo(2));
        }

        [Test]
        public void Another_network_is_joined_in_place_of_the_one_that_it_is_in()
        {
            Start();
            WaitFor(() => _wifi.State == WifiState.Joined);

            WifiAdapter.Network = "other";
            Start(ssid: "other");

            Assert.That(_wifi.State, Is.EqualTo(WifiState.Joining));
            WaitFor(() => _wifi.State == WifiState.Joined);
            Assert.That(WifiAdapter.Joined, Is.EqualTo("other"));
        }

        [Test]
        public void A_lost_network_is_left_to_who_starts_the_radio()
        {
            Start();
            WaitFor(() => _wifi.State == WifiState.Joined);

            WifiAdapter.Lose();

            WaitFor(() => _wifi.State == WifiState.NetworkNotFound);
            WifiAdapter.Network = Network;
            Thread.Sleep(1000);
            Assert.That(_wifi.State, Is.EqualTo(WifiState.NetworkNotFound));
            Start();
            WaitFor(() => _wifi.State == WifiState.Joined);
        }

        [Test]
        public void A_silent_DHCP_server_is_no_address_until_it_answers()
        {
            WifiAdapter.GivesAddresses = false;
            Start();
            WaitFor(() => _wifi.State == WifiState.NoAddress);
            Assert.That(WifiAdapter.Joined, Is.EqualTo(Network), "it stays in the network");

            WifiAdapter.GivesAddresses = true;
            WaitFor(() => _wifi.State == WifiState.Joined);
        }

        [Test]
        public void Forgotten_is_what_was_deployed_and_what_ESP_IDF_keeps()
        {
            Start();
            WaitFor(() => _wifi.State == WifiState.Joined);
            Assert.That(WifiAdapter.Kept, Is.EqualTo(Network + "|" + Passphrase));

            Assert.That(_wifi.Forget(), Is.True);

            WaitFor(() => WifiAdapter.Kept == "|" && _wifi.IsQuiet);
            Assert.That(_wifi.State, Is.EqualTo(WifiState.Off));
            Assert.That(WifiAdapter.Joined, Is.Null);
        }

        [Test]
        public void A_board_that_does_not_forget_says_so_and_does_when_asked_again()
        {
            Deploy("deployed", "of the board", Wireless80211Configuration.ConfigurationOptions.AutoConnect);
            Wireless80211Configuration.Refuses = true;
            Assert.That(_wifi.Forget(), Is.False);
            Assert.That(_board.Lines, Has.Some.Contains("cannot empty the board's network configuration: flash"));

            Wireless80211Configuration.Refuses = false;
            Assert.That(_wifi.Forget(), Is.True);
            Assert.That(Wireless80211Configuration.Deployed.Password, Is.Empty);
        }

        private static void Deploy(string ssid, string passphrase,
            Wireless80211Configuration.ConfigurationOptions options)
        {
            Wireless80211Configuration.Deployed = new Wireless80211Configuration
            {
                Ssid = ssid, Password = passphrase, Options = options,
            };
        }

        private static void WaitFor(Func<bool> condition)
        {
            Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True);
        }

        private bool Start(string ssid = Network, string passphrase = Passphrase, WifiSecurity security = WifiSecurity.Wpa2,
            WifiRole role = WifiRole.Station)
        {
            var network = new WifiNetwork(role, security, Encoding.ASCII.GetBytes(ssid), Encoding.ASCII.GetBytes(passphrase));
            bool isTaken = _wifi.Start(network);
            network.Forget();
            return isTaken;
        }
    }
}
