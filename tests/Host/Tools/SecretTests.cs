using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>No secret is taken from the command line but with a warning: over every option of every program, and for those
    /// that once took one.</summary>
    internal static class SecretTests
    {
        private const string Id = "00112233445566778899AABBCCDDEEFF";
        private const string Password = "ABCDEFabcdef";
        private const string Title = "TITLE";
        private const string Variable = "NANOCOMM_ROUTE_B_PASSWORD";

        // Texts that name something, choose something, or are told to everybody. A route-B id is one of them: a meter tells it
        // to whoever is in session (C0).
        private static readonly string[] Names =
        [
            "--access-point", "--address", "--after", "--broker-user", "--discovery", "--dongle", "--enclosure", "--hardware", "--id", "--like",
            "--lot-name", "--meter", "--name", "--only", "--route-b-id", "--scenario", "--serial", "--ssid", "--state", "--tcp", "--ticket",
            "--topic", "--trx", "--utility-tcp", "--wifi-address", "--wifi-network", "--with", "--without", "--wrapper", "BOARD", "FILE",
            "LINE", "MINUTES", "NAME", "WHAT",
        ];

        private static readonly Regex Secret = new("password|passphrase|secret|credential|\\bkeys?\\b|guek|gak|\\bpin\\b",
            RegexOptions.IgnoreCase);

        private static readonly Regex Choice = new("^[a-z0-9-]+(\\|[a-z0-9-]+)+$");

        private static IEnumerable<(string Where, Symbol Symbol)> Symbols =>
            CommandModel.Walk(NanoComm.Tool.Program.MakeCommand(), "nanocomm")
                .Concat(CommandModel.Walk(NanoComm.Virtual.Program.MakeCommand(), "nanocomm-virtual"))
                .SelectMany(one => one.Command.Options.Cast<Symbol>().Concat(one.Command.Arguments)
                    .Select(symbol => (string.Join(' ', one.Words), symbol)));

        [Test]
        public static void No_option_of_any_program_takes_a_secret_without_a_warning()
        {
            List<(string Where, Symbol Symbol)> all = Symbols.ToList();
            Assert.That(all, Has.Count.GreaterThan(200), "the walk has lost its way");
            Assert.That(all.Where(one => !IsSafe(one.Symbol)).Select(one => $"{one.Where} {one.Symbol.Name}"), Is.Empty,
                "each may take a secret: make it a SecretOption, or an OpenSecret, which warns; a name that tells nothing goes into Names");
        }

        [TestCase("--password")]
        [TestCase("--pair")]
        [TestCase("--note")]
        public static void A_text_that_nobody_has_looked_at_is_found(string name)
        {
            Assert.That(IsSafe(new Option<string>(name)), Is.False);
        }

        [TestCase("--state", "The network's passphrase.")]
        [TestCase("--id", "Id, or the KEK, the key of the meter.")]
        public static void A_secret_under_a_name_that_is_known_is_found(string name, string description)
        {
            Assert.That(IsSafe(new Option<string>(name) { Description = description }), Is.False);
        }

        [Test]
        public static void What_was_once_taken_in_the_open_is_taken_with_one_line_of_warning()
        {
            (int exitCode, _, string error) = Controller([], "--password", Password);
            string[] lines = error.TrimEnd().Split('\n');
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(lines, Has.Length.EqualTo(2), error);
            Assert.That(lines[0], Does.Match("^warning: --password: everybody .* give --password-file FILE, or set " + Variable));
            Assert.That(lines[1], Does.Contain("/no/such/port cannot be opened"));
            Assert.That(error, Does.Not.Contain(Password));
        }

        [Test]
        public static void A_password_comes_from_a_file_or_the_environment_without_a_word()
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, "password");
            using (FileStream stream = OwnerOnly.Create(file))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(Password + "\r\nmore\n"));
            }

            foreach ((int exitCode, _, string error) in new[]
            {
                Controller([], "--password-file", file),
                Controller(new Dictionary<string, string> { [Variable] = Password }),
            })
            {
                Assert.That(exitCode, Is.EqualTo(2));
                Assert.That(error, Does.Match("^nanocomm: --port: the serial port /no/such/port cannot be opened").And.Not.Contain(Password));
            }
        }

        [TestCase("no route-B password: give --password-file FILE or NANOCOMM_ROUTE_B_PASSWORD")]
        [TestCase("--password-file: ", "--password-file", "/no/such/file")]
        [TestCase("--password: give --password-file alone", "--password-file", "x", "--password", "y")]
        public static void A_password_that_is_not_to_be_had_is_one_line(string says, params string[] options)
        {
            (int exitCode, _, string error) = Controller(new Dictionary<string, string> { [Variable] = "" }, options);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.StartWith("nanocomm: " + says));
        }

        [Test]
        public static void A_password_of_the_environment_that_is_none_is_told_by_its_name()
        {
            Assert.That(Controller(new Dictionary<string, string> { [Variable] = "short" }).Error,
                Does.StartWith($"nanocomm: {Variable}: a route-B password has 12 letters and digits"));
        }

        [Test]
        public static void Groups_are_checked_in_the_open_with_a_warning()
        {
            (int exitCode, _, string error) = ToolCommand.Run("credentials", "--check", "0011-23");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.StartWith("warning: --check: everybody"));
        }

        private static (int ExitCode, string Output, string Error) Controller(Dictionary<string, string> environment,
            params string[] options)
        {
            return ToolCommand.Run(TestContext.CurrentContext.WorkDirectory, environment,
                ["hems", "--port", "/no/such/port", "--id", Id, .. options]);
        }

        private static bool IsSafe(Symbol symbol)
        {
            (Type type, string helpName) = symbol is Option option ? (option.ValueType, option.HelpName)
                : (((Argument)symbol).ValueType, ((Argument)symbol).HelpName);
            bool isText = type == typeof(string) || type == typeof(string[]) || type == typeof(byte[]);
            return !isText || symbol is PathOption or OpenSecret
                || helpName == Title || Choice.IsMatch(helpName ?? "")
                || (Names.Contains(symbol.Name) && !Secret.IsMatch(symbol.Description ?? ""));
        }
    }
}
