using System;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using NanoComm.PowerPlanning;

namespace NanoComm.Tool
{
    /// <summary>A plan for programs. Currents in mA, powers in mVA, ratios per mille; what is taken is rounded up.</summary>
    internal static class PowerJson
    {
        private static readonly JsonSerializerOptions Format = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
        };

        public static string Of(PowerPlan plan)
        {
            PowerDeclaration declaration = plan.Declaration;
            return JsonSerializer.Serialize(new
            {
                plan.Board,
                Supply = new
                {
                    Kind = declaration.Supply.Kind.ToString(),
                    declaration.Supply.Rated,
                    declaration.Supply.Reserved,
                    declaration.Free,
                    declaration.Supply.PowerFactor,
                    declaration.Supply.Source,
                },
                declaration.Moments,
                declaration.LowSupply,
                declaration.Rails,
                Loads = declaration.Loads.Select(load => new
                {
                    Part = load.Part.ToString(),
                    load.Name,
                    load.Rail,
                    load.Transmit,
                    load.AtPowerUp,
                    States = load.States.Select((state, level) => new
                    {
                        state.Name,
                        state.Typical,
                        state.Peak,
                        Sends = state.Sends.ToString(),
                        Charge = load.Charge(level),
                        state.Source,
                    }),
                    load.Burst,
                }),
                Sums = plan.Sums == null ? null : plan.Lines().Select(line => new
                {
                    line.What,
                    Drawn = (int)Math.Ceiling(line.Drawn),
                    Spare = (int)Math.Floor(declaration.Free - line.Drawn),
                }),
                Refused = plan.Sums?.Refused,
                Faults = plan.Faults.Select(fault => new { Kind = fault.Kind.ToString(), fault.Text }),
            }, Format);
        }
    }
}
