using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>What the programs say of a command line that is not right, and what their help says.</summary>
    internal static class WordsTests
    {
        [TestCase("there is no command 'swp': did you mean swap?", "swp")]
        [TestCase("there is no command 'lst' of 'nanocomm kms': did you mean list?", "kms", "lst")]
        [TestCase("there is no command 'xyzzy' (nanocomm --help lists the commands)", "xyzzy")]
        [TestCase("there is no option '--stroe' of 'nanocomm log': did you mean --store?", "log", "--stroe", "x")]
        [TestCase("there is no option '--jsno' of 'nanocomm kms list': did you mean --json?", "kms", "list", "--jsno")]
        [TestCase("there is no option '--ledgr' of 'nanocomm kms receipt': did you mean --ledger?", "kms", "receipt", "file", "--ledgr", "x")]
        [TestCase("'more' is one word too many of 'nanocomm log' (nanocomm log --help lists the options)", "log", "--store", "x", "more")]
        [TestCase("a command is missing (nanocomm kms --help lists the commands)", "kms")]
        [TestCase("--store is missing: give --store DIR (nanocomm log --help lists the options)", "log")]
        [TestCase("--store: DIR is missing behind it (nanocomm log --help lists the options)", "log", "--store")]
        [TestCase("FILE is missing (nanocomm kms receipt --help lists the options)", "kms", "receipt")]
        [TestCase("WHAT: 'meters' is none of tickets, orders, units", "kms", "list", "meters")]
        [TestCase("--class: 'middle' is neither low nor high", "mu", "--port", "x", "--class", "middle")]
        public static void What_is_wrong_is_told_in_one_line_and_the_help_only_where_it_helps(string says, params string[] arguments)
        {
            (int exitCode, string output, string error) = ToolCommand.Run(arguments);
            Assert.That(exitCode, Is.EqualTo(2), output);
            Assert.That(error, Is.EqualTo($"nanocomm: {says}\n"));
        }

        // Behind two hyphens alone, a word is what it is, however it begins.
        [Test]
        public static void A_file_may_be_called_like_an_option()
        {
            Assert.That(ToolCommand.Run("kms", "receipt", "--ledger", "/no/such/ledger", "--", "--file").Error, Does.Not.Contain("there is no option"));
        }

        [Test]
        public static void A_control_character_is_not_passed_on_to_the_terminal()
        {
            Assert.That(ToolCommand.Run("mu", "--port", "x", "--class", "\u001b[31mred\u0007").Error,
                Is.EqualTo("nanocomm: --class: '?[31mred?' is neither low nor high\n"));
        }

        [TestCase("there is no such port", "/no/such/port")]
        [TestCase("it is a folder", "/tmp")]
        [TestCase("it is a file, not a serial port", "/proc/version")]
        [Platform("Linux")]
        public static void What_a_serial_port_is_instead_is_told(string says, string port)
        {
            (int exitCode, _, string error) = ToolCommand.Run("mu", "--port", port);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Match($"^nanocomm: --port: the serial port {port} cannot be opened at 115200 baud: {says}; .*\n$").And.Not.Contain("denied"));
        }

        [TestCase("--data", "mu", "--tcp", "127.0.0.1:0", "--data")]
        [TestCase("--password-file", "hems", "--port", "x", "--id", "00112233445566778899AABBCCDDEEFF", "--password-file")]
        [Platform("Linux")]
        public static void A_folder_in_place_of_a_file_is_told(string option, params string[] arguments)
        {
            using var folder = new TemporaryFolder();
            (int exitCode, _, string error) = ToolCommand.Run([.. arguments, folder.Path]);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.StartWith($"nanocomm: {option}: {folder.Path}").And.Contain("is a folder").And.Not.Contain("denied"));
        }

        [Test]
        public static void The_help_shows_what_is_to_be_typed()
        {
            int seen = 0;
            foreach ((string[] words, Command command) in CommandModel.Walk(NanoComm.Virtual.Program.MakeCommand())
                .Concat(CommandModel.Walk(NanoComm.Tool.Program.MakeCommand())))
            {
                var help = new StringWriter();
                command.Parse("--help").Invoke(new InvocationConfiguration { Output = help });
                foreach (Match option in Regex.Matches(help.ToString(), @"^ .*<([a-z0-9-]+(?:\|[a-z0-9-]+)+)>.*\[default: (\S+)\]", RegexOptions.Multiline))
                {
                    seen++;
                    Assert.That(option.Groups[1].Value.Split('|'), Does.Contain(option.Groups[2].Value), option.Value);
                }
            }

            Assert.That(seen, Is.GreaterThan(5));
        }
    }
}
