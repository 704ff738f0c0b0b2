using System.Diagnostics;
using System.IO;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A folder as a working copy of the repository, with the repository's own list of what is no part of it.</summary>
    internal static class WorkingCopy
    {
        private const string Ignored = ".gitignore";

        /// <summary>Fails the test where git would see something new in a folder.</summary>
        /// <param name="folder">The folder; it is a working copy afterwards.</param>
        /// <param name="besides">What the test itself has put there.</param>
        public static void AssertNothingIsNew(string folder, string besides)
        {
            File.Copy(Path.Combine(TestContext.CurrentContext.TestDirectory, "gitignore"), Path.Combine(folder, Ignored));
            Git(folder, "init", "--quiet");
            File.WriteAllText(Path.Combine(folder, ".git", "info", "exclude"), $"{Ignored}\n{besides}\n");
            Assert.That(Git(folder, "status", "--porcelain", "--untracked-files=all"), Is.Empty, "what a page's commands leave goes into .gitignore");
        }

        private static string Git(string folder, params string[] command)
        {
            using Process git = Process.Start(new ProcessStartInfo("git", ["-c", "core.excludesFile=/dev/null", .. command])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            });
            string said = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            Assert.That(git.ExitCode, Is.Zero, said);
            return said;
        }
    }
}
