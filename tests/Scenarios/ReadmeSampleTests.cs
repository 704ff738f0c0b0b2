using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The README's samples, run as they stand there against the virtual board.</summary>
    [Platform("Linux")]
    [Parallelizable]
    internal static class ReadmeSampleTests
    {
        private const string Fence = "```";
        private const string Board = "127.0.0.58";
        private const string Reader = "127.0.0.59";

        [TestCase("low", "028801", "^1081000102880105FF017203E704[0-9A-F]{8}E004[0-9A-F]{8}E304[0-9A-F]{8}$")]
        [TestCase("high", "028F01", @"^normal \d+\.\d{4} kWh, reverse \d+\.\d{4} kWh, power -?\d+ W$")]
        public static void A_sample_prints_what_it_says(string meterClass, string eoj, string prints)
        {
            string sample = Samples().Single(text => text.Contains($"\"{eoj}\"", StringComparison.Ordinal));
            Assert.That(sample, Does.Contain("127.0.0.1").And.Contain("127.0.0.2"));
            string folder = Directory.CreateTempSubdirectory("nanocomm-").FullName;
            try
            {
                // Addresses of their own: another board may hold those of the README.
                string file = Path.Combine(folder, "sample.cs");
                File.WriteAllText(file, "#:property TreatWarningsAsErrors=true\n#:property UseAppHost=false\n"
                    + sample.Replace("127.0.0.1\"", Reader + "\"", StringComparison.Ordinal)
                        .Replace("127.0.0.2\"", Board + "\"", StringComparison.Ordinal));
                using var board = new VirtualBoardProgram("--class", meterClass, "--listen", Board);
                board.WaitFor("reading  ");
                Assert.That(Run(file).TrimEnd(), Does.Match(prints));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static string[] Samples()
        {
            return File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).Split(Fence + "csharp\n").Skip(1)
                .Select(text => text[..text.IndexOf(Fence, StringComparison.Ordinal)]).ToArray();
        }

        private static string Run(string file)
        {
            using Process process = Process.Start(new ProcessStartInfo("dotnet", ["run", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetDirectoryName(file),
            });
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, output + error.Result);
            return output;
        }
    }
}
