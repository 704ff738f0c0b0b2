using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>What a board's folder says of it in <c>board.json</c>: what is flashed, and what the chip must be for it. The
    /// contract tests hold the file to the board's project, its page and its code.</summary>
    internal sealed partial record BoardDescription
    {
        /// <summary>The file in the board's folder.</summary>
        public const string FileName = "board.json";

        private const string Boards = "boards";

        /// <summary>The board's folder.</summary>
        public string Folder { get; init; }

        /// <summary>The firmware image.</summary>
        public string Image { get; init; }

        /// <summary>The program: the name of its project, and of the file that its build makes.</summary>
        public string Program { get; init; }

        /// <summary>The product code that the unit tells (EPC 8C).</summary>
        public string Product { get; init; }

        /// <summary>The chip, as nanoff names it.</summary>
        public string Chip { get; init; }

        /// <summary>The least revision of the chip that the image starts on.</summary>
        public int Revision { get; init; }

        /// <summary>The least flash, in MB.</summary>
        public int FlashMegabytes { get; init; }

        /// <summary>The board's name: that of its folder.</summary>
        public string Name => Path.GetFileName(Folder);

        /// <summary>What the build makes of the program, for the board.</summary>
        public string ApplicationFile => Path.Combine(Folder, "bin", "Release", Program + ".bin");

        /// <summary>How the program is built, for messages.</summary>
        public string BuildCommand =>
            "msbuild nanoComm.sln -t:Restore,Rebuild -p:Configuration=Device -p:RestorePackagesConfig=true, or Rebuild of the Device configuration in Visual Studio";

        /// <summary>Finds a board.</summary>
        /// <param name="board">Its folder, or its name where the current folder is in the repository.</param>
        /// <exception cref="UserError">There is none; the message names those that there are.</exception>
        public static BoardDescription Find(string board)
        {
            string folder = Candidates(board).FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, FileName)));
            if (folder is null)
            {
                List<string> known = Known();
                throw new UserError($"BOARD: there is no {FileName} for '{board}'; "
                    + (known.Count > 0 ? $"the boards here are {string.Join(", ", known)}" : "give the board's folder, as boards/Esp32RouteB in the repository"));
            }

            return Read(folder);
        }

        private static BoardDescription Read(string folder)
        {
            string path = Path.Combine(folder, FileName);
            try
            {
                BoardDescription board = JsonSerializer.Deserialize(File.ReadAllText(path), Form.Default.BoardDescription);
                return string.IsNullOrWhiteSpace(board?.Image) || string.IsNullOrWhiteSpace(board.Program) || string.IsNullOrWhiteSpace(board.Chip)
                    ? throw new UserError($"BOARD: {path} does not say image, program and chip")
                    : board with { Folder = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) };
            }
            catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new UserError($"BOARD: {path}: {failure.Message}");
            }
        }

        private static IEnumerable<string> Candidates(string board)
        {
            yield return board;
            foreach (string boards in BoardFolders())
            {
                yield return Path.Combine(boards, board);
            }
        }

        private static List<string> Known()
        {
            return [.. BoardFolders().SelectMany(Directory.EnumerateDirectories).Where(folder => File.Exists(Path.Combine(folder, FileName)))
                .Select(Path.GetFileName).Distinct().Order(StringComparer.Ordinal)];
        }

        private static IEnumerable<string> BoardFolders()
        {
            for (DirectoryInfo folder = new(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            {
                string boards = Path.Combine(folder.FullName, Boards);
                if (Directory.Exists(boards))
                {
                    yield return boards;
                }
            }
        }

        [JsonSerializable(typeof(BoardDescription))]
        [JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata,
            PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
        private sealed partial class Form : JsonSerializerContext;
    }
}
