using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>What people and scripts type where something else is wanted, and the folder in which it is tried: good files for the
    /// rest of a command line lie there.</summary>
    internal sealed class WrongValues : IDisposable
    {
        private const int VeryLong = 5000;
        private const string Folder = "a-folder";
        private const string Locked = "locked";
        private const string Full = "full";

        private readonly TemporaryFolder _folder = new();

        public WrongValues()
        {
            foreach (string name in new[] { Folder, "store", "boards" })
            {
                Directory.CreateDirectory(PathOf(name));
            }

            Write("password", "ABCDEFabcdef\n");
            Write("keys.json", "[{\"title\":\"4E434D0000000001\",\"kind\":\"mu\",\"utility_title\":\"4E43550000000001\","
                + "\"utility_guek\":\"00112233445566778899AABBCCDDEEFF\",\"utility_gak\":\"00112233445566778899AABBCCDDEEFF\"}]");
            Write("log.txt", "01:23:45.678 metering: reading the metering unit\n");
            Write("titles.csv", "title\n4E434D0000000001\n");
            foreach (string name in new[] { "noise", "flash.bin", "lot", "ticket.nct" })
            {
                var noise = new byte[4096];
                new Random(name.Length).NextBytes(noise);
                File.WriteAllBytes(PathOf(name), noise);
            }

            Write(Locked, "");
            if (!OperatingSystem.IsWindows())
            {
                File.CreateSymbolicLink(PathOf(Full), "/dev/full");
                File.SetUnixFileMode(PathOf(Locked), UnixFileMode.None);
            }
        }

        /// <summary>Where command lines run.</summary>
        public string Path => _folder.Path;

        /// <summary>The values. None of them is what an option wants, though some are what some options take; and none leads out of the
        /// folder, as some options write.</summary>
        public static IReadOnlyList<string> All { get; } =
        [
            "", " ", "10s", "abc", "-1", "0", "1e400", "NaN", "99999999999999999999", "1.5", ":", "127.0.0.1:99999", Folder, ".",
            Full, "no/such/file", Locked, "noise", "log.txt/below", "\u0001\u001b[31m\u007f\t", "\r\n", "計量", "'\"$(;&|",
            "@no/such/file", "--", "--help-me", new string('x', VeryLong),
        ];

        public void Dispose() => _folder.Dispose();

        private string PathOf(string name) => System.IO.Path.Combine(Path, name);

        private void Write(string name, string text) => File.WriteAllText(PathOf(name), text, Encoding.ASCII);
    }
}
