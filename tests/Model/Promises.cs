using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Model
{
    /// <summary>What the tests ask of a search.</summary>
    internal static class Promises
    {
        private static readonly string[] ReachedElsewhere = ["without(", "quiet", "assert(", "goto end"];

        /// <summary>Skips the test where the programs are missing that it needs.</summary>
        public static void NeedSpin()
        {
            if (Spin.Missing != null)
            {
                Assert.Ignore(Spin.Missing);
            }
        }

        /// <summary>Removes those that were made.</summary>
        /// <param name="verifiers">All of them.</param>
        public static void Clean(params Lazy<Verifier>[] verifiers)
        {
            foreach (Lazy<Verifier> verifier in verifiers.Where(candidate => candidate.IsValueCreated))
            {
                verifier.Value.Dispose();
            }
        }

        /// <summary>Every state was searched, and nothing found.</summary>
        /// <param name="result">Of the search.</param>
        /// <param name="states">A model that lost most of its states would hold as well: at least so many.</param>
        public static void Hold(SearchResult result, int states = 50_000)
        {
            TestContext.Out.WriteLine(result);
            Assert.That(result.Violation, Is.Null, result.Text);
            Assert.That(result.Errors, Is.Zero, result.Text);
            Assert.That(result.IsComplete, result.Text);
            Assert.That(result.States, Is.GreaterThan(states));
        }

        /// <summary>The search found this.</summary>
        /// <param name="result">Of the search.</param>
        /// <param name="property">Part of what does not hold, as the verifier writes it.</param>
        public static void Break(SearchResult result, string property)
        {
            TestContext.Out.WriteLine($"{result.Violation}: after {result}");
            Assert.That(result.Errors, Is.EqualTo(1), result.Text);
            Assert.That(result.Violation, Does.Contain(property));
        }

        /// <summary>Some run came to every statement, but those that need a rule taken away or the end of faults.</summary>
        /// <param name="verifier">Has the model.</param>
        /// <param name="result">Of its search.</param>
        public static void ReachEveryStatement(Verifier verifier, SearchResult result)
        {
            string[] model = File.ReadAllLines(verifier.Model);
            string[] unreached =
            [
                .. result.Unreached.Where(statement => !ReachedElsewhere.Any(word => model[statement - 1].Contains(word)))
                    .Select(statement => $"{statement}: {model[statement - 1]}"),
            ];
            Assert.That(unreached, Is.Empty);
        }
    }
}
