using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Supervision;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class UnitLightTests
    {
        private const int Tick = 50;
        private const int Window = 5000;
        private const int Lengths = 300;

        // The table of the technician: five seconds, one character a tenth.
        [TestMethod]
        [DataRow(0, "..................................................")]
        [DataRow(1, "##............##............##............##......")]
        [DataRow(2, "##..##............##..##............##..##........")]
        [DataRow(3, "#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.")]
        [DataRow(4, "##################################################")]
        [DataRow(5, "##########..........##########..........##########")]
        [DataRow(6, "##..##..##............##..##..##............##..##")]
        [DataRow(7, "########..##............########..##............##")]
        [DataRow(8, "##################..##################..##########")]
        [DataRow(9, "########..########.......########..########.......")]
        public static void EachStateHasItsPattern(int pattern, string light)
        {
            var f = new Fixture { Pattern = (LightPattern)pattern };
            Assert.AreEqual(light, Thin(f.Watch(Window)));
        }

        // Wherever a technician begins to look, he sees a whole round of long and short, and no two states have the
        // same one.
        [TestMethod]
        public static void NoTwoPatternsCanBeTakenForEachOther()
        {
            var seen = new string[10];
            for (int i = 1; i < seen.Length; i++)
            {
                var f = new Fixture { Pattern = (LightPattern)i };
                seen[i] = Rounds(f.Watch(2 * Window));
                for (int j = 1; j < i; j++)
                {
                    Assert.IsFalse(seen[i] == seen[j], i.ToString() + " and " + j.ToString());
                }
            }

            Assert.AreEqual("S_", seen[1]);
            Assert.AreEqual("S.S_", seen[2]);
            Assert.AreEqual("S.", seen[3]);
            Assert.AreEqual("", seen[4], "steady");
            Assert.AreEqual("L_", seen[5]);
            Assert.AreEqual("S.S.S_", seen[6], "nothing is counted beyond three");
            Assert.AreEqual("L.S_", seen[7]);
            Assert.AreEqual("L.", seen[8]);
            Assert.AreEqual("L.L_", seen[9]);
        }

        [TestMethod]
        public static void AChangeShowsAtOnceAndFromItsBeginning()
        {
            var f = new Fixture { Pattern = LightPattern.Unpaired };
            Assert.AreEqual(200L, f.Step(0));
            Assert.IsTrue(f.IsLit);
            Assert.AreEqual(1400L, f.Step(200));
            Assert.IsFalse(f.IsLit);

            f.Pattern = LightPattern.Refused;
            Assert.AreEqual(900L, f.Step(700));
            Assert.IsTrue(f.IsLit);

            f.Pattern = LightPattern.Reading;
            Assert.AreEqual(Deadline.Never, f.Step(710), "steady needs no loop");
            Assert.IsTrue(f.IsLit);

            f.Pattern = LightPattern.None;
            Assert.AreEqual(Deadline.Never, f.Step(720));
            Assert.IsFalse(f.IsLit);
        }

        [TestMethod]
        public static void WokenEarlyOrLateItKeepsItsRhythm()
        {
            var f = new Fixture { Pattern = LightPattern.NoReading };
            f.Step(0);
            Assert.AreEqual(1000L, f.Step(400), "early");
            Assert.IsTrue(f.IsLit);
            Assert.AreEqual(2000L, f.Step(1300), "late");
            Assert.IsFalse(f.IsLit);
            Assert.AreEqual(9000L, f.Step(8100), "very late");
            Assert.IsTrue(f.IsLit);
        }

        [TestMethod]
        public static void TheLightIsLeftAloneUntilTheFirstStep()
        {
            var f = new Fixture { Pattern = LightPattern.Reading };
            Assert.AreEqual(0, f.Switches);
        }

        [TestMethod]
        // Pairing, detail, metering.
        [DataRow(0, 0, 3, 1)]
        [DataRow(0, 11, 3, 1)]
        [DataRow(1, 0, 3, 2)]
        [DataRow(1, 0, 1, 2)]
        [DataRow(2, 0, 3, 3)]
        [DataRow(2, 0, 1, 3)]
        [DataRow(3, 0, 1, 4)]
        [DataRow(3, 0, 0, 5)]
        [DataRow(3, 0, 2, 5)]
        [DataRow(3, 0, 3, 5)]
        [DataRow(3, 0, 4, 5)]
        [DataRow(3, 0, 5, 5)]
        [DataRow(3, 0, 6, 5)]
        [DataRow(3, 0, 7, 8)]
        [DataRow(2, 0, 7, 3)]
        [DataRow(4, 4, 3, 6)]
        [DataRow(4, 2, 1, 6)]
        [DataRow(4, 1, 2, 5)]
        [DataRow(5, 12, 3, 7)]
        [DataRow(5, 13, 3, 7)]
        [DataRow(5, 14, 2, 7)]
        public static void TheStateDecidesThePattern(int pairing, int detail, int metering, int pattern)
        {
            LightPattern told = UnitLightSource.Of(
                (PairingState)pairing, (PairingDetail)detail, (MeteringState)metering);
            Assert.AreEqual(pattern, (int)told);
        }

        // One character a tenth of a second.
        private static string Thin(string watched)
        {
            var thin = new char[watched.Length / 2];
            for (int i = 0; i < thin.Length; i++)
            {
                thin[i] = watched[2 * i];
            }

            return new string(thin);
        }

        // One round of long (L, _) and short (S, .) stretches, light and dark; "" for steady light.
        private static string Rounds(string watched)
        {
            string round = "";
            int from = 0;
            for (int to = 1; to < watched.Length; to++)
            {
                if (watched[to] == watched[from])
                {
                    continue;
                }

                bool isLit = watched[from] == '#';
                bool isShort = (to - from) * Tick < Lengths;
                round += isLit ? (isShort ? "S" : "L") : (isShort ? "." : "_");
                from = to;
                if (!isLit && (!isShort || watched.IndexOf("......") < 0))
                {
                    return round;
                }
            }

            return round;
        }

        private sealed class Fixture : IIndicator, ILightSource
        {
            private readonly UnitLight _light;

            public Fixture()
            {
                _light = new UnitLight(this, this);
            }

            public LightPattern Pattern { get; set; }

            public bool IsLit { get; private set; }

            public int Switches { get; private set; }

            public void Set(bool lit)
            {
                IsLit = lit;
                Switches++;
            }

            public long Step(long now)
            {
                return _light.Step(now);
            }

            // What is seen from 0 on, a character a tick.
            public string Watch(int milliseconds)
            {
                var seen = new char[milliseconds / Tick];
                long next = 0;
                for (int i = 0; i < seen.Length; i++)
                {
                    long now = i * Tick;
                    if (now >= next)
                    {
                        next = Step(now);
                    }

                    seen[i] = IsLit ? '#' : '.';
                }

                return new string(seen);
            }
        }
    }
}
