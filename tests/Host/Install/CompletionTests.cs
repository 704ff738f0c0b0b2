using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using NanoComm.Tests.Host.Tools;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Install
{
    /// <summary>What shells complete.</summary>
    internal static class CompletionTests
    {
        private static readonly string[] Shells = ["bash", "fish", "powershell", "zsh"];

        private static string Tool => Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");

        [TestCase("nanocomm board vi", "virtual")]
        [TestCase("nanocomm board virtual --lo", "--log", "--low-supply")]
        [TestCase("nanocomm board virtual --log ", "json", "text")]
        [TestCase("nanocomm board virtual --wifi b", "bench")]
        [TestCase("nanocomm board virtual --listen ::1 --sha", "--share")]
        [TestCase("  /opt/some/nanocomm conf", "conform")]
        [TestCase("nanocomm board virtual --store ")]
        [TestCase("nanocomm nonsense")]
        [TestCase("nanocomm completion f", "fish")]
        public static void What_fits_at_the_end_of_the_line_is_offered(string line, params string[] offered)
        {
            Assert.That(Offered("bash", line), Is.EquivalentTo(offered));
        }

        [Test]
        public static void Every_command_and_option_that_is_shown_is_offered()
        {
            string[] missing = Walk("nanocomm", Program.MakeCommand()).Where(one => !Offered("bash", $"{one.Line} {one.Name[..^1]}").Contains(one.Name))
                .Select(one => $"{one.Line} {one.Name}").ToArray();
            Assert.That(Walk("nanocomm", Program.MakeCommand()).Count(), Is.GreaterThan(200), "the walk has lost its way");
            Assert.That(missing, Is.Empty);
        }

        [Test]
        public static void Shells_that_show_it_are_told_what_each_is_for()
        {
            string description = BoardVirtual().Description;
            Assert.That(Offered("fish", "nanocomm board vi").Single(), Is.EqualTo($"virtual\t{description}"));
            Assert.That(Offered("zsh", "nanocomm board vi").Single(), Is.EqualTo($"virtual:{description}"));
        }

        [Test]
        public static void A_shell_that_nobody_knows_is_one_line()
        {
            (int exitCode, _, string error) = ToolCommand.Run("completion", "tcsh");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error.TrimEnd(), Does.StartWith("nanocomm: ").And.Contain("tcsh").And.Not.Contain("\n"));
        }

        [TestCaseSource(nameof(Shells))]
        public static void Its_script_asks_the_program(string shell)
        {
            (int exitCode, string output, _) = ToolCommand.Run("completion", shell);
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain($" completion {shell} ").And.Not.Contain("virtual"), "it would know what it has to ask for");
        }

        [Test]
        [Platform("Linux")]
        public static void Bash_completes()
        {
            WorkingCopy.Need("bash", "bash");
            string says = WorkingCopy.Do("bash", "-c", $$"""
                nanocomm() { dotnet '{{Tool}}' "$@"; }
                source <(nanocomm completion bash)
                complete -p nanocomm
                COMP_LINE='nanocomm board virtual --dat and more' COMP_POINT=28 COMP_WORDS=(nanocomm board virtual --dat and more) COMP_CWORD=3
                $(complete -p nanocomm | sed 's/.*-F \([^ ]*\) .*/\1/')
                printf '<%s>\n' "${COMPREPLY[@]}"
                """);
            Assert.That(says, Is.EqualTo("complete -o default -F _nanocomm nanocomm\n<--data>\n"));
        }

        [Test]
        [Platform("Linux")]
        public static void Fish_completes()
        {
            WorkingCopy.Need("fish", "fish");
            string says = WorkingCopy.Do("fish", "-c", $$"""
                function nanocomm; dotnet '{{Tool}}' $argv; end
                nanocomm completion fish | source
                complete -C'nanocomm board vi'
                """);
            Assert.That(says, Is.EqualTo($"virtual\t{BoardVirtual().Description}\n"));
        }

        [Test]
        [Platform("Linux")]
        public static void Zsh_completes()
        {
            WorkingCopy.Need("zsh", "zsh");
            string says = WorkingCopy.Do("timeout", "60", "zsh", "-f", "-c", $$"""
                zmodload zsh/zpty
                until_it_says() { local part; while [[ $said != *$1* ]]; do zpty -r -t shell part && said+=$part || sleep 0.05; done }
                zpty shell zsh -f -i
                zpty -w shell "PS1=; autoload -Uz compinit; compinit -D; nanocomm() { dotnet '{{Tool}}' \"\$@\" }; source <(nanocomm completion zsh); echo rea''dy"
                said=; until_it_says ready
                zpty -w -n shell $'nanocomm board vi\t'
                said=; until_it_says virtual
                zpty -w -n shell $'--lo\t\t'
                until_it_says low-supply
                print -r -- $said
                zpty -d shell
                """);
            Assert.That(says, Does.Contain("nanocomm board virtual").And.Contain("--log").And.Contain("live view on a terminal"));
        }

        [Test]
        [Platform("Linux")]
        public static void PowerShell_completes()
        {
            WorkingCopy.Need("pwsh", "powershell");
            string says = WorkingCopy.Do("pwsh", "-NoProfile", "-Command", $$"""
                function nanocomm { dotnet '{{Tool}}' @args }
                nanocomm completion powershell | Out-String | Invoke-Expression
                (TabExpansion2 'nanocomm board vi' 17).CompletionMatches | ForEach-Object { "$($_.CompletionText)|$($_.ToolTip)" }
                """);
            Assert.That(says, Is.EqualTo($"virtual|{BoardVirtual().Description}\n"));
        }

        private static string[] Offered(string shell, string line)
        {
            (int exitCode, string output, string error) = ToolCommand.Run("completion", shell, line);
            Assert.That(exitCode, Is.Zero, error);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        private static Command BoardVirtual()
        {
            return Program.MakeCommand().Subcommands.Single(command => command.Name == "board").Subcommands.Single(command => command.Name == "virtual");
        }

        private static IEnumerable<(string Line, string Name)> Walk(string line, Command command)
        {
            return command.Options.Cast<Symbol>().Concat(command.Subcommands).Where(symbol => !symbol.Hidden).Select(symbol => (line, symbol.Name))
                .Concat(command.Subcommands.SelectMany(next => Walk($"{line} {next.Name}", next)));
        }
    }
}
