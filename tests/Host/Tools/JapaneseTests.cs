using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>swap, hems and board log as a Japanese user sees them.</summary>
    [NonParallelizable]
    [Platform(Exclude = "Win")]
    internal sealed class JapaneseTests
    {
        private const string Unit = "4E43430000000003";

        private static readonly Dictionary<string, string> Japanese = new() { ["LC_ALL"] = "ja_JP.UTF-8", ["COLUMNS"] = "76" };

        // Three words of English in a row are a sentence that nobody has translated; names of commands and programs are fewer.
        private static readonly Regex English = new(@"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b");

        private string _folder;

        [SetUp]
        public void SetUp() => _folder = Directory.CreateTempSubdirectory("japanese").FullName;

        [TearDown]
        public void TearDown()
        {
            Words.Speak(Language.English);
            Directory.Delete(_folder, recursive: true);
        }

        [TestCase("swap", "--help")]
        [TestCase("hems", "--help")]
        [TestCase("board", "log", "--help")]
        public void The_help_is_Japanese_the_library_s_words_too(params string[] arguments)
        {
            (int exitCode, string output, string error) = Run(arguments);
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.StartWith("説明:").And.Contain("使い方:").And.Contain("[オプション]").And.Contain("ヘルプと使い方"));
            Assert.That(English.Matches(output.Replace("board log", "", StringComparison.Ordinal)).Select(match => match.Value), Is.Empty);
        }

        [TestCase("--ticket がありません。--ticket FILE を指定してください（オプションの一覧は ", "swap", "--store", "x")]
        [TestCase("'nonsense' は余分です", "swap", "--ticket", "x", "--store", "x", "nonsense")]
        [TestCase("--store と --port のどちらか一方", "swap", "--ticket", "x")]
        [TestCase("--timeout: '0' は 1 から 3600 までの整数ではありません", "swap", "--ticket", "x", "--store", "x", "--timeout", "0")]
        [TestCase("16 進 16 桁のシステムタイトルではありません", "swap", "--ticket", "x", "--store", "x", "--mu", "1")]
        [TestCase("ファイル '", "swap", "--ticket", "x.nct", "--store", "x")]
        [TestCase("'fr' は en, ja のいずれでもありません", "swap", "--ticket", "x", "--store", "x", "--lang", "fr")]
        [TestCase("--port、--id、--password-file", "hems")]
        [TestCase("IP アドレスではありません", "hems", "--ip", "x")]
        [TestCase("--port: /no/port がありません。このコンピュータ", "board", "log", "--port", "/no/port")]
        [TestCase("ファイル '", "board", "log", "--from", "no.log")]
        public void An_error_is_one_line_of_Japanese_and_exit_code_2(string text, params string[] arguments)
        {
            (int exitCode, string output, string error) = Run(arguments);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(error, Does.Match(@"^nanocomm: .*\n$").And.Contain(text));
            Assert.That(English.IsMatch(error), Is.False, error);
        }

        [Test]
        public void A_log_is_explained_in_Japanese_and_stays_as_the_unit_said_it()
        {
            File.WriteAllLines(Path.Combine(_folder, "l.txt"),
            [
                "120 I main: firmware image ESP32 1.17", "4000 W pairing: the ticket was not accepted: it has expired; trying again",
                "600 W memory: managed 1024 free; internal 102400 of 204800 free, largest block 65536", "rst:0x1 (POWERON_RESET),boot:0x13",
            ]);
            (int exitCode, string output, string error) = Run("board", "log", "--from", "l.txt");
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("the ticket was not accepted: it has expired; trying again（コード 4）").And.Contain("チケットの有効期限が切れています。")
                .And.Contain("通信部が起動します").And.Contain("プログラム用の空き 1 kB").And.Contain("電源が入ったか"));
        }

        [Test]
        public void What_a_program_reads_is_the_same_in_either_language()
        {
            File.WriteAllText(Path.Combine(_folder, "l.txt"), "4000 W pairing: the ticket was not accepted: it has expired; trying again\n");
            string[] command = ["board", "log", "--from", "l.txt", "--json"];
            string english = ToolCommand.Run(_folder, new Dictionary<string, string>(), command).Output;
            Assert.That(english, Does.Contain("The ticket has expired."));
            Assert.That(Run([.. command, "--lang", "ja"]).Output, Is.EqualTo(english));
        }

        [Test]
        public void A_terminal_that_cannot_show_it_gets_English_and_a_word_about_it()
        {
            var latin = new Dictionary<string, string> { ["LC_ALL"] = "C" };
            (int exitCode, string output, string error) = ToolCommand.Run(_folder, latin, "swap", "--help", "--lang", "ja");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.StartWith("Description:"));
            Assert.That(error, Does.Match("^warning: --lang ja: .*\n$"));
            Assert.That(ToolCommand.Run(_folder, latin, "swap", "--help").Error, Is.Empty);
        }

        [Test]
        public void Other_commands_are_English_in_any_case()
        {
            Assert.That(Run("kms", "--help").Output, Does.StartWith("Description:"));
            Assert.That(Run("--help").Output, Does.StartWith("Description:"));
        }

        [Test]
        public void A_swap_on_a_board_is_told_in_columns_that_stand()
        {
            var nanoff = new FakeNanoff(_folder);
            File.WriteAllBytes(Path.Combine(_folder, "t.nct"), Keys.PairingVectors.Get("ticket file"));
            var environment = new Dictionary<string, string>(nanoff.Environment) { ["LC_ALL"] = "ja_JP.UTF-8", ["COLUMNS"] = "76" };
            (int exitCode, string output, string error) = ToolCommand.Run(_folder, environment,
                "swap", "--ticket", "t.nct", "--port", "ttyTEST", "--unit", Unit, "--yes");
            Assert.That(exitCode, Is.EqualTo(3), output + error);
            string[] lines = output.Split('\n');
            Assert.That(lines.Select(Cells.Width), Is.All.LessThanOrEqualTo(76));
            string[] table = lines.Where(line => line.StartsWith('│')).ToArray();
            Assert.That(table.Select(Cells.Width).Distinct().Count(), Is.EqualTo(1), "every row ends at the same cell");
            Assert.That(table.Select(line => Cells.Width(line[..(line.IndexOf('│', 1) + 1)])).Distinct().Count(), Is.EqualTo(1), "so does its first column");
            Assert.That(output, Does.Contain("計量部        4E").And.Contain("通信部        " + Unit).And.Contain("表示灯"));
            Assert.That(English.Matches(output).Select(match => match.Value).Except(["nanocomm board read"]), Is.Empty);
        }

        [TestCase("a.nca has no ticket for the meter 01 and the unit 02: its ticket for that meter is for the unit 03",
            "a.nca に計量部 01 と通信部 02 のチケットはありません。その計量部のチケットは通信部 03 用です")]
        [TestCase("a.nca has no ticket for the unit 02", "a.nca に通信部 02 のチケットはありません")]
        [TestCase("the module at /dev/x refuses SKSREG (FAIL ER06): look at the module and its firmware; the meter has no part in this",
            "/dev/x のモジュールが SKSREG を拒否しました（FAIL ER06）。モジュールとそのファームウェアを確認してください。メータは関係ありません")]
        [TestCase("the folder /x for the unit's records cannot be made: Access to the path '/x' is denied. Choose a folder that this user may write",
            "通信部の記録フォルダ /x を作れません: パス '/x' へのアクセス権がありません。この利用者が書き込めるフォルダを選んでください")]
        [TestCase("others can read what is in /x (mode 755), such as a (mode 644): shut them out with chmod -R go= /x",
            "他の利用者が内容を読めます: /x（モード 755、例 a（モード 644））。chmod -R go= /x で閉じてください")]
        [TestCase("nobody has translated this", "nobody has translated this")]
        public void What_a_room_below_says_is_found_by_its_form(string english, string japanese)
        {
            Words.Speak(Language.Japanese);
            Assert.That(Words.OfOther(english), Is.EqualTo(japanese));
            Words.Speak(Language.English);
            Assert.That(Words.OfOther(english), Is.EqualTo(english));
        }

        [Test]
        public void A_text_with_holes_is_found_by_its_format()
        {
            Words.Speak(Language.Japanese);
            Assert.That(Words.Of($"{0x028801:X6}, {32} properties to read, {4} to set; {"x"}"), Is.EqualTo("028801、読出し可 32、書込み可 4 プロパティ。x"));
            Assert.That(Words.Of($"{{not}} {1} in the {"table"}"), Is.EqualTo("{not} 1 in the table"));
        }

        private (int ExitCode, string Output, string Error) Run(params string[] arguments) => ToolCommand.Run(_folder, Japanese, arguments);
    }
}
