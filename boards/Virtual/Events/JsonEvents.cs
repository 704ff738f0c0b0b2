using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoComm.Virtual.Events
{
    /// <summary>How these lines are written, made by the compiler: nothing is looked up while it runs, so that a program
    /// compiled ahead of time has it too.</summary>
    [JsonSerializable(typeof(EndEvent))]
    [JsonSerializable(typeof(ExchangeEvent))]
    [JsonSerializable(typeof(LiveEvent))]
    [JsonSerializable(typeof(LogEvent))]
    [JsonSerializable(typeof(PowerEvent))]
    [JsonSerializable(typeof(ReadingEvent))]
    [JsonSerializable(typeof(SkippedEvent))]
    [JsonSerializable(typeof(StartEvent))]
    [JsonSerializable(typeof(StateEvent))]
    [JsonSerializable(typeof(WiSunEvent))]
    [JsonSerializable(typeof(WifiEvent))]
    [JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
    internal sealed partial class JsonEvents : JsonSerializerContext
    {
        /// <summary>Names in camel case, nothing for null, and text as it is.</summary>
        public static readonly JsonEvents Written = new(new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}
