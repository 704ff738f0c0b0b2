using System;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace NanoComm.CommandLine
{
    /// <summary>A secret that a program takes: from the first line of a file, or from the environment; where it was once taken
    /// from the command line, from there too (<see cref="OpenSecret"/>).</summary>
    public sealed class SecretOption
    {
        /// <summary>The environment's variable for a route-B password.</summary>
        public const string RouteBPasswordVariable = "NANOCOMM_ROUTE_B_PASSWORD";

        private readonly string _variable;

        /// <summary>Makes it.</summary>
        /// <param name="file">The option that names the file.</param>
        /// <param name="variable">The environment's variable.</param>
        /// <param name="description">The file's description.</param>
        /// <param name="open">The option that takes it in the open; null for none.</param>
        public SecretOption(string file, string variable, string description, OpenSecret open = null)
        {
            _variable = variable;
            File = HostOptions.PathTo(file, "FILE", description);
            Open = open;
        }

        /// <summary>Where the user says which file it is in.</summary>
        public Option<string> File { get; }

        /// <summary>Where the user gives it in the open; null for nowhere.</summary>
        public OpenSecret Open { get; }

        /// <summary>How to give it, for errors.</summary>
        public string Ways => Words.Of($"{File.Name} FILE or {_variable}");

        /// <summary>The route-B password of a meter or a unit, which was once taken in the open.</summary>
        /// <param name="open">The option that took it.</param>
        /// <param name="whose">Whose it is.</param>
        public static SecretOption RouteBPassword(string open, string whose)
        {
            string file = open + "-file";
            return new SecretOption(file, RouteBPasswordVariable,
                Words.Of($"Take {whose} route-B password from the first line of this file; otherwise from {RouteBPasswordVariable}."),
                new OpenSecret(open, "P12", Words.Of("The same in the open."), Words.Of($"give {file} FILE, or set {RouteBPasswordVariable}")));
        }

        /// <summary>Adds its options to a command, and has one alone be given.</summary>
        public void AddTo(Command command)
        {
            command.Add(File);
            if (Open is null)
            {
                return;
            }

            command.Add(Open);
            command.Validators.Add(result =>
            {
                if (result.GetResult(File) is not null && result.GetResult(Open) is not null)
                {
                    result.AddError(Words.Of($"{Open.Name}: give {File.Name} alone, which takes its place"));
                }
            });
        }

        /// <summary>Whether one of its options was given.</summary>
        public bool IsGiven(SymbolResult result)
        {
            return result.GetResult(File) is not null || (Open is not null && result.GetResult(Open) is not null);
        }

        /// <summary>Where it comes from, for errors.</summary>
        public string Source(ParseResult parsed)
        {
            return parsed.GetResult(File) is not null ? File.Name
                : Open is not null && parsed.GetResult(Open) is not null ? Open.Name : _variable;
        }

        /// <summary>Gets it.</summary>
        /// <returns>Null when there is none.</returns>
        /// <exception cref="UserError">The file cannot be read.</exception>
        public string Find(ParseResult parsed)
        {
            if (parsed.GetValue(File) is string file)
            {
                return SecretFile.ReadFirstLine(File, file);
            }

            return (Open is null ? null : parsed.GetValue(Open))
                ?? (Environment.GetEnvironmentVariable(_variable) is { Length: > 0 } value ? value : null);
        }
    }
}
