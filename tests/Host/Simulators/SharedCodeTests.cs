using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NanoComm.Hems;
using NanoComm.Keys;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Simulators
{
    /// <summary>What the firmware is checked against shares no code with it, as compiled.</summary>
    [TestFixture]
    public sealed class SharedCodeTests
    {
        private const string Ours = "NanoComm.";

        // The controller is another oracle, and knows nobody.
        [TestCase(typeof(SimulatedMeteringUnit), "NanoComm.Hal", "NanoComm.Hal.Host", "NanoComm.Hems")]
        [TestCase(typeof(Ledger), "NanoComm.Hal", "NanoComm.Hal.Host")]
        [TestCase(typeof(HemsController))]
        public void AnOracleKnowsHalAndNothingElseOfTheHouse(Type oracle, params string[] known)
        {
            Assert.That(Known(oracle.Assembly), Is.EquivalentTo(known));
        }

        private static HashSet<string> Known(Assembly assembly)
        {
            var known = new HashSet<string>();
            var left = new Stack<Assembly>([assembly]);
            while (left.TryPop(out Assembly next))
            {
                foreach (AssemblyName name in next.GetReferencedAssemblies()
                    .Where(name => name.Name.StartsWith(Ours, StringComparison.Ordinal) && known.Add(name.Name)))
                {
                    left.Push(Assembly.Load(name));
                }
            }

            return known;
        }
    }
}
