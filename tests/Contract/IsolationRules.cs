using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// No way leads from a terminal to the metering unit (requirements R17, R23), read off what was compiled: nothing that a
    /// room of the customer's side does runs a line of the utility's, changes what the utility's side looks at, or sets a
    /// signal that a loop of the utility's waits for. What the arrows of the rooms leave open: rooms that know both sides.
    /// Which rooms are whose, the table of assemblies of docs/architecture.md says.
    /// </summary>
    internal static class IsolationRules
    {
        public const string Way = nameof(Way);
        public const string Meeting = nameof(Meeting);
        public const string Wish = nameof(Wish);
        public const string Line = nameof(Line);

        private const string Signal = "NanoComm.Hal.ISignal";
        private const string Wait = "NanoComm.Hal.ISignal.Wait";
        private const string Create = "NanoComm.Hal.ILoops.CreateSignal";
        private const string NotifyLine = "NanoComm.Hal.ISerialLine.Notify";
        private const string MeteringLine = "NanoComm.Hal.IBoard.get_MeteringLine";

        private static readonly IReadOnlyList<string> Customer = Architecture.RoomsOf("NanoComm.Customer");
        private static readonly IReadOnlyList<string> Utility = Architecture.RoomsOf("NanoComm.Utility");

        /// <summary>Types, and single methods, by which the customer's side changes what the utility's side sees, each with the
        /// reason why nothing of a terminal passes there.</summary>
        private static readonly Dictionary<string, string> MeetingPlaces = new()
        {
            ["NanoComm.Audit.SecurityLog"] = "either side adds events; what is sent is decided by none of them",
            ["NanoComm.Metering.IntervalBuffer.CopyTo"] = "the buffer is what it copies from",
            ["NanoComm.Metering.HighVoltageParameters"] = "a copy of its own: of the utility's MeterData gives another copy",
            ["NanoComm.Metering.HighVoltageReading"] = "likewise",
            ["NanoComm.Metering.MeterClock"] = "likewise",
            ["NanoComm.Metering.MeterParameters"] = "likewise",
            ["NanoComm.Metering.MeterReading"] = "likewise",
            ["NanoComm.Metering.MeterSnapshot"] = "likewise",
            ["NanoComm.Records.DurableStore"] = "each record has one owner, which the catalogue names",
        };

        /// <summary>Who takes the line to the metering unit, and what for.</summary>
        private static readonly Dictionary<string, string> LineUsers = new()
        {
            ["NanoComm.CommunicationUnit.OpenMeteringUnit"] = "gives it to the client of DLMS",
            ["NanoComm.MeterLink.ProfileFetcher..ctor"] = "asks for its rate",
        };

        /// <summary>Runs the rules over the whole firmware.</summary>
        public static IReadOnlyList<Finding> Check(ModuleDefinition module)
        {
            IReadOnlyDictionary<MethodDefinition, MethodDefinition> reached = ReachFrom(module, Customer);
            return Ways(reached).Concat(Meetings(module, reached)
                    .Where(item => !MeetingPlaces.ContainsKey(item.Type) && !MeetingPlaces.ContainsKey(item.Method))
                    .Select(item => item.Finding))
                .Concat(Wishes(module)).Concat(Lines(module)).ToList();
        }

        /// <summary>Rows of the tables that no code needs any more.</summary>
        public static IEnumerable<string> Stale(ModuleDefinition module)
        {
            return MeetingPlaces.Keys.Except(Meetings(module, ReachFrom(module, Customer))
                    .SelectMany(item => new[] { item.Type, item.Method }))
                .Concat(LineUsers.Keys.Except(Callers(module, MeteringLine).Select(NameOf)));
        }

        private static IEnumerable<Finding> Ways(IReadOnlyDictionary<MethodDefinition, MethodDefinition> reached)
        {
            return reached.Keys.Where(method => IsOf(method, Utility) && !IsOf(reached[method], Utility))
                .Select(method => new Finding(TypeUse.PlaceOf(reached[method]), Way, $"what a terminal sends may run "
                    + $"{string.Join(" from ", Trace(reached, method).Select(NameOf))}: let the utility's side do it by itself"));
        }

        private static IEnumerable<(string Type, string Method, Finding Finding)> Meetings(ModuleDefinition module,
            IReadOnlyDictionary<MethodDefinition, MethodDefinition> reached)
        {
            var seen = ReachFrom(module, Utility).Keys.SelectMany(method => Fields(method, Looks)).ToHashSet();
            var writers = new Dictionary<MethodDefinition, bool>();
            return reached.Keys.SelectMany(method => Fields(method, instruction => Changes(method, instruction, writers))
                .Where(seen.Contains)
                .Select(field => (TypeUse.NameOf(field.DeclaringType), NameOf(method), new Finding(TypeUse.PlaceOf(method), Meeting,
                    $"changes {TypeUse.NameOf(field.DeclaringType)}.{field.Name}, which the utility's side looks at"))));
        }

        // A loop that waits for a signal is woken by whoever else has it: it must be made where it is waited for, and go to
        // no one but the line.
        private static IEnumerable<Finding> Wishes(ModuleDefinition module)
        {
            HashSet<FieldDefinition> waited = Callers(module, Wait).SelectMany(method => Fields(method, Looks)).Where(IsSignal).ToHashSet();
            IEnumerable<Finding> unknown = Callers(module, Wait)
                .Where(method => !Fields(method, Looks).Any(IsSignal)
                    || method.Parameters.Any(parameter => IsSignal(parameter.ParameterType))
                    || method.Body.Variables.Any(variable => IsSignal(variable.VariableType)))
                .Select(method => new Finding(TypeUse.PlaceOf(method), Wish, "waits for a signal that is no field of its own"));
            return unknown.Concat(Methods(module).Where(method => Fields(method, _ => true).Any(waited.Contains))
                .SelectMany(method => method.Body.Instructions.Where(instruction => HandsOut(instruction, waited))
                    .Select(instruction => new Finding(TypeUse.PlaceOf(method, instruction), Wish,
                        "a signal that a loop waits for comes from elsewhere, or goes elsewhere than to the line"))));
        }

        private static IEnumerable<Finding> Lines(ModuleDefinition module)
        {
            return Callers(module, MeteringLine).Where(method => !LineUsers.ContainsKey(NameOf(method)))
                .Select(method => new Finding(TypeUse.PlaceOf(method), Line,
                    $"takes the line to the metering unit, which {string.Join(" and ", LineUsers.Keys)} alone may"));
        }

        private static bool HandsOut(Instruction instruction, HashSet<FieldDefinition> waited)
        {
            return instruction.Operand switch
            {
                FieldDefinition field when instruction.OpCode.Code == Code.Stfld && IsSignal(field) =>
                    !waited.Contains(field) || instruction.Previous.Operand is not MethodReference made || NameOf(made) != Create,
                FieldDefinition field when waited.Contains(field) => !field.IsPrivate || instruction.OpCode.Code != Code.Ldfld,
                MethodReference called => called.Parameters.Any(parameter => IsSignal(parameter.ParameterType))
                    && NameOf(called) != NotifyLine,
                _ => instruction.OpCode.Code is Code.Stelem_Ref,
            };
        }

        private static bool Looks(Instruction instruction)
        {
            return instruction.OpCode.Code is Code.Ldfld or Code.Ldflda or Code.Ldsfld or Code.Ldsflda;
        }

        // An array that is handed to somebody who may write to one, or given away, counts as changed.
        private static bool Changes(MethodDefinition method, Instruction instruction, Dictionary<MethodDefinition, bool> writers)
        {
            var field = (FieldReference)instruction.Operand;
            bool isMade = method.IsConstructor && method.DeclaringType == field.DeclaringType;
            return !isMade && (instruction.OpCode.Code is Code.Stfld or Code.Stsfld or Code.Ldflda or Code.Ldsflda
                || (field.FieldType.IsArray && (method.ReturnType.IsArray || Writes(method, writers))));
        }

        private static bool Writes(MethodDefinition method, Dictionary<MethodDefinition, bool> writers)
        {
            if (!writers.TryGetValue(method, out bool writes))
            {
                writers[method] = false;
                writes = !method.HasBody || method.Body.Instructions.Any(instruction =>
                    instruction.OpCode.Name.StartsWith("stelem", StringComparison.Ordinal)
                    || (instruction.Operand is MethodReference called
                        && called.Parameters.Any(parameter => parameter.ParameterType.IsArray || parameter.ParameterType.FullName == "System.Array")
                        && (called is not MethodDefinition own || Writes(own, writers))));
                writers[method] = writes;
            }

            return writes;
        }

        private static IEnumerable<FieldDefinition> Fields(MethodDefinition method, Func<Instruction, bool> condition)
        {
            return !method.HasBody ? [] : method.Body.Instructions
                .Where(instruction => instruction.Operand is FieldDefinition && condition(instruction))
                .Select(instruction => (FieldDefinition)instruction.Operand);
        }

        private static bool IsSignal(FieldDefinition field)
        {
            return IsSignal(field.FieldType);
        }

        private static bool IsSignal(TypeReference type)
        {
            return type.FullName == Signal;
        }

        private static IReadOnlyDictionary<MethodDefinition, MethodDefinition> ReachFrom(ModuleDefinition module,
            IReadOnlyList<string> rooms)
        {
            return new CallGraph(module).Reach(Methods(module).Where(method => IsOf(method, rooms)));
        }

        private static IEnumerable<MethodDefinition> Callers(ModuleDefinition module, string called)
        {
            return Methods(module).Where(method => method.Body.Instructions
                .Any(instruction => instruction.Operand is MethodReference reference && NameOf(reference) == called));
        }

        private static IEnumerable<MethodDefinition> Methods(ModuleDefinition module)
        {
            return module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);
        }

        private static IEnumerable<MethodDefinition> Trace(IReadOnlyDictionary<MethodDefinition, MethodDefinition> reached,
            MethodDefinition method)
        {
            for (MethodDefinition step = method; step != null; step = reached[step])
            {
                yield return step;
            }
        }

        private static bool IsOf(MethodDefinition method, IReadOnlyList<string> rooms)
        {
            return rooms.Contains(ArrowTable.RoomOf(method.DeclaringType));
        }

        private static string NameOf(MethodReference method)
        {
            return TypeUse.NameOf(method.DeclaringType) + "." + method.Name;
        }
    }
}
