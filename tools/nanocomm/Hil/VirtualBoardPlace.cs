using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>Where a virtual board is started: its program, its address, and the bench's beside it.</summary>
    /// <param name="Program">The program, and what it is given first.</param>
    /// <param name="Board">The board's address.</param>
    internal sealed record VirtualBoardPlace(IReadOnlyList<string> Program, IPEndPoint Board)
    {
        private const string Host = "dotnet";
        private const string Itself = "nanocomm.dll";

        private static readonly string[] Command = ["board", "virtual"];

        private static bool IsHosted => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == Host;

        /// <summary>An address of the bench's.</summary>
        /// <param name="number">0 and up.</param>
        public IPAddress Terminal(int number)
        {
            byte[] bytes = Board.Address.GetAddressBytes();
            bytes[^1] += (byte)(number + 1);
            return new IPAddress(bytes);
        }

        /// <summary>The virtual board's program: the one that was named, or the board that this program holds.</summary>
        /// <param name="named">What the user named, an assembly or an executable; or null.</param>
        /// <exception cref="UserError">It is not there.</exception>
        public static IReadOnlyList<string> FindProgram(string named)
        {
            if (named is null)
            {
                return IsHosted ? [Environment.ProcessPath, Path.Combine(AppContext.BaseDirectory, Itself), .. Command]
                    : [Environment.ProcessPath, .. Command];
            }

            if (!File.Exists(named))
            {
                throw new UserError($"--virtual-board: there is no file {named}; give the path of nanocomm-virtual.dll or of its "
                    + "executable, or leave it out: this program holds a board itself");
            }

            return Path.GetExtension(named) == ".dll" ? [Host, named] : [named];
        }
    }
}
