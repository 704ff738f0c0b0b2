using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Hal.Host;
using NanoComm.Hems;
using NanoComm.Records;
using NanoComm.Simulators.WiSun;
using NanoComm.WiSun;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A terminal may join from SKSTART on, while the unit is not yet done with the start of its module: a
    /// controller that was there before the power came back does.</summary>
    [Parallelizable]
    internal static class WiSunStartTests
    {
        private const int PowerUps = 150;

        private static readonly Dictionary<string, Action<ModuleFaults>> FromTheStart = new()
        {
            ["no fault"] = _ => { },
            ["OK lost"] = faults => faults.LosesOk = 0.3,
            ["OK late"] = faults => faults.DelaysOk = 1500,
            ["lines split"] = faults => faults.SplitsLines = 1,
            ["lines cut"] = faults => faults.TruncatesLines = 0.02,
        };

        private static IEnumerable<string> Faults => FromTheStart.Keys;

        [TestCaseSource(nameof(Faults))]
        public static void No_join_is_missed_at_a_power_up(string fault)
        {
            var missed = new List<int>();
            var slow = new List<long>();
            for (int seed = 1; seed <= PowerUps; seed++)
            {
                using WiSunHome home = new(seed, files: FilesWithPlan());
                FromTheStart[fault](home.Module.Faults);
                home.Unit.Unit.Start();
                home.Run(seed * 130);
                home.Hems.Start();
                home.RunUntil(() => home.Hems.State == HemsState.Joined, home.Now + Minutes(3));
                long joined = home.Now;

                // Where the very line is lost that tells of the join, the terminal is told to join once more, and asks
                // again.
                bool isAnswered = home.Get(Epc.NormalEnergy) != null
                    || (fault == "lines cut" && home.Get(Epc.NormalEnergy) != null);
                slow.Add(home.Now - joined);
                if (!home.Coordinator.Port.IsJoined || !isAnswered || home.Coordinator.ModuleRestarts > 0)
                {
                    missed.Add(seed);
                }
            }

            TestContext.Out.WriteLine($"{fault}: {missed.Count} of {PowerUps} missed; first answer after "
                + $"{slow.Average():0} ms on average, {slow.Max()} ms at most");
            Assert.That(missed, Is.Empty, "power-ups at which the terminal was in a session and the unit did not know");
        }

        private static MemoryFiles FilesWithPlan()
        {
            var files = new MemoryFiles();
            new DurableStore(files).Write(ChannelPlan.Record, [0x3C, 0x12, 0x34], 3);
            return files;
        }
    }
}
