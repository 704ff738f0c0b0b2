using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoComm.Tool
{
    /// <summary>What nanoff's details tell of a board: the chip by its boot loader, image and program by the interpreter.</summary>
    internal sealed class BoardDetails
    {
        private readonly string _said;

        /// <summary>Takes what nanoff said.</summary>
        public BoardDetails(string said)
        {
            _said = said;
        }

        /// <summary>The kind of chip, as <c>ESP32</c> or <c>ESP32-S3</c>; null where it is not told.</summary>
        public string Chip => Group(@"Connected to:\s*(?<it>ESP[\w-]+)");

        /// <summary>The chip's revision, its first number; null where it is not told.</summary>
        public int? Revision => Number(@"revision v?(?<it>\d+)");

        /// <summary>The flash in MB; null where it is not told.</summary>
        public int? FlashMegabytes => Number(@"Flash size (?<it>\d+)\s?MB");

        /// <summary>The image that runs; null where none answers.</summary>
        public string Image => Group(@"(?m)^\s*Target:\s+(?<it>\S+)");

        /// <summary>The image's version.</summary>
        public string ImageVersion => Group(@"(?m)^\s*(?:CLR Version:|nanoCLR:)\s+v?(?<it>[\d.]+)");

        /// <summary>When it was built.</summary>
        public string ImageDate => Group(@"(?m)^\s*Date:\s+(?<it>[^\r\n]+?)\s*$");

        /// <summary>The version of a program that runs.</summary>
        /// <param name="program">Its assembly.</param>
        /// <returns>Null when it does not run.</returns>
        public string VersionOf(string program) => Group($@"(?m)^\s*{Regex.Escape(program)}, (?<it>[\d.]+)");

        /// <summary>The first program of this project that runs.</summary>
        /// <returns>Null when there is none.</returns>
        public string Program => Group(@"(?m)^\s*(?<it>NanoComm\.Esp32\w+), [\d.]+");

        /// <summary>Checks the chip against what a board must have.</summary>
        /// <returns>What is wrong; null when nothing is, as far as it is told.</returns>
        public string Contradicts(BoardDescription board)
        {
            return Chip is null ? "nanoff does not tell which chip it is"
                : !string.Equals(Chip, board.Chip, StringComparison.OrdinalIgnoreCase) ? $"the chip is an {Chip}, the image is for an {board.Chip}"
                : Revision < board.Revision ? $"the chip is of revision {Revision}, the image starts from revision {board.Revision} on"
                : FlashMegabytes < board.FlashMegabytes ? $"the flash has {FlashMegabytes} MB, the image needs {board.FlashMegabytes} MB"
                : null;
        }

        private int? Number(string pattern)
        {
            return int.TryParse(Group(pattern), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        }

        private string Group(string pattern)
        {
            Match match = Regex.Match(_said, pattern);
            return match.Success ? match.Groups["it"].Value : null;
        }
    }
}
