using System;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NanoComm.PowerPlanning;

namespace NanoComm.Tool
{
    /// <summary>A plan for programs. Currents in mA, powers in mVA, ratios per mille; what is taken is rounded up.</summary>
    internal static partial class PowerJson
    {
        private static readonly JsonSerializerOptions Format = new()
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
        };

        public static string Of(PowerPlan plan)
        {
            PowerDeclaration declaration = plan.Declaration;
            return new JsonObject
            {
                ["board"] = plan.Board,
                ["supply"] = new JsonObject
                {
                    ["kind"] = declaration.Supply.Kind.ToString(),
                    ["rated"] = declaration.Supply.Rated,
                    ["reserved"] = declaration.Supply.Reserved,
                    ["free"] = declaration.Free,
                    ["powerFactor"] = declaration.Supply.PowerFactor,
                    ["source"] = declaration.Supply.Source,
                },
                ["moments"] = JsonSerializer.SerializeToNode(declaration.Moments, Declared.Default.DeclaredMoments),
                ["lowSupply"] = JsonSerializer.SerializeToNode(declaration.LowSupply, Declared.Default.DeclaredLowSupply),
                ["rails"] = new JsonArray([.. declaration.Rails.Select(rail => JsonSerializer.SerializeToNode(rail, Declared.Default.DeclaredRail))]),
                ["loads"] = new JsonArray([.. declaration.Loads.Select(ToNode)]),
                ["sums"] = plan.Sums is null ? null : new JsonArray([.. plan.Lines().Select(line => new JsonObject
                {
                    ["what"] = line.What,
                    ["drawn"] = (int)Math.Ceiling(line.Drawn),
                    ["spare"] = (int)Math.Floor(declaration.Free - line.Drawn),
                })]),
                ["refused"] = plan.Sums is null ? null : new JsonArray([.. plan.Sums.Refused]),
                ["faults"] = new JsonArray([.. plan.Faults.Select(fault => new JsonObject
                {
                    ["kind"] = fault.Kind.ToString(),
                    ["text"] = fault.Text,
                })]),
            }.ToJsonString(Format);
        }

        private static JsonObject ToNode(DeclaredLoad load)
        {
            return new JsonObject
            {
                ["part"] = load.Part.ToString(),
                ["name"] = load.Name,
                ["rail"] = load.Rail,
                ["transmit"] = load.Transmit,
                ["atPowerUp"] = load.AtPowerUp,
                ["states"] = new JsonArray([.. load.States.Select((state, level) => new JsonObject
                {
                    ["name"] = state.Name,
                    ["typical"] = state.Typical,
                    ["peak"] = state.Peak,
                    ["sends"] = state.Sends.ToString(),
                    ["charge"] = load.Charge(level),
                    ["source"] = state.Source,
                })]),
                ["burst"] = JsonSerializer.SerializeToNode(load.Burst, Declared.Default.DeclaredBurst),
            };
        }

        [JsonSerializable(typeof(DeclaredBurst))]
        [JsonSerializable(typeof(DeclaredLowSupply))]
        [JsonSerializable(typeof(DeclaredMoments))]
        [JsonSerializable(typeof(DeclaredRail))]
        [JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata,
            PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
        private sealed partial class Declared : JsonSerializerContext;
    }
}
