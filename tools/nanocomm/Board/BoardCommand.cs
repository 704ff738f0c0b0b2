using System.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board</c>: what a board says and holds, and a new one.</summary>
    internal static class BoardCommand
    {
        public static Command Make() => new("board", "Boards: a new one.")
        {
            NewBoardCommand.Make(),
        };
    }
}
