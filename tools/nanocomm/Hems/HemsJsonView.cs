using System;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NanoComm.Tool
{
    /// <summary>One JSON object a line for each thing that happens: for another program.</summary>
    internal sealed class HemsJsonView : IHemsView
    {
        private static readonly JsonSerializerOptions Format = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        public void Tell(string kind, string text, object data)
        {
            JsonObject line = data == null ? [] : JsonSerializer.SerializeToNode(data, Format).AsObject();
            line.Insert(0, "event", kind);
            line["at"] = DateTime.Now;
            Console.WriteLine(line.ToJsonString(Format));
        }
    }
}
