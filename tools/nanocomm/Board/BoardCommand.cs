using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board</c>: what a board says and holds.</summary>
    internal static class BoardCommand
    {
        public static Command Make() => new("board", "A board at a serial port: its records, its log, its versions.")
        {
            MakeRead(),
        };

        private static Command MakeRead()
        {
            Option<string> port = HostOptions.PathTo("--port", "PORT", "The serial port that the board is at. It is restarted.");
            Option<string> from = HostOptions.PathTo("--from", "FILE", "A copy of the flash, or of its partition with the records, in place of a board.");
            Option<string> output = HostOptions.PathTo("--out", "DIR", "Write what is not secret into this folder, as records that log and zeroise --show "
                + "read; receipt and erasure record also as files for kms.");
            var keepKeys = new Option<bool>("--keep-keys") { Description = "With --out: the records with keys and passwords too, and the whole flash." };
            var json = new Option<bool>("--json") { Description = "One JSON object in place of tables." };
            var command = new Command("read", "The records of a board: receipt, erasure record, security log, and which of a record's two files counts. "
                + "Exit code 1: something could not be read.")
            {
                port, from, output, keepKeys, json,
            };
            command.Validators.Add(result =>
            {
                if ((result.GetResult(port) is null) == (result.GetResult(from) is null))
                {
                    result.AddError("board read: give either --port or --from");
                }
                else if (result.GetValue(keepKeys) && result.GetResult(output) is null)
                {
                    result.AddError("board read: --keep-keys goes with --out");
                }
            });
            command.Does(parsed => BoardRead.Run(new BoardReadSettings
            {
                Port = parsed.GetValue(port),
                From = parsed.GetValue(from),
                Out = parsed.GetValue(output),
                KeepKeys = parsed.GetValue(keepKeys),
                Json = parsed.GetValue(json),
            }));
            return command;
        }
    }
}
