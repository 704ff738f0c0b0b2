using System.CommandLine;
using System.CommandLine.Parsing;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>Route-B credentials for an order: made, from a file, or typed unseen.</summary>
    internal sealed class KmsCredentials
    {
        private readonly Option<string> _file = HostOptions.PathTo("--credentials", "FILE",
            "Take them from this file: what the command credentials shows, its --json, the text of its QR code, or id and password in "
            + "two lines.");

        private readonly Option<bool> _make = new("--make")
        {
            Description = "Make new ones, and show them once, as the command credentials does.",
        };

        private readonly Option<string> _png = HostOptions.PathTo("--png", "FILE", "With --make: write their QR code to this file.");

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            command.Add(_file);
            command.Add(_make);
            command.Add(_png);
            command.Validators.Add(result =>
            {
                if (result.GetValue(_make) && result.GetResult(_file) is not null)
                {
                    result.AddError($"{command.Name}: give either --credentials or --make");
                }
                else if (!result.GetValue(_make) && result.GetResult(_png) is not null)
                {
                    result.AddError($"{command.Name}: --png goes with --make");
                }
            });
        }

        /// <summary>Whether they are to come from one of the options.</summary>
        public bool IsGiven(ParseResult parsed) => parsed.GetValue(_make) || parsed.GetValue(_file) is not null;

        /// <summary>The same, while the command line is checked.</summary>
        public bool IsGiven(CommandResult result) => result.GetValue(_make) || result.GetResult(_file) is not null;

        /// <summary>Gets them.</summary>
        /// <param name="parsed">The command line.</param>
        /// <param name="replace">Whether the picture may be there already.</param>
        /// <exception cref="UserError">There are none to be had.</exception>
        public RouteBCredentials Get(ParseResult parsed, bool replace)
        {
            if (parsed.GetValue(_make))
            {
                CredentialsSheet.CheckFree(parsed.GetValue(_png), replace);
                return RouteBCredentials.Make();
            }

            if (parsed.GetValue(_file) is string file)
            {
                return CredentialsText.Read(SecretFile.Read(_file, file), _file.Name);
            }

            return Unseen.CanAsk
                ? CredentialsText.Read(Unseen.Ask("Route-B id, or its groups with check digits:") + "\n"
                    + Unseen.Ask("Route-B password, or its groups:"), "typed")
                : throw new UserError("no credentials: give --credentials or --make");
        }

        /// <summary>The sheet to show when the unit's order has them.</summary>
        /// <returns>Null where they were not made here.</returns>
        public CredentialsSheet SheetOf(ParseResult parsed, RouteBCredentials credentials, bool replace)
        {
            return parsed.GetValue(_make) ? new CredentialsSheet(credentials, parsed.GetValue(_png), replace) : null;
        }
    }
}
