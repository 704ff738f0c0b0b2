using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>credentials</c>.</summary>
    internal static class CredentialsCommand
    {
        public static Command Make()
        {
            Option<string> store = HostOptions.Store(
                "Make them the credentials of the unit whose durable records are in this folder.");
            Option<string> png = HostOptions.PathTo("--png", "FILE", "Write the QR code to this file.");
            Option<string> port = HostOptions.PathTo("--port", "PORT",
                "With --store: say how nanoff brings them to a board at this serial port.");
            var replace = new Option<bool>("--replace")
            {
                Description = "Replace the credentials in --store, and the file of --png.",
            };
            var json = new Option<bool>("--json")
            {
                Description = "One JSON object, without the picture.",
            };
            var check = new OpenSecret("--check", "GROUPS", "Make none: check groups with their check digits as somebody typed them, "
                + "and say which one is wrong. '-' takes them from the input.", "give '-'");
            var command = new Command("credentials",
                "Route-B id and password of full strength, shown once: in groups with check digits and as a QR code.")
            {
                store, png, port, replace, json, check,
            };
            command.Validators.Add(result =>
            {
                if (result.GetValue(check) != null
                    && (result.GetValue(store) != null || result.GetValue(png) != null || result.GetValue(json)))
                {
                    result.AddError("credentials: --check goes without --store, --png and --json");
                }

                if (result.GetValue(port) != null && (result.GetValue(store) == null || result.GetValue(json)))
                {
                    result.AddError("credentials: --port goes with --store and without --json");
                }
            });
            command.SetAction(parsed =>
            {
                if (parsed.GetValue(check) is string groups)
                {
                    CredentialsSheet.Check(groups);
                }
                else
                {
                    CredentialsSheet.Issue(parsed.GetValue(store), parsed.GetValue(png), parsed.GetValue(replace),
                        parsed.GetValue(json));
                    CredentialsSheet.ShowDeployment(parsed.GetValue(store), parsed.GetValue(port));
                }
            });
            return command;
        }
    }
}
