using System.CommandLine;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Virtual;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board</c>: what a board says and holds, a new one, and the virtual one.</summary>
    internal static class BoardCommand
    {
        public static Command Make() => new("board", "A board: its records, its log, its versions; a new one; and the virtual one.")
        {
            MakeInfo(), BoardLogCommand.Make(), NewBoardCommand.Make(), MakeRead(), MakeVirtual(),
        };

        private static Command MakeInfo()
        {
            Option<string> port = HostOptions.PathTo("--port", "PORT", "Ask the interpreter on a board at this serial port, by nanoff.");
            Option<string> address = HostOptions.PathTo("--ip", "ADDR", "Ask a unit over IP: its product code, its number, the release that it speaks.");
            Option<string> store = HostOptions.Store("Look at a unit's folder of records.");
            Option<string> board = HostOptions.PathTo("--board", "BOARD", "With --port: the board that it should be. Exit code 1 when it is another one's image or "
                + "program.");
            var json = new Option<bool>("--json") { Description = "One JSON object." };
            var command = new Command("info", "Which unit is there, and of which version.") { port, address, store, board, json };
            command.Validators.Add(result =>
            {
                Option<string>[] places = [port, address, store];
                if (places.Count(place => result.GetResult(place) is not null) != 1)
                {
                    result.AddError("board info: give one of --port, --ip and --store");
                }
                else if (result.GetResult(board) is not null && result.GetResult(port) is null)
                {
                    result.AddError("board info: --board goes with --port");
                }
            });
            command.Does(parsed => parsed.GetValue(port) is string serial ? BoardInfo.OfPort(serial, parsed.GetValue(board), parsed.GetValue(json))
                : parsed.GetValue(address) is string host ? BoardInfo.OfAddress(host, parsed.GetValue(json))
                : BoardInfo.OfStore(parsed.GetValue(store), parsed.GetValue(json)));
            return command;
        }

        private static Command MakeVirtual()
        {
            var command = new Command("virtual", VirtualCommand.Description);
            VirtualCommand.Fill(command, "nanocomm board virtual");
            return command;
        }

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
