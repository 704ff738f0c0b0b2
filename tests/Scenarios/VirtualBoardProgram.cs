namespace NanoComm.Tests.Scenarios
{
    /// <summary>The virtual board as a user starts it, into a pipe.</summary>
    internal sealed class VirtualBoardProgram(params string[] arguments) : RunningProgram("nanocomm-virtual", arguments)
    {
    }
}
