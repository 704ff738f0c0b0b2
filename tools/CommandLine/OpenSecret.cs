using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;

namespace NanoComm.CommandLine
{
    /// <summary>A secret as a value on the command line, where everybody on the computer can read it, and the shell keeps it. It
    /// is for those who are used to it: <see cref="HostProgram"/> warns whenever it is given.</summary>
    public sealed class OpenSecret : Option<string>
    {
        private const string Input = "-";

        /// <summary>Makes it.</summary>
        /// <param name="name">The option.</param>
        /// <param name="helpName">What the help calls its value.</param>
        /// <param name="description">What it is for.</param>
        /// <param name="instead">How to give it unseen, for the warning: "give ...".</param>
        public OpenSecret(string name, string helpName, string description, string instead)
            : base(name)
        {
            HelpName = helpName;
            Description = Words.Of($"{description} Everybody on this computer can read it: {instead} instead.");
            Instead = instead;
        }

        /// <summary>How to give it unseen.</summary>
        public string Instead { get; }

        /// <summary>The warning, where it was given in the open.</summary>
        /// <returns>Null where it was not; '-' stands for the input.</returns>
        public static string Warning(OptionResult given)
        {
            return given.Option is OpenSecret secret && given.Tokens.Any(token => token.Value != Input)
                ? Words.Of($"{secret.Name}: everybody on this computer can read what is on a command line: {secret.Instead} instead") : null;
        }
    }
}
