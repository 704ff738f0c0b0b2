using System;
using System.IO;
using System.Net;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>Where a virtual board is started: its program, its address, and the bench's beside it.</summary>
    /// <param name="Program">The program, a .dll.</param>
    /// <param name="Board">The board's address.</param>
    internal sealed record VirtualBoardPlace(string Program, IPEndPoint Board)
    {
        private const string FileName = "nanocomm-virtual.dll";
        private const string Project = "NanoComm.Virtual";

        /// <summary>An address of the bench's.</summary>
        /// <param name="number">0 and up.</param>
        public IPAddress Terminal(int number)
        {
            byte[] bytes = Board.Address.GetAddressBytes();
            bytes[^1] += (byte)(number + 1);
            return new IPAddress(bytes);
        }

        /// <summary>The virtual board's program: the one that was named, beside this program, or where this repository builds
        /// it.</summary>
        /// <param name="named">What the user named, or null.</param>
        /// <exception cref="UserError">It is not there.</exception>
        public static string FindProgram(string named)
        {
            if (named != null)
            {
                return File.Exists(named) ? named
                    : throw new UserError($"--virtual-board: there is no file {named}; give the path of {FileName}");
            }

            string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
            string beside = Path.Combine(here, FileName);
            string built = Path.Combine(here, "..", "..", Project, Path.GetFileName(here), FileName);
            return File.Exists(beside) ? beside
                : File.Exists(built) ? Path.GetFullPath(built)
                : throw new UserError($"--board virtual: {FileName} is not there; build it by 'dotnet build boards/Virtual', or name "
                    + "it by --virtual-board");
        }
    }
}
