using NanoComm.Hal;
using NanoComm.Power;
using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>When the Wi-Fi radio is on.</summary>
    [TestClass]
    public static class WifiSwitchTests
    {
        [TestMethod]
        public static void It_is_on_with_a_grant()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Ample);
            FakeWifi radio = Radio();
            WifiSwitch wifi = Switch(radio, governor);

            Assert.AreEqual(Deadline.Never, wifi.Step(0));
            Assert.IsTrue(radio.IsStarted);
            Assert.IsTrue(governor.Of(PowerPart.Processor).IsOn);
        }

        [TestMethod]
        public static void It_is_off_without_a_grant_and_on_once_there_is_one()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.WithoutWifi + 1200);
            PowerGrant module = governor.Of(PowerPart.WiSun);
            Assert.IsTrue(module.TurnOn(0));
            FakeWifi radio = Radio();
            WifiSwitch wifi = Switch(radio, governor);

            Assert.AreEqual(PowerGovernor.RetryPause, (int)wifi.Step(0));
            Assert.IsFalse(radio.IsStarted);
            module.TurnOff();
            wifi.Step(200);
            Assert.IsTrue(radio.IsStarted);
        }

        [TestMethod]
        public static void Told_to_leave_it_gives_back_what_it_has_when_the_radio_is_quiet()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.WithoutWifi + 1200);
            FakeWifi radio = Radio();
            WifiSwitch wifi = Switch(radio, governor);
            PowerGrant module = governor.Of(PowerPart.WiSun);
            wifi.Step(0);
            Assert.IsFalse(module.TurnOn(1));

            radio.IsSlow = true;
            wifi.Step(2);
            Assert.IsFalse(radio.IsStarted);
            Assert.IsFalse(module.TurnOn(3), "it still draws");
            radio.IsSlow = false;
            wifi.Step(102);
            Assert.IsTrue(module.TurnOn(103));
        }

        [TestMethod]
        public static void Without_a_deployed_network_it_takes_no_power()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Ample);
            FakeWifi radio = Radio();
            radio.IsDeployed = false;
            WifiSwitch wifi = Switch(radio, governor);

            Assert.AreEqual(Deadline.Never, wifi.Step(0));
            Assert.IsFalse(governor.Of(PowerPart.Processor).IsOn);
            Assert.AreEqual(Deadline.Never, wifi.Step(1000));
        }

        [TestMethod]
        public static void Shed_in_a_low_supply_it_comes_back_after()
        {
            PowerGovernor governor = FakePower.Governor(FakePower.Ample);
            FakeWifi radio = Radio();
            WifiSwitch wifi = Switch(radio, governor);
            PowerGrant power = governor.Of(PowerPart.Processor);
            wifi.Step(0);

            governor.Shed(power, true);
            wifi.Step(1);
            Assert.IsFalse(radio.IsStarted);
            Assert.IsFalse(power.IsOn);
            wifi.Step(201);
            Assert.IsFalse(radio.IsStarted);
            governor.Shed(power, false);
            wifi.Step(401);
            Assert.IsTrue(radio.IsStarted);
        }

        private static FakeWifi Radio()
        {
            var radio = new FakeWifi();
            radio.Stop();
            return radio;
        }

        private static WifiSwitch Switch(FakeWifi radio, PowerGovernor governor)
        {
            return new WifiSwitch(radio, governor.Of(PowerPart.Processor), new FakeBoard());
        }
    }
}
