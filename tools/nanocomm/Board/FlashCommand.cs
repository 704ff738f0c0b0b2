using System.CommandLine;
using System.Linq;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>flash</c>.</summary>
    internal static class FlashCommand
    {
        public static Command Make()
        {
            var board = new Argument<string>("BOARD") { Description = "The board: its folder, or its name in the repository's boards." };
            Option<string> port = HostOptions.PathTo("--port", "PORT", "The serial port that the board is at.");
            port.Required = true;
            Option<bool> image = Flag("--image", "Write the firmware image.");
            Option<bool> application = Flag("--app", "Write the program.");
            Option<bool> records = Flag("--records", "Write the records of --store.");
            Option<bool> all = Flag("--all", "Write image and program, and the records if there is a --store.");
            Option<string> store = HostOptions.Store("Folder of the records that the board is to have.");
            Option<string> archive = HostOptions.PathTo("--archive", "DIR", "Take the image from this folder, which nanoff filled beforehand.");
            Option<bool> noReadBack = Flag("--no-read-back", "Do not read records back after they were written, which takes a minute.");
            Option<bool> dryRun = Flag("--dry-run", "Print the commands, and run none of them.");
            var command = new Command("flash", "Write image, program and records to a board, by nanoff. Exit code 0: done; 1: begun, and not done; "
                + "2: nothing was written.")
            {
                board, port, image, application, records, all, store, archive, noReadBack, dryRun,
            };
            command.Validators.Add(result =>
            {
                Option<bool>[] choices = [image, application, records, all];
                if (!choices.Any(result.GetValue))
                {
                    result.AddError("flash: say what to write: --image, --app, --records or --all");
                }
                else if (result.GetValue(records) && result.GetResult(store) is null)
                {
                    result.AddError("flash: --records needs --store, the folder of the records");
                }
                else if (result.GetResult(store) is not null && !result.GetValue(records) && !result.GetValue(all))
                {
                    result.AddError("flash: --store goes with --records or --all");
                }
                else if (result.GetResult(archive) is not null && !result.GetValue(image) && !result.GetValue(all))
                {
                    result.AddError("flash: --archive goes with --image or --all");
                }
            });
            command.Does(parsed => new FlashSession(new FlashSettings
            {
                Board = parsed.GetValue(board),
                Port = parsed.GetValue(port),
                Image = parsed.GetValue(image) || parsed.GetValue(all),
                Application = parsed.GetValue(application) || parsed.GetValue(all),
                Records = parsed.GetValue(records) || (parsed.GetValue(all) && parsed.GetResult(store) is not null),
                Store = parsed.GetValue(store),
                Archive = parsed.GetValue(archive),
                NoReadBack = parsed.GetValue(noReadBack),
                DryRun = parsed.GetValue(dryRun),
            }).Run());
            return command;
        }

        private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
    }
}
