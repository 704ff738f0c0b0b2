using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Records;
using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>Which loop counts as one that hangs, and what becomes of it.</summary>
    [TestClass]
    public static class LoopWatchTests
    {
        private const long Look = LoopWatch.Interval;
        private const int Hour = 3600000;

        [TestMethod]
        public static void A_loop_that_works_longer_than_its_limit_restarts_the_unit_once()
        {
            var scene = new Scene();
            scene.Beat.Due = 12345;
            scene.Look(20000, 80000);
            Assert.AreEqual(0, scene.Board.Restarts);
            Assert.AreEqual(Deadline.Never, scene.Watch.Step(80000));
            Assert.AreEqual(1, scene.Board.Restarts);
            Assert.AreEqual("", scene.Events, "told by the next start");
        }

        [TestMethod]
        public static void One_that_steps_meanwhile_does_not()
        {
            var scene = new Scene();
            for (long now = 0; now < Hour; now += Look)
            {
                // For nearly a minute each time.
                scene.Beat.Due = now / 60000 * 60000;
                Assert.AreEqual(now + Look, scene.Watch.Step(now));
            }

            Assert.AreEqual(0, scene.Board.Restarts);
        }

        [TestMethod]
        public static void One_that_waits_for_ever_or_for_long_does_not()
        {
            var scene = new Scene();
            scene.Beat.Due = Deadline.Never;
            scene.Look(0, Hour);
            scene.Beat.Due = 3L * Hour;
            scene.Look(Hour, 3L * Hour);
            Assert.AreEqual(0, scene.Board.Restarts);
        }

        [TestMethod]
        public static void One_that_was_not_woken_at_its_deadline_does()
        {
            var scene = new Scene();
            scene.Beat.Due = 45000;
            scene.Look(0, 50000 + (6 * Look));
            Assert.AreEqual(0, scene.Board.Restarts);
            scene.Watch.Step(50000 + (6 * Look));
            Assert.AreEqual(1, scene.Board.Restarts);
        }

        // A debugger, or the compaction of the heap: nothing ran, and the watch neither.
        [TestMethod]
        public static void What_holds_up_the_watch_too_is_one_look()
        {
            var scene = new Scene();
            scene.Beat.Due = 1000;
            scene.Look(10000, 60000);
            scene.Watch.Step(60000 + Hour);
            Assert.AreEqual(0, scene.Board.Restarts);
            Assert.AreEqual(Deadline.Never, scene.Watch.Step(60000 + Hour + Look), "and now it does hang");
            Assert.AreEqual(1, scene.Board.Restarts);
        }

        [TestMethod]
        public static void The_next_start_tells_it_once()
        {
            var scene = new Scene();
            scene.Hang(10000);

            var second = new Scene(scene.Files);
            Assert.AreEqual("51", second.Events);
            Assert.AreEqual("the unit was restarted because a loop hung: ip path, restarts of that kind 1", second.Board.LastLine);
            Assert.AreEqual(1, second.Watch.Restarts);
            Assert.AreEqual((int)SecurityEvent.IpPathHung, (int)second.Watch.LastHung);
            Assert.IsTrue(second.Watch.IsTelling);
            second.Beat.Due = Deadline.Never;
            second.Look(0, Hour);
            Assert.IsFalse(second.Watch.IsTelling);
            Assert.AreEqual(1, second.Board.Signal.Sets, "the light is woken");

            var third = new Scene(scene.Files);
            Assert.AreEqual("", third.Events);
            Assert.IsFalse(third.Watch.IsTelling);
            Assert.AreEqual(1, third.Watch.Restarts);
        }

        [TestMethod]
        public static void Of_several_the_one_that_hangs_longest_is_named()
        {
            var scene = new Scene();
            var light = new LoopBeat("light", 0);
            scene.Watch.Add(SecurityEvent.LightHung, light);
            light.Due = 9000;
            scene.Beat.Due = 9001;
            scene.Look(10000, 80000);
            Assert.AreEqual((int)SecurityEvent.LightHung, (int)new Scene(scene.Files).Watch.LastHung);
        }

        // Whatever a power cut leaves of the record: the restart comes, and the start reads the old one or the new one.
        [TestMethod]
        public static void A_torn_record_reads_as_the_one_before()
        {
            for (int cut = 0; cut < 6; cut++)
            {
                for (int traces = 0; traces < 2; traces++)
                {
                    var scene = new Scene();
                    scene.Hang(10000);
                    scene = new Scene(scene.Files);
                    scene.Files.CutAfter = cut;
                    scene.Files.CutLeavesTraces = traces == 1;
                    scene.Hang(10000);
                    Assert.AreEqual(1, scene.Board.Restarts);
                    scene.Files.CutAfter = FakeFiles.Never;
                    int restarts = new Scene(scene.Files).Watch.Restarts;
                    Assert.IsTrue(restarts == 1 || restarts == 2, cut.ToString());
                }
            }
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("33000300")]
        [DataRow("330003000100")]
        [DataRow("3100030001")]
        [DataRow("3700030001")]
        public static void A_record_that_makes_no_sense_counts_as_none(string record)
        {
            var files = new FakeFiles();
            byte[] bytes = Hex.Parse(record);
            new DurableStore(files).Write(LoopWatch.Record, bytes, bytes.Length);
            var scene = new Scene(files);
            Assert.AreEqual(0, scene.Watch.Restarts);
            Assert.AreEqual(0, (int)scene.Watch.LastHung);
            Assert.AreEqual("", scene.Events);
            Assert.AreEqual(60000L, scene.Hang(0));
        }

        // From its first millisecond, at every start: with the limit it makes 1, 2, 3, 5, 9, 17, 33 and then 61 minutes.
        [TestMethod]
        public static void Restarts_in_a_row_become_rare_and_are_told_before()
        {
            var scene = new Scene();
            long[] minutes = { 1, 2, 3, 5, 9, 17, 33, 61, 61 };
            for (int i = 0; i < minutes.Length; i++)
            {
                Assert.AreEqual(minutes[i] * 60000, scene.Hang(0), i.ToString());
                Assert.AreEqual(i > 0, scene.HasWarned, i.ToString());
                scene = new Scene(scene.Files);
            }
        }

        [TestMethod]
        public static void An_hour_without_a_hang_is_forgiveness()
        {
            var scene = new Scene();
            for (int i = 0; i < 3; i++)
            {
                scene.Hang(0);
                scene = new Scene(scene.Files);
            }

            Assert.AreEqual(Hour + (5 * 60000L), scene.Hang(Hour), "the patience is that of the start");
            Assert.AreEqual(120000L, new Scene(scene.Files).Hang(0), "the second in a row");
        }

        [TestMethod]
        public static void The_count_ends_at_its_highest()
        {
            var files = new FakeFiles();
            new DurableStore(files).Write(LoopWatch.Record, new byte[] { 50, 1, 7, 0xFF, 0xFF }, 5);
            var scene = new Scene(files);
            scene.Hang(0);
            Assert.AreEqual(65535, new Scene(files).Watch.Restarts);
        }

        [TestMethod]
        public static void Each_loop_has_its_name()
        {
            Assert.AreEqual("metering", LoopWatch.NameOf(SecurityEvent.MeteringHung));
            Assert.AreEqual("ip path", LoopWatch.NameOf(SecurityEvent.IpPathHung));
            Assert.AreEqual("wi-sun path", LoopWatch.NameOf(SecurityEvent.WiSunPathHung));
            Assert.AreEqual("unsaved records", LoopWatch.NameOf(SecurityEvent.RecordsHung));
            Assert.AreEqual("light", LoopWatch.NameOf(SecurityEvent.LightHung));
        }

        private sealed class Scene : ISecurityLog
        {
            public Scene()
                : this(new FakeFiles())
            {
            }

            public Scene(FakeFiles files)
            {
                Files = files;
                Board = new FakeBoard { Notes = new DurableStore(files, 16) };
                Events = "";
                Watch = new LoopWatch(Board, this);
                Watch.Notify(Board.Signal);
                Beat = new LoopBeat("ip path", 0);
                Watch.Add(SecurityEvent.IpPathHung, Beat);
            }

            public FakeFiles Files { get; }

            public FakeBoard Board { get; }

            public LoopWatch Watch { get; }

            public LoopBeat Beat { get; }

            public string Events { get; private set; }

            public bool HasWarned { get; private set; }

            public void Add(SecurityEvent e)
            {
                Events += (Events.Length == 0 ? "" : " ") + ((int)e).ToString();
            }

            // Up to the last look before a time.
            public void Look(long from, long to)
            {
                for (long now = from; now < to; now += LoopWatch.Interval)
                {
                    Watch.Step(now);
                }
            }

            // When it restarts the unit if the loop hangs from then on.
            public long Hang(long from)
            {
                int warnings = Board.Warnings;
                Beat.Due = from;
                long now = from;
                while (Watch.Step(now) != Deadline.Never)
                {
                    now += LoopWatch.Interval;
                }

                HasWarned = Board.Warnings > warnings;
                return now;
            }
        }
    }
}
