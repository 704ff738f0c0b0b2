using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Assertions over findings; a failure shows every finding on a line of its own.</summary>
    internal static class Refused
    {
        /// <summary>Nothing is refused.</summary>
        public static void Nothing(IEnumerable<Finding> findings)
        {
            List<Finding> list = findings.ToList();
            if (list.Count > 0)
            {
                Assert.Fail($"{list.Count} refused:\n{string.Join('\n', list)}");
            }
        }

        /// <summary>Something is refused, all of it at one place, and one finding has this code and says this.</summary>
        /// <param name="findings">What a check found.</param>
        /// <param name="place">How every place begins.</param>
        /// <param name="code">The rule.</param>
        /// <param name="says">Part of the message.</param>
        public static void Exactly(IEnumerable<Finding> findings, string place, string code, string says)
        {
            List<Finding> list = findings.ToList();
            string all = $"found:\n{string.Join('\n', list)}";
            Assert.That(list.Where(finding => !finding.Place.StartsWith(place)), Is.Empty, $"all at {place}; {all}");
            Assert.That(list.Any(finding => finding.Code == code && finding.Message.Contains(says)), Is.True,
                $"expected {code} … {says}; {all}");
        }
    }
}
