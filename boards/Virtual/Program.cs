using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Virtual
{
    /// <summary>The virtual board as a program of its own.</summary>
    internal static class Program
    {
        private const string Name = "nanocomm-virtual";

        /// <summary>The program's one command.</summary>
        internal static RootCommand MakeCommand()
        {
            var command = new RootCommand(VirtualCommand.Description);
            VirtualCommand.Fill(command, Name);
            return command;
        }

        internal static int Main(string[] args) => HostProgram.Run(Name, MakeCommand(), args);
    }
}
