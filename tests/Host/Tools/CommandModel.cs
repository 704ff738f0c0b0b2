using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>The commands of a program, as it declares them.</summary>
    internal static class CommandModel
    {
        /// <summary>A command and all below it, each with the words that call it.</summary>
        /// <param name="command">The uppermost.</param>
        /// <param name="words">What calls that one.</param>
        public static IEnumerable<(string[] Words, Command Command)> Walk(Command command, params string[] words)
        {
            return command.Subcommands.SelectMany(next => Walk(next, [.. words, next.Name])).Prepend((words, command));
        }
    }
}
