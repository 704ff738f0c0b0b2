using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Install
{
    /// <summary>What docs/install.md packs and publishes, and how it starts: minutes of compiling, so on demand.</summary>
    [Platform("Linux")]
    [Explicit("compiles for minutes: dotnet test tests/Host --filter FullyQualifiedName~PublishTests")]
    internal static class PublishTests
    {
        private const string Board = "127.55.3.2";
        private const string Reader = "127.55.3.3";
        private const string Port = "36195";
        private const int Megabyte = 1_000_000;
        private const int Starts = 10;
        private const double MostToStart = 0.3;
        private const double MostToAnswer = 1.5;
        private const int MostOfBoard = 15;
        private const int MostOfTool = 55;

        private static readonly byte[] Get = Convert.FromHexString("10810001" + "05FF01" + "028801" + "6201" + "E700");

        [Test]
        public static void The_packed_tool_is_installed_and_starts_at_once()
        {
            using var folder = new TemporaryFolder();
            WorkingCopy.Do("dotnet", "pack", "tools/nanocomm", "-p:InstalledOn=linux-x64", "-o", folder.Path);
            string tools = Path.Combine(folder.Path, "tools");
            WorkingCopy.Do("dotnet", "tool", "install", "nanocomm", "--prerelease", "--tool-path", tools, "--source", folder.Path);
            string nanocomm = Path.Combine(tools, "nanocomm");
            Assert.That(WorkingCopy.Do(nanocomm, "--version"), Is.EqualTo(ToolProgram.Run("--version").Output));
            Starts_at_once(nanocomm, "--help");
            Answers_at_once(nanocomm, "board", "virtual");
        }

        [TestCase("linux-x64", "nanocomm")]
        [TestCase("linux-arm64", "nanocomm")]
        [TestCase("win-x64", "nanocomm.exe")]
        [TestCase("osx-arm64", "nanocomm")]
        public static void One_file_is_published_for_each_system(string system, string file)
        {
            WorkingCopy.Do("dotnet", "build", "tools/nanocomm", "-t:SingleFiles", $"-p:InstalledOn={system}");
            string folder = WorkingCopy.PathOf($"artifacts/single/{system}");
            Assert.That(Directory.GetFileSystemEntries(folder).Select(Path.GetFileName), Is.EqualTo(new[] { file }));
            TestContext.Out.WriteLine($"{system}: {new FileInfo(Path.Combine(folder, file)).Length / Megabyte} MB");
            if (system == "linux-x64")
            {
                Starts_at_once(Path.Combine(folder, file), "--help");
                Answers_at_once(Path.Combine(folder, file), "board", "virtual");
            }
        }

        [Test]
        public static void The_board_is_compiled_ahead_of_time()
        {
            using var folder = new TemporaryFolder();
            string board = Compile("boards/Virtual", "nanocomm-virtual", MostOfBoard, folder);
            Starts_at_once(board, "--help");
            Answers_at_once(board);
        }

        // With what needs most of its libraries: JSON, the native ones, and what finds out while it runs.
        [Test]
        public static void The_tool_is_compiled_ahead_of_time()
        {
            using var folder = new TemporaryFolder();
            string nanocomm = Compile("tools/nanocomm", "nanocomm", MostOfTool, folder);
            Starts_at_once(nanocomm, "--help");
            Answers_at_once(nanocomm, "board", "virtual");
            foreach (string[] command in new string[][]
            {
                ["power", "Esp32Ethernet", "--json"], ["power", "Esp32RouteB", "--json"], ["link", "--json"], ["hil", "--list"],
                ["completion", "bash", "nanocomm board vi"],
            })
            {
                Assert.That(WorkingCopy.Do(nanocomm, command), Is.EqualTo(ToolProgram.Run(command).Output), string.Join(' ', command));
            }

            string rows = Path.Combine(folder.Path, "rows.parquet");
            using (Process board = Process.Start(nanocomm, ["board", "virtual", "--listen", Board, "--port", Port, "--for", "30", "--log", "json"]))
            {
                WorkingCopy.Do(nanocomm, "read", "--from", $"{Board}:{Port}", "--history", "1", "--zone", "local", "--out", rows);
                board.Kill();
            }

            WorkingCopy.Do(nanocomm, "plot", rows, "--out", Path.Combine(folder.Path, "rows.png"));
            Assert.That(File.ReadAllBytes(Path.Combine(folder.Path, "rows.png")).Take(4), Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47 }));
        }

        private static string Compile(string project, string program, int mostMegabytes, TemporaryFolder folder)
        {
            WorkingCopy.Do("dotnet", "publish", project, "-p:PublishAot=true", "-o", folder.Path);
            long size = Directory.GetFiles(folder.Path).Sum(file => new FileInfo(file).Length);
            TestContext.Out.WriteLine($"{program}: {size / Megabyte} MB");
            Assert.That(size, Is.LessThanOrEqualTo(mostMegabytes * Megabyte));
            return Path.Combine(folder.Path, program);
        }

        private static void Starts_at_once(string program, string argument)
        {
            double[] seconds = Enumerable.Range(0, Starts).Select(_ => Seconds(() => WorkingCopy.Do(program, argument))).Order().ToArray();
            TestContext.Out.WriteLine($"{program} {argument}: {seconds[Starts / 2]:F3} s");
            Assert.That(seconds[Starts / 2], Is.LessThanOrEqualTo(MostToStart));
        }

        // To a controller and in a browser, as long as somebody who looks would wait.
        private static void Answers_at_once(string program, params string[] arguments)
        {
            using var controller = new UdpClient(new IPEndPoint(IPAddress.Parse(Reader), 3610));
            using var browser = new HttpClient();
            Process process = null;
            try
            {
                double seconds = Seconds(() =>
                {
                    process = Process.Start(program, [.. arguments, "--listen", Board, "--web", $"{Board}:8080", "--for", "30", "--log", "json"]);
                    Until(() => Ask(controller));
                    Until(() => Page(browser));
                });
                TestContext.Out.WriteLine($"{program}: answers and shows its page after {seconds:F3} s");
                Assert.That(seconds, Is.LessThanOrEqualTo(MostToAnswer));
            }
            finally
            {
                process?.Kill();
                process?.Dispose();
            }
        }

        private static bool Ask(UdpClient controller)
        {
            controller.Client.ReceiveTimeout = 20;
            controller.Send(Get, new IPEndPoint(IPAddress.Parse(Board), 3610));
            try
            {
                IPEndPoint from = null;
                byte[] answer = controller.Receive(ref from);

                // Get_Res with four bytes of power: not what it announces, and not that there is no data yet.
                return answer.Length == 18 && answer[10] == 0x72 && answer[13] == 4 && answer[14] != 0x7F;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        private static bool Page(HttpClient browser)
        {
            try
            {
                return browser.GetStringAsync(new Uri($"http://{Board}:8080/")).GetAwaiter().GetResult().Contains("nanoComm", StringComparison.Ordinal);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }

        private static void Until(Func<bool> isSo)
        {
            var clock = Stopwatch.StartNew();
            while (!isSo())
            {
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(20), "no answer");
                Thread.Sleep(1);
            }
        }

        private static double Seconds(Action action)
        {
            var clock = Stopwatch.StartNew();
            action();
            return clock.Elapsed.TotalSeconds;
        }
    }
}
