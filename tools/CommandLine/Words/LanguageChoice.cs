using System;
using System.CommandLine;
using System.Linq;
using System.Text;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// Which language a command speaks: <c>--lang</c>, else the locale (LC_ALL, LC_MESSAGES, LANG). It is chosen before the command
    /// line is taken apart, as help and errors are in it too. What a program reads stays English: with <c>--json</c> all is.
    /// </summary>
    public sealed class LanguageChoice
    {
        private const string Name = "--lang";
        private const string English = "en";
        private const string Japanese = "ja";
        private const string Json = "--json";
        private const string Probe = "計";

        private static readonly string[] OfMessages = ["LC_ALL", "LC_MESSAGES", "LANG"];

        private LanguageChoice(Language language, string warning)
        {
            Language = language;
            Warning = warning;
        }

        /// <summary>The language.</summary>
        public Language Language { get; }

        /// <summary>Why it is not the one that was asked for, and what to do; null where it is.</summary>
        public string Warning { get; }

        /// <summary>The option, of each command that speaks.</summary>
        public static Option<string> Option()
        {
            var option = new Option<string>(Name)
            {
                Description = Words.Of("Speak English or Japanese; otherwise what LC_ALL, LC_MESSAGES or LANG says. With --json all is English."),
                HelpName = $"{English}|{Japanese}",
            };
            HostOptions.AllowOnly(option, English, Japanese);
            return option;
        }

        /// <summary>Chooses for a command line.</summary>
        /// <param name="args">The command line.</param>
        /// <param name="speaking">The commands that speak more than English: the words that each begins with.</param>
        /// <param name="environment">Tells a variable of the environment; null for one that is not there.</param>
        /// <param name="console">How the terminal's characters are written, where no locale says it (Windows); null where one
        /// does.</param>
        public static LanguageChoice Of(string[] args, string[][] speaking, Func<string, string> environment, Encoding console)
        {
            if (!speaking.Any(command => args.Take(command.Length).SequenceEqual(command)) || args.Any(argument => IsOf(argument, Json)))
            {
                return new LanguageChoice(Language.English, null);
            }

            string asked = Asked(args);
            string wanted = asked ?? OfMessages.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
            if (!IsJapanese(wanted))
            {
                return new LanguageChoice(Language.English, null);
            }

            bool canWrite = console is null ? !PlainScreen.IsAscii(environment) : CanWrite(console);
            return canWrite ? new LanguageChoice(Language.Japanese, null)
                : new LanguageChoice(Language.English, asked is null ? null
                    : $"{Name} {Japanese}: this terminal's characters ({console?.WebName ?? PlainScreen.LocaleOf(environment)}) "
                        + "have no Japanese, so English it is: take a terminal that shows UTF-8, and LC_ALL=ja_JP.UTF-8 or C.UTF-8");
        }

        private static string Asked(string[] args)
        {
            int last = Array.FindLastIndex(args, argument => IsOf(argument, Name));
            string asked = last < 0 ? null
                : args[last].Length > Name.Length ? args[last][(Name.Length + 1)..]
                : args.ElementAtOrDefault(last + 1);

            // What is neither is an error, and told later in the user's language.
            return asked is English or Japanese ? asked : null;
        }

        private static bool IsOf(string argument, string option)
        {
            return argument == option || (argument.StartsWith(option, StringComparison.Ordinal) && argument[option.Length] is '=' or ':');
        }

        // ja, ja_JP, ja_JP.UTF-8, ja.UTF-8@modifier.
        private static bool IsJapanese(string locale) => locale.Split('_', '.', '@')[0] == Japanese;

        private static bool CanWrite(Encoding encoding) => encoding.GetString(encoding.GetBytes(Probe)) == Probe;
    }
}
