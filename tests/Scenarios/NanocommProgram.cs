namespace NanoComm.Tests.Scenarios
{
    /// <summary>The host-side command line as a user starts it, into a pipe.</summary>
    internal sealed class NanocommProgram(params string[] arguments) : RunningProgram("nanocomm", arguments)
    {
    }
}
