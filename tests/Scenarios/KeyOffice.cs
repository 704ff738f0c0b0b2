using System;
using System.IO;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A folder for one rehearsal with the programs: the key office's ledger, and what they hand to each
    /// other.</summary>
    internal abstract class KeyOffice
    {
        private string _folder;

        [SetUp]
        public void SetUp()
        {
            _folder = Directory.CreateTempSubdirectory("rehearsal").FullName;
            File.WriteAllText(In("passphrase"), "the rehearsal's passphrase\n");
        }

        [TearDown]
        public void TearDown()
        {
            Directory.Delete(_folder, recursive: true);
        }

        protected static string Address(string line)
        {
            string rest = line[(line.IndexOf("127.0.0.1:", StringComparison.Ordinal))..];
            return rest[..rest.IndexOfAny([';', ' ', ','])];
        }

        protected static void Says(string said, string text)
        {
            Assert.That(said, Does.Contain(text));
        }

        /// <summary>Runs nanocomm to its end.</summary>
        /// <returns>What it said, errors last.</returns>
        protected static string Run(int exitCode, params string[] arguments)
        {
            using var program = new NanocommProgram(arguments);
            (int code, string[] output, string[] error) = program.End();
            string said = string.Join('\n', [.. output, .. error]);
            Assert.That(code, Is.EqualTo(exitCode), $"{string.Join(' ', arguments)}\n{said}");
            return said;
        }

        protected string In(string file) => Path.Combine(_folder, file);

        protected string Kms(string command, params string[] arguments)
        {
            return Run(0,
                ["kms", command, .. arguments, "--ledger", In("office.ledger"), "--passphrase-file", In("passphrase")]);
        }
    }
}
