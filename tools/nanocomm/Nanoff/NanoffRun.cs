using System.Text.RegularExpressions;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>What nanoff said, and how it ended.</summary>
    internal sealed class NanoffRun
    {
        private static readonly Regex Colours = new(@"\x1B\[[0-9;?]*[A-Za-z]");

        // Behind a line of progress too, as an error that comes in the midst of it; alone on its line when nanoff is to be brief.
        private static readonly Regex Code = new(@"(?m)\bError (?<code>E\d{4})\b|^\s*(?<code>E\d{4})\s*$");

        /// <summary>Keeps it.</summary>
        /// <param name="exitCode">Of the process; on Linux the lowest eight bits of what nanoff meant.</param>
        /// <param name="said">Output and error output together.</param>
        public NanoffRun(int exitCode, string said)
        {
            ExitCode = exitCode;
            Said = Colours.Replace(said, "");
        }

        /// <summary>Of the process. It alone tells nothing: it is 0 when a file was refused, and versions up to 2.5.125 end with
        /// an error although the files were deployed, because that was all they had to do.</summary>
        public int ExitCode { get; }

        /// <summary>Output and error output together, without colours.</summary>
        public string Said { get; }

        /// <summary>nanoff's code for what went wrong, as <c>E2000</c>; null when it told none.</summary>
        public string ErrorCode => Code.Match(Said) is { Success: true } match ? match.Groups["code"].Value : null;

        /// <summary>The last words, in one line: what to show when nothing better is known.</summary>
        public string LastWords
        {
            get
            {
                string[] lines = Said.Split(['\r', '\n'], System.StringSplitOptions.RemoveEmptyEntries | System.StringSplitOptions.TrimEntries);
                return lines.Length == 0 ? Words.Of("nothing") : lines[^1];
            }
        }

        /// <summary>Why it failed and what to do, in a person's words.</summary>
        /// <param name="port">The port that was used.</param>
        public string Explain(string port) => ErrorCode switch
        {
            "E2000" or "E2001" => Words.Of($"no nanoFramework answers at {port}: is the board on, with a firmware image on it, and is it the right port? "
                + $"A board that was just written needs a few seconds; pressing reset helps"),
            "E2002" or "E2003" => Words.Of($"the firmware at {port} did not carry it out; try again, and after a reset of the board if it stays so"),
            "E4000" => Words.Of($"no boot loader answers at {port}: hold the board's BOOT button while it is tried again. nanoff said: {LastWords}"),
            "E4001" => Words.Of("the chip's flash is of a size that the image has no partition table for"),
            "E4002" or "E4003" => Words.Of("the flash was not written as it should be: try again; if it stays so, by a shorter cable or another port"),
            "E4004" or "E9016" => Words.Of("the flash could not be read: try again; if it stays so, by a shorter cable or another port"),
            "E4005" or "E6000" => Words.Of($"{port} could not be opened: is another program using it (a log, a debugger)?"),
            "E6002" => Words.Of($"another nanoFramework program holds {port} (Visual Studio, its device explorer, another nanoff): close it"),
            "E9005" or "E9007" => Words.Of("the image could not be fetched: no such image, or no connection; --archive DIR takes one that was fetched before"),
            "E9015" => Words.Of("the archive does not hold the image"),
            "E9000" => Words.Of($"nanoff did not take the command: {LastWords}"),
            string code => Words.Of($"nanoff ended with {code}: {LastWords}"),
            null => Words.Of($"nanoff said: {LastWords}"),
        };
    }
}
