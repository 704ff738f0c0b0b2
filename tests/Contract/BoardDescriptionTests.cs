using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>What a board's folder says in board.json, which is what is flashed, is what its project, its page and its code
    /// say.</summary>
    public static class BoardDescriptionTests
    {
        private static readonly string[] Fields = { "chip", "flashMegabytes", "image", "product", "program", "revision" };

        private static IEnumerable<string> Boards => Device.Build.Projects
            .Where(project => project.IsProgram && project.Name.StartsWith("boards/")).Select(project => Path.GetDirectoryName(project.Name));

        [TestCaseSource(nameof(Boards))]
        public static void Board_json_says_what_the_board_is(string folder)
        {
            Dictionary<string, JsonElement> board = JsonDocument.Parse(Text(folder, "board.json")).RootElement.EnumerateObject()
                .ToDictionary(field => field.Name, field => field.Value);
            Assert.That(board.Keys, Is.EquivalentTo(Fields));

            string image = board["image"].GetString();
            string program = board["program"].GetString();
            string product = board["product"].GetString();
            string page = Text(folder, "README.md");
            Assert.That(page, Does.Contain($"Image **{image}**").And.Contain($"--target {image} ").And.Contain($"bin/Release/{program}.bin"));
            Assert.That(page, Does.Contain($"`{product}`"));
            Assert.That(File.Exists(Path.Combine(Repository.Here.Absolute(folder), program + ".nfproj")), $"{program}.nfproj");
            Assert.That(Text(folder, program + ".nfproj"), Does.Contain($"<AssemblyName>{program}</AssemblyName>"));
            Assert.That(Repository.Here.Files(folder, ".cs").Select(File.ReadAllText).Count(code => code.Contains($"\"{product}\"")), Is.EqualTo(1));
            Assert.That(board["revision"].GetInt32(), Is.InRange(0, 9));
            Assert.That(board["flashMegabytes"].GetInt32(), Is.AnyOf(2, 4, 8, 16, 32));
        }

        [Test]
        public static void Both_boards_are_found()
        {
            Assert.That(Boards, Is.SupersetOf(new[] { "boards/Esp32Ethernet", "boards/Esp32RouteB" }));
        }

        private static string Text(string folder, string file)
        {
            return File.ReadAllText(Path.Combine(Repository.Here.Absolute(folder), file));
        }
    }
}
