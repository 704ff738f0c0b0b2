using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>docs/update.md and docs/porting.md name the versions and images that are used.</summary>
    public static class UpdatePageTests
    {
        private static readonly Regex Version = new(@"<NF_(?<name>\w+)>(?<version>[\d.]+)</NF_");
        private static readonly Regex Row = new(@"^\| (?<name>nanoFramework\.[\w.]+) \| (?<version>[\d.]+) \|", RegexOptions.Multiline);
        private static readonly Regex Target = new(@"--target (?<image>(?!IMAGE\b)\w+)");

        [Test]
        public static void Packages_have_the_versions_of_the_version_file()
        {
            IEnumerable<string> pinned = Version.Matches(Read("nanoFramework.Packages.props"))
                .Select(match => $"nanoFramework.{match.Groups["name"].Value.Replace('_', '.')} {match.Groups["version"].Value}");
            Assert.That(Row.Matches(Read("docs/update.md")).Select(row => $"{row.Groups["name"].Value} {row.Groups["version"].Value}"),
                Is.EqualTo(pinned));
        }

        [Test]
        public static void Every_image_that_a_board_is_flashed_with_is_on_the_page_of_boards()
        {
            string page = Read("docs/porting.md");
            IEnumerable<string> images = Repository.Here.Files("boards", "README.md")
                .SelectMany(readme => Target.Matches(File.ReadAllText(readme)).Select(match => match.Groups["image"].Value)).Distinct();
            Assert.That(images.Where(image => !page.Contains($"`{image}`")), Is.Empty);
        }

        private static string Read(string path) => File.ReadAllText(Repository.Here.Absolute(path));
    }
}
