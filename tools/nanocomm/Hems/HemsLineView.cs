using System;

namespace NanoComm.Tool
{
    /// <summary>One plain line for each thing that happens: for a pipe or a file.</summary>
    internal sealed class HemsLineView : IHemsView
    {
        public void Tell(string kind, string text, object data)
        {
            Console.WriteLine($"{DateTime.Now:HH:mm:ss.fff} {HemsKind.NameOf(kind)} {text}");
        }
    }
}
