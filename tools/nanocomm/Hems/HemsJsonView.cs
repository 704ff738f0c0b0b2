using System;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>One JSON object a line for each thing that happens: for another program.</summary>
    internal sealed partial class HemsJsonView : IHemsView
    {
        private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public void Tell(string kind, string text, JsonObject data)
        {
            JsonObject line = data ?? [];
            line.Insert(0, "event", kind);
            line["at"] = DateTime.Now;
            Console.WriteLine(line.ToJsonString(Format));
        }

        public void TellReading(string text, HemsReading reading)
        {
            Tell(IHemsView.Reading, text, JsonSerializer.SerializeToNode(reading, Readings.Default.HemsReading).AsObject());
        }

        [JsonSerializable(typeof(HemsReading))]
        [JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata,
            PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
        private sealed partial class Readings : JsonSerializerContext;
    }
}
