using System;
using NanoComm.CommandLine;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>What is typed and not shown.</summary>
    internal static class Unseen
    {
        /// <summary>Whether somebody is there to be asked.</summary>
        public static bool CanAsk => !Console.IsInputRedirected && !Console.IsOutputRedirected;

        /// <summary>Asks.</summary>
        public static string Ask(string question)
        {
            return AnsiConsole.Prompt(new TextPrompt<string>(question).Secret(null));
        }

        /// <summary>Asks twice.</summary>
        /// <param name="question">The question.</param>
        /// <param name="what">What is asked for, for the error.</param>
        /// <exception cref="UserError">The two differ.</exception>
        public static string AskTwice(string question, string what)
        {
            string typed = Ask(question);
            return Ask("Once more:") == typed ? typed : throw new UserError($"the two {what} differ");
        }
    }
}
