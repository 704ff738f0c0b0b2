using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.PowerPlanning;
using NanoComm.Tests.Host.Install;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Power
{
    /// <summary>No board gets through the build that does not declare its power, or can exceed its share (R29, R30).</summary>
    internal static class BoardPowerTests
    {
        private static readonly string Folder = WorkingCopy.PathOf("boards");

        private static IEnumerable<string> Boards => PowerBoard.All.Select(board => board.Name);

        private static IEnumerable<string> Programs => Directory.GetDirectories(Folder)
            .Where(folder => Directory.GetFiles(folder, "*.nfproj").Concat(Directory.GetFiles(folder, "*.csproj")).Any())
            .Select(Path.GetFileName);

        [TestCaseSource(nameof(Programs))]
        public static void A_board_declares_its_power(string folder)
        {
            Assert.That(Boards, Does.Contain(folder),
                $"boards/{folder} has a program and no power figures: declare them in {folder}Power.cs");
        }

        [TestCaseSource(nameof(Boards))]
        public static void A_board_keeps_within_its_share(string name)
        {
            PowerBoard board = PowerBoard.All.Single(each => each.Name == name);

            IReadOnlyList<PowerFault> faults = PowerCheck.Find(new PowerDeclaration(board.Declare));

            Assert.That(faults, Is.Empty, $"boards/{name}: {string.Join("; ", faults)}");
        }

        [TestCaseSource(nameof(Boards))]
        public static void A_board_that_is_declared_is_there(string name)
        {
            Assert.That(Directory.Exists(Path.Combine(Folder, name.Split('.')[0])), Is.True);
        }
    }
}
