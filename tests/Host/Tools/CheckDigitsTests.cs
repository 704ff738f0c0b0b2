using System.Linq;
using NanoComm.CommandLine;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    internal static class CheckDigitsTests
    {
        private const string Everything = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

        private static readonly string[] Samples = ["0000", "0001", "3F2A", "zzzz", "aB7k", "Z9z0"];

        // By the standard the number with its check digits leaves 1 when divided by 97: 010315021032 = 97 × 106340423 + 1.
        [TestCase(1, "3F2A", "32")]
        [TestCase(9, "aB7k", "26")]
        [TestCase(11, "0000", "44")]
        public static void They_are_those_of_mod_97_10(int number, string group, string digits)
        {
            Assert.That(CheckDigits.Of(number, group), Is.EqualTo(digits));
        }

        [Test]
        public static void Any_wrong_character_shows([Values(1, 8, 11)] int number)
        {
            foreach (string group in Samples)
            {
                string right = CheckDigits.Of(number, group);
                for (int i = 0; i < group.Length; i++)
                {
                    foreach (char other in Everything.Where(c => c != group[i]))
                    {
                        string wrong = group[..i] + other + group[(i + 1)..];
                        Assert.That(CheckDigits.Of(number, wrong), Is.Not.EqualTo(right), $"{group} as {wrong}");
                    }
                }
            }
        }

        [Test]
        public static void Any_two_neighbours_swapped_show()
        {
            foreach (char a in Everything)
            {
                foreach (char b in Everything.Where(c => c != a))
                {
                    for (int i = 0; i < 3; i++)
                    {
                        string group = "k7".Insert(i > 1 ? 2 : i, $"{a}{b}");
                        string swapped = "k7".Insert(i > 1 ? 2 : i, $"{b}{a}");
                        Assert.That(CheckDigits.Of(3, swapped), Is.Not.EqualTo(CheckDigits.Of(3, group)), group);
                    }
                }
            }
        }

        [Test]
        public static void A_group_in_another_ones_place_shows()
        {
            foreach (string group in Samples)
            {
                string[] digits = Enumerable.Range(1, 11).Select(number => CheckDigits.Of(number, group)).ToArray();
                Assert.That(digits.Distinct().Count(), Is.EqualTo(digits.Length), group);
            }
        }
    }
}
