using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Power;
using NanoComm.Records;
using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>What is shed in a low supply, in which order, and when it may go on.</summary>
    [TestClass]
    public static class PowerWatchTests
    {
        [TestMethod]
        public static void Loads_are_shed_one_each_half_second_the_least_right_first()
        {
            var scene = new Scene();
            scene.Supply.IsLow = true;

            scene.Run(0, 1);
            Assert.IsTrue(scene.Wifi.IsShed);
            Assert.IsFalse(scene.Module.IsShed);
            scene.Run(1, 499);
            Assert.IsFalse(scene.Module.IsShed);
            scene.Run(500, 501);
            Assert.IsTrue(scene.Module.IsShed);
            Assert.IsTrue(scene.Module.MustYield);
            Assert.AreEqual("30", scene.Events, "once");
        }

        [TestMethod]
        public static void They_may_go_on_a_minute_after_it_is_good_the_best_right_first()
        {
            var scene = new Scene();
            scene.Supply.IsLow = true;
            scene.Run(0, 600);
            scene.Supply.IsLow = false;

            scene.Run(600, 60500);
            Assert.IsTrue(scene.Module.IsShed);
            scene.Run(60500, 61500);
            Assert.IsFalse(scene.Module.IsShed);
            Assert.IsTrue(scene.Wifi.IsShed);
            Assert.IsTrue(scene.Watch.IsLow);
            scene.Run(61500, 66500);
            Assert.IsFalse(scene.Wifi.IsShed);
            scene.Run(66500, 71500);
            Assert.IsFalse(scene.Watch.IsLow);
            Assert.AreEqual("30 31", scene.Events);
        }

        [TestMethod]
        public static void A_supply_that_sags_as_soon_as_they_go_on_is_tried_more_and_more_seldom()
        {
            var scene = new Scene();
            scene.Supply.IsLow = true;
            scene.Run(0, 600);
            int changes = 0;
            bool wasShed = true;
            for (int time = 600; time < 7200000; time += 500)
            {
                // It is low whenever the module is on.
                scene.Supply.IsLow = !scene.Module.IsShed;
                scene.Run(time, time + 1);
                changes += scene.Module.IsShed != wasShed ? 1 : 0;
                wasShed = scene.Module.IsShed;
            }

            // After 1, 2, 4, 8, 16, 32 and 60 minutes.
            Assert.IsTrue(changes >= 8 && changes <= 14, changes.ToString());
        }

        [TestMethod]
        public static void A_restart_out_of_a_low_supply_is_counted_and_one_out_of_a_good_one_not()
        {
            var scene = new Scene();
            scene.Supply.IsLow = true;
            scene.Run(0, 10);

            var second = new Scene(scene.Files);
            Assert.AreEqual(1, second.Watch.BrownOuts);
            Assert.AreEqual("32", second.Events);
            Assert.AreEqual(1, new Scene(scene.Files).Watch.BrownOuts, "counted once");
        }

        [TestMethod]
        public static void A_record_of_another_length_counts_as_none()
        {
            var files = new FakeFiles();
            new DurableStore(files).Write(PowerWatch.Record, new byte[] { 1, 2, 3, 4 }, 4);

            Assert.AreEqual(0, new Scene(files).Watch.BrownOuts);
        }

        [TestMethod]
        public static void Who_waits_longer_than_a_second_is_told_once()
        {
            var scene = new Scene(new FakeFiles(), FakePower.WithoutWifi);
            Assert.IsTrue(scene.Module.TurnOn(0));
            for (int time = 0; time < 10000; time += 200)
            {
                Assert.IsFalse(scene.Wifi.TurnOn(time));
                scene.Run(time, time + 1);
            }

            Assert.AreEqual("33", scene.Events);
            Assert.AreEqual(1, scene.Board.Warnings);
            Assert.AreEqual("ESP32 has to wait: with it the unit would take 2310 mVA, and 1074 are free",
                scene.Board.LastLine);
        }

        [TestMethod]
        public static void A_board_that_takes_too_much_from_power_up_on_says_so()
        {
            var scene = new Scene(new FakeFiles(), 100);

            Assert.AreEqual(1, scene.Board.Warnings);
            Assert.AreEqual("the board takes 796 mVA from its power-up on, and 100 are free", scene.Board.LastLine);
        }

        private sealed class Scene : ISecurityLog
        {
            public Scene()
                : this(new FakeFiles())
            {
            }

            public Scene(FakeFiles files)
                : this(files, FakePower.Ample)
            {
            }

            public Scene(FakeFiles files, int rated)
            {
                Files = files;
                Board = new FakeBoard { Store = new DurableStore(files), SupplyMonitor = Supply };
                Governor = FakePower.Governor(rated);
                Watch = new PowerWatch(Board, Governor, this);
                if (rated == FakePower.Ample)
                {
                    Module.TurnOn(0);
                    Wifi.TurnOn(0);
                }
            }

            public FakeFiles Files { get; }

            public FakeBoard Board { get; }

            public FakeSupply Supply { get; } = new FakeSupply();

            public PowerGovernor Governor { get; }

            public PowerWatch Watch { get; }

            public string Events { get; private set; } = "";

            public PowerGrant Module
            {
                get { return Governor.Of(PowerPart.WiSun); }
            }

            public PowerGrant Wifi
            {
                get { return Governor.Of(PowerPart.Processor); }
            }

            public void Add(SecurityEvent e)
            {
                Events += (Events.Length == 0 ? "" : " ") + ((int)e).ToString();
            }

            // Steps when it wants to be stepped.
            public void Run(long from, long to)
            {
                long now = from;
                while (now < to)
                {
                    long next = Watch.Step(now);
                    Assert.IsTrue(next > now);
                    now = next;
                }
            }
        }
    }
}
