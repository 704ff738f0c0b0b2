using System.Text.Json.Serialization;

namespace NanoComm.Keys
{
    /// <summary>How the file's lists are written, made by the compiler: a program compiled ahead of time has it too.</summary>
    [JsonSerializable(typeof(string[]))]
    internal sealed partial class LedgerJson : JsonSerializerContext
    {
    }
}
