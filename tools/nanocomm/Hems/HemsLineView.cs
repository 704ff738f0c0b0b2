using System;
using System.Text.Json.Nodes;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>One plain line for each thing that happens: for a pipe or a file.</summary>
    internal sealed class HemsLineView : IHemsView
    {
        public void Tell(string kind, string text, JsonObject data) => Write(kind, text);

        public void TellReading(string text, HemsReading reading) => Write(IHemsView.Reading, text);

        private static void Write(string kind, string text)
        {
            Console.WriteLine($"{DateTime.Now:HH:mm:ss.fff} {HemsKind.NameOf(kind)} {text}");
        }
    }
}
