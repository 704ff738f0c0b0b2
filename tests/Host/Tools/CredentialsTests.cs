using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Tool;
using QRCoder;

namespace NanoComm.Tests.Host.Tools
{
    internal static class CredentialsTests
    {
        private const string Id = "00112233445566778899AABBCCDDEEFF";
        private const string Password = "aB7k0123ZZz9";

        private static readonly RouteBCredentials Known = RouteBCredentials.Parse("--id", Id, "--password", Password);

        [Test]
        public static void What_is_made_has_the_form_and_the_strength_it_says()
        {
            const int Count = 3000;
            RouteBCredentials[] made = Enumerable.Range(0, Count).Select(_ => RouteBCredentials.Make()).ToArray();

            Assert.That(RouteBCredentials.PasswordBits, Is.EqualTo(69.7).Within(0.05));
            Assert.That(RouteBCredentials.PasswordAlphabet.Distinct().Count(), Is.EqualTo(56));
            Assert.That(made.Select(pair => pair.Id).Distinct().Count(), Is.EqualTo(Count));
            Assert.That(made.Select(pair => pair.Password).Distinct().Count(), Is.EqualTo(Count));
            AssertEven(made.Select(pair => pair.Id), "0123456789ABCDEF", RouteBCredentials.IdLength);
            AssertEven(made.Select(pair => pair.Password), RouteBCredentials.PasswordAlphabet,
                RouteBCredentials.PasswordLength);
        }

        [Test]
        public static void The_record_is_44_characters_of_ASCII_and_reads_back()
        {
            var store = new DurableStore(new MemoryFiles());
            Assert.That(RouteBCredentials.Read(store), Is.Null);
            Assert.That(Known.Write(store), Is.True);

            var record = new byte[DurableStore.MaxLength];
            int length = store.Read("route-b", record);
            Assert.That(Encoding.ASCII.GetString(record, 0, length), Is.EqualTo(Id + Password));
            Assert.That(RouteBCredentials.Read(store).IsSameAs(Known), Is.True);
        }

        [TestCase("")]
        [TestCase("00112233445566778899AABBCCDDEEFFaB7k0123ZZz")]
        [TestCase("00112233445566778899AABBCCDDEEFFaB7k0123ZZz90")]
        [TestCase("00112233445566778899AABBCCDDEEFGaB7k0123ZZz9")]
        [TestCase("00112233445566778899AABBCCDDEEFFaB7k0123ZZz-")]
        public static void A_record_that_makes_no_sense_is_none(string content)
        {
            var store = new DurableStore(new MemoryFiles());
            byte[] record = Encoding.ASCII.GetBytes(content);
            store.Write("route-b", record, record.Length);
            Assert.That(RouteBCredentials.Read(store), Is.Null);
        }

        [TestCase("0011", Password, "--id: a route-B id has 32 hexadecimal digits")]
        [TestCase("00112233445566778899AABBCCDDEEFG", Password, "32 characters, 1 of them something else")]
        [TestCase(Id, "short", "--password: a route-B password has 12 letters and digits; these are 5 characters")]
        [TestCase(Id, "aB7k0123ZZz-", "12 characters, 1 of them something else")]
        public static void What_has_not_the_form_is_refused_and_not_repeated(string id, string password, string says)
        {
            UserError error = Assert.Throws<UserError>(() => RouteBCredentials.Parse("--id", id, "--password", password));
            Assert.That(error.Message, Does.Contain(says).And.Not.Contains(id).And.Not.Contains(password));
        }

        [Test]
        public static void Groups_check_with_and_without_hyphens_and_the_id_in_either_case()
        {
            string groups = string.Join(' ', CredentialGroups.Write(Known));
            string id = string.Join(' ', CredentialGroups.Write(Known).Take(8));
            string password = string.Join('\n', CredentialGroups.Write(Known).Skip(8));
            Assert.That(CredentialGroups.Check(groups), Is.Empty);
            Assert.That(CredentialGroups.Check(groups.Replace("-", "")), Is.Empty);
            Assert.That(CredentialGroups.Check(id.ToLowerInvariant()), Is.Empty);
            Assert.That(CredentialGroups.Check(password), Is.Empty);
            Assert.That(CredentialGroups.Check(password.ToUpperInvariant()), Is.EqualTo(new[] { 9, 11 }));
        }

        [Test]
        public static void Any_wrong_character_and_any_swap_is_found_in_its_group()
        {
            const string Typed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
            string[] groups = CredentialGroups.Write(Known).Select(group => group.Replace("-", "")).ToArray();
            for (int number = 1; number <= groups.Length; number++)
            {
                string right = groups[number - 1];
                for (int i = 0; i < right.Length; i++)
                {
                    foreach (char other in Typed.Where(c => !IsSame(c, right[i], number)))
                    {
                        AssertWrong(groups, number, right[..i] + other + right[(i + 1)..]);
                    }

                    if (i > 0 && right[i] != right[i - 1])
                    {
                        AssertWrong(groups, number, right[..(i - 1)] + right[i] + right[i - 1] + right[(i + 1)..]);
                    }
                }
            }
        }

        [Test]
        public static void Groups_in_each_others_place_are_both_found()
        {
            string[] groups = CredentialGroups.Write(Known).ToArray();
            (groups[2], groups[5]) = (groups[5], groups[2]);
            Assert.That(CredentialGroups.Check(string.Join(' ', groups)), Is.EqualTo(new[] { 3, 6 }));
        }

        [TestCase("")]
        [TestCase("0011-00")]
        [TestCase("a b c d e f g h i j k l")]
        public static void Another_number_of_groups_is_refused(string groups)
        {
            Assert.That(() => CredentialGroups.Check(groups), Throws.TypeOf<UserError>().With.Message.Contains("groups"));
        }

        [Test]
        public static void The_QR_code_is_drawn_as_it_is_with_its_quiet_zone()
        {
            var code = new CredentialsQrCode(Known);
            Assert.That(code.Text, Is.EqualTo($"BROUTE:ID={Id};PW={Password};"));

            List<BitArray> wanted = QRCodeGenerator.GenerateQrCode(code.Text, QRCodeGenerator.ECCLevel.M).ModuleMatrix;
            string[] lines = code.ToLines();
            Assert.That(lines, Has.Length.EqualTo((wanted.Count + 1) / 2));
            for (int y = 0; y < wanted.Count; y++)
            {
                for (int x = 0; x < wanted.Count; x++)
                {
                    bool dark = lines[y / 2][x] is '█' || lines[y / 2][x] == (y % 2 == 0 ? '▀' : '▄');
                    bool isQuiet = x < 4 || y < 4 || x >= wanted.Count - 4 || y >= wanted.Count - 4;
                    Assert.That(dark, Is.EqualTo(wanted[y][x]), $"{x}, {y}");
                    Assert.That(dark && isQuiet, Is.False);
                }
            }

            Assert.That(code.ToPng().Take(4), Is.EqualTo("\u0089PNG".Select(c => (byte)c)));
        }

        [Test]
        public static void Credentials_of_a_unit_are_replaced_only_on_purpose()
        {
            using var folder = new TemporaryFolder();
            var store = new DurableStore(new FolderFiles(folder.Path));
            RouteBCredentials.MadeUp.Write(store);

            RouteBCredentials first = Issue(folder, false);
            Assert.That(first.IsSameAs(RouteBCredentials.MadeUp), Is.False, "the made-up pair gives way by itself");
            Assert.That(() => Issue(folder, false), Throws.TypeOf<UserError>().With.Message.Contains("--replace"));
            Assert.That(RouteBCredentials.Read(store).IsSameAs(first), Is.True);
            Assert.That(Issue(folder, true).IsSameAs(first), Is.False);
        }

        [Test]
        public static void A_picture_that_cannot_be_written_leaves_the_unit_as_it_was()
        {
            using var folder = new TemporaryFolder();
            string png = Path.Combine(folder.Path, "no such folder", "code.png");
            Assert.That(() => CredentialsSheet.Issue(folder.Path, png, false, true),
                Throws.TypeOf<UserError>().With.Message.Contains("--png"));
            Assert.That(RouteBCredentials.Read(new DurableStore(new FolderFiles(folder.Path))), Is.Null);
        }

        [Test]
        public static void A_picture_is_for_its_owner_and_not_written_over()
        {
            using var folder = new TemporaryFolder();
            string png = Path.Combine(folder.Path, "code.png");
            CredentialsSheet.Issue(null, png, false, true);
            byte[] first = File.ReadAllBytes(png);
            Assert.That(() => CredentialsSheet.Issue(null, png, false, true),
                Throws.TypeOf<UserError>().With.Message.Contains("--replace"));
            Assert.That(File.ReadAllBytes(png), Is.EqualTo(first));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(png), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        private static RouteBCredentials Issue(TemporaryFolder folder, bool replace)
        {
            CredentialsSheet.Issue(folder.Path, null, replace, true);
            return RouteBCredentials.Read(new DurableStore(new FolderFiles(folder.Path)));
        }

        private static bool IsSame(char typed, char right, int number)
        {
            return typed == right || (number <= 8 && char.ToUpperInvariant(typed) == right);
        }

        private static void AssertWrong(string[] groups, int number, string typed)
        {
            string text = string.Join(' ', groups.Select((group, i) => i == number - 1 ? typed : group));
            Assert.That(CredentialGroups.Check(text), Is.EqualTo(new[] { number }), typed);
        }

        // Chi squared of each place over the alphabet: its mean is the degrees of freedom, its deviation the root of
        // twice that; beyond nine deviations no fair source comes in a lifetime of runs.
        private static void AssertEven(IEnumerable<string> texts, string alphabet, int length)
        {
            string[] all = texts.ToArray();
            int freedom = alphabet.Length - 1;
            double expected = (double)all.Length / alphabet.Length;
            for (int place = 0; place < length; place++)
            {
                Assert.That(all.All(text => text.Length == length && alphabet.Contains(text[place])), Is.True);
                double chiSquared = alphabet
                    .Sum(c => Math.Pow(all.Count(text => text[place] == c) - expected, 2) / expected);
                Assert.That(chiSquared, Is.LessThan(freedom + (9 * Math.Sqrt(2.0 * freedom))), $"place {place}");
            }
        }
    }
}
