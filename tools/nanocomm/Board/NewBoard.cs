using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>A board of one's own, laid out after one that is there: what that one declares, and where it stands in the
    /// solution, is the new one's too. All is made before anything is written, and whatever fails leaves nothing
    /// behind.</summary>
    internal sealed class NewBoard
    {
        /// <summary>The board with Wi-Fi.</summary>
        public const string WithWifi = "Esp32RouteB";

        /// <summary>The board with Ethernet.</summary>
        public const string WithEthernet = "Esp32Ethernet";

        private const string Solution = "nanoComm.sln";
        private const string ProductCodePrefix = "nC-";
        private const int ProductCodeLength = 12;

        private static readonly Regex GoodName = new("^[A-Z][A-Za-z0-9]{2,31}$");
        private static readonly Regex Guid = new(@"<ProjectGuid>(\{[0-9A-F-]+\})</ProjectGuid>");
        private static readonly Regex Pin = new(@"const int (?<name>\w+) = \d+;");

        private readonly Mcu _mcu;
        private readonly string _like;
        private readonly string _root;
        private readonly string _model;

        /// <summary>Checks what was asked for; nothing is written yet.</summary>
        /// <param name="into">The folder boards of a working copy.</param>
        /// <param name="name">Its name.</param>
        /// <param name="mcu">Its chip.</param>
        /// <param name="like">The board whose parts it has.</param>
        /// <exception cref="UserError">It cannot be laid out there, or not so.</exception>
        public NewBoard(string into, string name, Mcu mcu, string like)
        {
            Name = name;
            _mcu = mcu;
            _like = like;
            string boards = Path.GetFullPath(into);
            _root = Path.GetDirectoryName(boards);
            _model = Path.Combine(boards, like);
            Folder = Path.Combine(boards, name);
            if (!GoodName.IsMatch(name))
            {
                throw new UserError($"'{name}' is no name for a board: 3 to 32 letters and digits, an upper-case letter first, such as "
                    + "MyBoard");
            }

            if (_root is null || !File.Exists(Path.Combine(_root, Solution)))
            {
                throw new UserError($"--into: there is no {Solution} beside {boards}; give the folder boards of a working copy of nanoComm");
            }

            if (!mcu.Image.ContainsKey(like))
            {
                throw new UserError($"--like: a board with {mcu.Name} is laid out after {string.Join(" or ", mcu.Image.Keys)}, not after "
                    + $"'{like}'");
            }

            if (!Directory.Exists(_model))
            {
                throw new UserError($"--like: {_model}, after which it would be laid out, is not there");
            }

            // Some file systems take Name and name for the same.
            if (Directory.EnumerateFileSystemEntries(boards).Any(entry => Path.GetFileName(entry).Equals(name, StringComparison.OrdinalIgnoreCase))
                || File.ReadAllText(Path.Combine(_root, Solution)).Contains($"\"NanoComm.{name}\"", StringComparison.OrdinalIgnoreCase))
            {
                throw new UserError($"there is a '{name}' already, in {boards} or {Solution}; choose another name");
            }
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>Its folder.</summary>
        public string Folder { get; }

        /// <summary>Writes it.</summary>
        /// <exception cref="UserError">That failed; nothing of it is left.</exception>
        public void Write()
        {
            string solution = Path.Combine(_root, Solution);
            string draft = Folder + ".new";
            string newSolution = solution + ".new";
            bool isPlaced = false;
            try
            {
                (IReadOnlyDictionary<string, string> files, string text) = Make(File.ReadAllText(solution));
                Directory.CreateDirectory(draft);
                foreach ((string file, string content) in files)
                {
                    File.WriteAllText(Path.Combine(draft, file), content);
                }

                File.WriteAllText(newSolution, text);
                Directory.Move(draft, Folder);
                isPlaced = true;
                File.Move(newSolution, solution, overwrite: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Remove(isPlaced ? Folder : draft);
                Forget(newSolution);
                throw new UserError($"{Folder} cannot be laid out: {failure.Message.TrimEnd('.')}; nothing was changed");
            }
        }

        private static void Forget(string file)
        {
            if (File.Exists(file))
            {
                File.Delete(file);
            }
        }

        private static void Remove(string folder)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        private (IReadOnlyDictionary<string, string> Files, string Solution) Make(string solution)
        {
            Dictionary<string, string> model = Directory.GetFiles(_model)
                .Where(file => Path.GetExtension(file) is ".cs" or ".nfproj" or ".config")
                .ToDictionary(Path.GetFileName, File.ReadAllText);
            string guid = Guid.Match(model[$"NanoComm.{_like}.nfproj"]).Groups[1].Value;
            string newGuid = System.Guid.NewGuid().ToString("B").ToUpperInvariant();
            IReadOnlyList<string> pins = Pin.Matches(model["Pins.cs"]).Select(pin => pin.Groups["name"].Value).ToList();
            var files = new Dictionary<string, string>();
            foreach ((string file, string text) in model)
            {
                files[file.Replace(_like, Name)] = Adapt(file, text.Replace(_like, Name).Replace(guid, newGuid));
            }

            files["README.md"] = BoardReadme.Of(Name, _like, _mcu, pins);
            return (files, Place(solution, guid, newGuid));
        }

        private string Adapt(string file, string text)
        {
            if (file == "Pins.cs")
            {
                return Pin.Replace(text, "const int ${name} = -1;").Replace("/// <summary>What is wired where, as GPIO numbers.",
                    "/// <summary>What is wired where, as GPIO numbers; -1 is not filled in yet.");
            }

            if (file == $"{_like}Power.cs")
            {
                return text.Replace("planning value: ", $"planning value of {_like}, not yet of this board: ")
                    .Replace("ESP32-WROVER-E\"", _mcu.Module + "\"");
            }

            if (file != $"{_like}Board.cs")
            {
                return text;
            }

            string code = ProductCodePrefix + Name;
            code = code[..Math.Min(code.Length, ProductCodeLength)];
            text = Regex.Replace(text, "ProductCode = \"[^\"]*\"", $"ProductCode = \"{code}\"");
            text = Regex.Replace(text, @"/// <summary>The board for[^<]*</summary>",
                $"/// <summary>The board {Name}, with {_mcu.Module}: laid out after {_like}.</summary>");
            return _mcu.HasIPv6 ? text : Regex.Replace(text, @" *Esp32DatagramPort\.CreateIPv6\([^\n]*\n", "");
        }

        // The lines of the board that is there, once more with the new name and number.
        private string Place(string solution, string guid, string newGuid)
        {
            string end = solution.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            var lines = new List<string>();
            var added = new List<string>();
            bool isProject = false;
            foreach (string line in solution.Split(end))
            {
                if (added.Count > 0 && !isProject && !line.Contains(guid, StringComparison.Ordinal))
                {
                    lines.AddRange(added);
                    added.Clear();
                }

                lines.Add(line);
                if (isProject || line.Contains(guid, StringComparison.Ordinal))
                {
                    added.Add(line.Replace(_like, Name).Replace(guid, newGuid));
                    isProject = line.StartsWith("Project(", StringComparison.Ordinal) || (isProject && line != "EndProject");
                }
            }

            return string.Join(end, lines);
        }
    }
}
