using System;
using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board new</c>: lays out the folder of a board of one's own.</summary>
    internal static class NewBoardCommand
    {
        public static Command Make()
        {
            var name = new Argument<string>("NAME")
            {
                Description = "The board's name: 3 to 32 letters and digits, an upper-case letter first.",
            };
            var mcu = new Option<string>("--mcu")
            {
                Description = "The chip: esp32, with PSRAM, or esp32s3, with octal PSRAM.",
                HelpName = string.Join('|', Mcu.Names),
                DefaultValueFactory = _ => Mcu.Esp32.Name,
            };
            var like = new Option<string>("--like")
            {
                Description = "The board whose parts it has: Esp32RouteB, with Wi-Fi and a voltage detector; or Esp32Ethernet, with "
                    + "Ethernet, for an esp32.",
                HelpName = "BOARD",
                DefaultValueFactory = _ => NewBoard.WithWifi,
            };
            Option<string> into = HostOptions.PathTo("--into", "FOLDER", "The folder boards of a working copy of nanoComm.");
            into.DefaultValueFactory = _ => "boards";
            var command = new Command("new", "Lay out a board of one's own: folder, project, pins to fill in, power, README, and its "
                + "place in the solution. docs/porting.md says how it goes on.")
            {
                name, mcu, like, into,
            };
            command.SetAction(parsed => Lay(new NewBoard(parsed.GetValue(into), parsed.GetValue(name), Mcu.Parse(parsed.GetValue(mcu)),
                parsed.GetValue(like))));
            return command;
        }

        private static void Lay(NewBoard board)
        {
            board.Write();
            Console.WriteLine($"{board.Folder} is laid out, and in nanoComm.sln. Next: the pins in Pins.cs and README.md, the figures "
                + $"in {board.Name}Power.cs, and then: dotnet test tests/Contract");
        }
    }
}
