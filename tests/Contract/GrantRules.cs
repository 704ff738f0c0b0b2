using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// No driver sends without a grant of power (requirement R30): who may reach a radio at all, and that each of these
    /// asks first, in the same method, and lets what it asked decide.
    /// </summary>
    internal static class GrantRules
    {
        public const string Ungranted = nameof(Ungranted);
        public const string Stranger = nameof(Stranger);

        private const string Grant = "NanoComm.Power.PowerGrant";

        /// <summary>What makes a radio send, and the one method each that does so.</summary>
        private static readonly Dictionary<string, string[]> Senders = new()
        {
            ["NanoComm.Hal.ISerialLine.Write"] = new[] { "NanoComm.WiSun.SkModule.Put" },
            ["NanoComm.Hal.IWifiRadio.Start"] = new[] { "NanoComm.Supervision.WifiSwitch.Join" },
            ["NanoComm.Hal.IDatagramPort.Send"] = new[] { "NanoComm.Power.PoweredPort.Send" },
            ["NanoComm.Hal.IDatagramPort.SendToGroup"] = new[] { "NanoComm.Power.PoweredPort.SendToGroup" },
            ["NanoComm.Hal.IDatagramPort.SendToTerminals"] = new[] { "NanoComm.Power.PoweredPort.SendToTerminals" },
            ["NanoComm.Hal.IDatagramPort.Open"] = new[] { "NanoComm.Power.PoweredPort.Open" },
        };

        /// <summary>Who else calls these, and why no radio sends by that.</summary>
        private static readonly Dictionary<string, string> Exempt = new()
        {
            ["NanoComm.Dlms.HdlcLink.Transmit"] = "the line to the metering unit",
            ["NanoComm.RouteB.EchonetPath.TryOpen"] = "its ports are powered ones, or the module's session",
            ["NanoComm.RouteB.EchonetPath.Send"] = "likewise",
            ["NanoComm.RouteB.EchonetPath.Publish"] = "likewise",
        };

        /// <summary>What hands a radio out, and who may take it.</summary>
        private static readonly Dictionary<string, string[]> Sources = new()
        {
            ["NanoComm.Hal.IBoard.get_WiSunLine"] = new[]
            {
                "NanoComm.CommunicationUnit.MakePaths", "NanoComm.CommunicationUnit.PartsOf", "NanoComm.WiSun.Coordinator..ctor",
            },
            ["NanoComm.Hal.IBoard.get_RouteBPorts"] = new[]
            {
                "NanoComm.CommunicationUnit.MakePaths", "NanoComm.CommunicationUnit.PartsOf", "NanoComm.Power.PoweredPort.All",
            },
            ["NanoComm.Hal.IBoard.get_Wifi"] = new[]
            {
                "NanoComm.CommunicationUnit.MakePaths", "NanoComm.CommunicationUnit.IpPart", "NanoComm.CommunicationUnit.PartsOf",
                "NanoComm.CommunicationUnit.StartSaving",

                // It makes the radio forget its network, which ends what it does.
                "NanoComm.Records.Erasure.FindWhatThereIs", "NanoComm.Records.Erasure.EraseAll",

                // It tells state and signal.
                "NanoComm.UnitReport.Write",
            },
            ["NanoComm.RouteB.EchonetPath..ctor"] = new[] { "NanoComm.CommunicationUnit.MakePaths", "NanoComm.RouteB.WiSunPath..ctor" },
        };

        /// <summary>Runs the rules over a module.</summary>
        public static IReadOnlyList<Finding> Check(ModuleDefinition module)
        {
            return Calls(module).SelectMany(call => CheckSender(call).Concat(CheckSource(call))).ToList();
        }

        /// <summary>Rows of the tables that no code needs any more.</summary>
        public static IEnumerable<string> Stale(ModuleDefinition module)
        {
            var callers = Calls(module).Where(call => Senders.ContainsKey(call.Called) || Sources.ContainsKey(call.Called))
                .Select(call => call.Called + " in " + NameOf(call.Caller)).ToHashSet();
            return Senders.Concat(Sources).SelectMany(row => row.Value.Select(caller => row.Key + " in " + caller))
                .Where(row => !callers.Contains(row))
                .Concat(Exempt.Keys.Where(name => !callers.Any(caller => caller.EndsWith(" in " + name, System.StringComparison.Ordinal))));
        }

        private static IEnumerable<Finding> CheckSender((MethodDefinition Caller, Instruction At, string Called) call)
        {
            if (!Senders.TryGetValue(call.Called, out string[] allowed) || Exempt.ContainsKey(NameOf(call.Caller)))
            {
                yield break;
            }

            string place = TypeUse.PlaceOf(call.Caller, call.At);
            if (!allowed.Contains(NameOf(call.Caller)))
            {
                yield return new Finding(place, Stranger,
                    $"calls {call.Called}, which {string.Join(" and ", allowed)} alone may: send through that");
            }
            else if (!IsDecided(call.Caller, call.At))
            {
                yield return new Finding(place, Ungranted, $"calls {call.Called} without a branch on a grant before it");
            }
        }

        private static IEnumerable<Finding> CheckSource((MethodDefinition Caller, Instruction At, string Called) call)
        {
            if (Sources.TryGetValue(call.Called, out string[] allowed) && !allowed.Contains(NameOf(call.Caller)))
            {
                yield return new Finding(TypeUse.PlaceOf(call.Caller, call.At), Stranger,
                    $"takes {call.Called}, which {string.Join(" and ", allowed)} alone may");
            }
        }

        // A branch behind a question to the grant, in front of the call.
        private static bool IsDecided(MethodDefinition method, Instruction call)
        {
            return method.Body.Instructions.TakeWhile(instruction => instruction != call)
                .Any(instruction => Asks(instruction, 1) && instruction.Next?.OpCode.FlowControl == FlowControl.Cond_Branch);
        }

        // Directly, or by a method of the same type that does.
        private static bool Asks(Instruction instruction, int depth)
        {
            if (instruction.Operand is not MethodReference called)
            {
                return false;
            }

            return called.DeclaringType.FullName == Grant ? called.Name is "get_MaySend" or "get_IsOn" or "TurnOn"
                : depth > 0 && called is MethodDefinition own && own.HasBody
                    && own.Body.Instructions.Any(inner => Asks(inner, depth - 1));
        }

        private static IEnumerable<(MethodDefinition Caller, Instruction At, string Called)> Calls(ModuleDefinition module)
        {
            return module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
                .SelectMany(method => method.Body.Instructions
                    .Where(instruction => instruction.Operand is MethodReference)
                    .Select(instruction => (method, instruction, NameOf((MethodReference)instruction.Operand))));
        }

        private static string NameOf(MethodReference method)
        {
            return TypeUse.NameOf(method.DeclaringType) + "." + method.Name;
        }
    }
}
