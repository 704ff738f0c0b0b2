using System;
using System.Collections.Generic;
using System.IO;
using NanoComm.Tests.Host.Tools;

namespace NanoComm.Tests.Host.Board
{
    /// <summary>A repository with one board, a stand-in for nanoff, and a port that is none: what the commands for boards need.</summary>
    internal sealed class BoardTestBed : IDisposable
    {
        /// <summary>A device that takes everything, in place of a serial port: the stand-in does not open it.</summary>
        public const string Port = "/dev/null";

        public const string Image = FakeNanoff.RunningImage;

        private readonly TemporaryFolder _folder = new();

        public BoardTestBed(string version = FakeNanoff.Version25)
        {
            Nanoff = new FakeNanoff(_folder.Path, version);
            Write("boards/Bench/board.json", $$"""
                { "image": "{{Image}}", "program": "NanoComm.Esp32RouteB", "product": "nanoComm-RB", "chip": "ESP32", "revision": 3, "flashMegabytes": 4 }
                """);
            Write("boards/Bench/bin/Release/NanoComm.Esp32RouteB.bin", "a program");
        }

        public FakeNanoff Nanoff { get; }

        public string Folder => _folder.Path;

        public string PathOf(string name) => Path.Combine(_folder.Path, name);

        public void Write(string name, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name)));
            File.WriteAllText(PathOf(name), text);
        }

        public (int ExitCode, string Output, string Error) Run(params string[] arguments)
        {
            var environment = new Dictionary<string, string>(Nanoff.Environment) { ["NO_COLOR"] = "1" };
            return ToolCommand.Run(_folder.Path, environment, arguments);
        }

        public void Dispose() => _folder.Dispose();
    }
}
