using System.CommandLine;

namespace NanoComm.CommandLine
{
    /// <summary>An option whose value names a file, a folder or a port: whatever is secret is behind the name, and not in it.</summary>
    /// <param name="name">The option.</param>
    public sealed class PathOption(string name) : Option<string>(name)
    {
    }
}
