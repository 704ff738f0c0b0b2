using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// What allocates on the device in the parts that run all the time, found in the IL: .NET's own count of bytes
    /// leaves out what its JIT puts on the stack. Constructors may allocate, and so may a throw.
    /// </summary>
    internal static class AllocationRules
    {
        public const string Allocation = nameof(Allocation);

        /// <summary>Parts in which a steady minute allocates nothing.</summary>
        private static readonly string[] SteadyNamespaces =
        {
            "NanoComm.Audit", "NanoComm.Bytes", "NanoComm.Crypto", "NanoComm.Dlms", "NanoComm.Echonet",
            "NanoComm.MeterLink", "NanoComm.Metering", "NanoComm.Orders", "NanoComm.Power", "NanoComm.RouteB", "NanoComm.Supervision", "NanoComm.WiSun",
        };

        /// <summary>Methods that allocate and do not run in a steady minute, each with the reason.</summary>
        private static readonly Dictionary<string, string> Exempt = new()
        {
            ["NanoComm.Bytes.Octets.Part"] = "for what is kept: titles, ids, keys, when they are read",
            ["NanoComm.Dlms.DurableCounter.Follow"] = "once a pairing",
            ["NanoComm.Dlms.SecurityContext.Copy"] = "part of the constructor",
            ["NanoComm.Audit.SecurityLog.Flush"] = "a copy for each write to the flash: few, and room kept for it is 833 bytes",
            ["NanoComm.Dlms.CosemDescriptor.get_Name"] = "for a log line, or a view",
            ["NanoComm.Echonet.EchonetIdentity.Join"] = "part of the constructor",
            ["NanoComm.Echonet.EchonetObject.Join"] = "part of the constructor",
            ["NanoComm.Echonet.EchonetObject.EncodedRows"] = "part of a constructor",
            ["NanoComm.Echonet.EchonetObject.First"] = "part of a constructor",
            ["NanoComm.Echonet.EchonetObject.PropertiesWith"] = "part of a constructor",
            ["NanoComm.Echonet.HighVoltageMeter.CommonTable"] = "part of a constructor",
            ["NanoComm.Echonet.SuperClass.DeviceTable"] = "part of a constructor",
            ["NanoComm.Echonet.SuperClass.Table"] = "part of a constructor",
            ["NanoComm.Metering.HighVoltageData.NewHalfHour"] = "part of a constructor",
            ["NanoComm.Metering.MeterData.NewHalfHours"] = "part of a constructor",
            ["NanoComm.Metering.MeterData.Subscribe"] = "before the loops start",
            ["NanoComm.MeterLink.Differences.Open"] = "a log line, once an object and pairing",
            ["NanoComm.MeterLink.Differences.TellBad"] = "a log line, once a profile and pairing",
            ["NanoComm.MeterLink.Differences.WhatCame"] = "a log line, once an object and pairing",
            ["NanoComm.MeterLink.Differences.Write"] = "a log line, once a difference and pairing",
            ["NanoComm.MeterLink.Differences.TellColumns"] = "a log line, once a profile and pairing",
            ["NanoComm.MeterLink.HighVoltageItems.Append"] = "part of a constructor",
            ["NanoComm.MeterLink.HighVoltageItems.Demand"] = "part of the constructor",
            ["NanoComm.MeterLink.HighVoltageItems.QuadrantOf"] = "part of the constructor",
            ["NanoComm.MeterLink.HighVoltageItems.Data"] = "part of the constructor",
            ["NanoComm.MeterLink.MeteringUnit.Columns"] = "part of the constructor",
            ["NanoComm.MeterLink.ProfileRequest.FiveMinutes"] = "once a request of who shares the link",
            ["NanoComm.MeterLink.ProfileRequest.QuarterHours"] = "once a request of who shares the link",
            ["NanoComm.MeterLink.MeteringUnit.DescribeGaps"] = "for a view",
            ["NanoComm.MeterLink.ProfileReader.Attribute"] = "part of the constructor",
            ["NanoComm.MeterLink.MeteringLoop.FollowClock"] = "a log line, when the metering clock has stepped",
            ["NanoComm.Audit.SecurityLog.Digest"] = "once an order to report",
            ["NanoComm.Orders.Order.Open"] = "once an order: a few in a unit's life, and those of a box that lies each five minutes",
            ["NanoComm.Orders.OrderAnswer.Make"] = "once an order",
            ["NanoComm.Orders.OrderAnswer.WriteTime"] = "once an order",
            ["NanoComm.Orders.OrderBox.Answer"] = "once an answer",
            ["NanoComm.Orders.OrderBox.Member"] = "part of the constructor, and once an order or answer",
            ["NanoComm.Orders.OrderBox.Read"] = "once an order",
            ["NanoComm.Orders.OrderKeeper.Obey"] = "once an order",
            ["NanoComm.Orders.OrderRecord.Finish"] = "once an order",
            ["NanoComm.Orders.OrderRecord.IsOf"] = "once an order",
            ["NanoComm.Orders.OrderRecord.Read"] = "once an order, and each five minutes while an answer is not handed over",
            ["NanoComm.RouteB.PathRules.ForIp"] = "once a path",
            ["NanoComm.RouteB.PeerText.Of"] = "of a log line, at most one a minute",
            ["NanoComm.RouteB.Refusals.Describe"] = "a log line, at most one a minute",
            ["NanoComm.RouteB.Refusals.Part"] = "of a log line, at most one a minute",
            ["NanoComm.RouteB.PathRules.ForWiSun"] = "once a path",
            ["NanoComm.WiSun.SkDigits.MakeValues"] = "part of the static constructor",
            ["NanoComm.Power.PoweredPort.All"] = "once a path",
            ["NanoComm.Supervision.LinkReport.Describe"] = "a log line, each hour and path",
            ["NanoComm.Supervision.LoopWatch.Restart"] = "the last that the unit does",
            ["NanoComm.Supervision.LoopWatch.Tell"] = "a log line, at the start",
            ["NanoComm.Supervision.LoopWatch.Warn"] = "a log line, when a loop hangs",
            ["NanoComm.Supervision.PowerWatch.Describe"] = "a log line, once a wait that lasts",
            ["NanoComm.Supervision.PowerWatch.RestoreNext"] = "a log line, once a load after a low supply",
            ["NanoComm.Supervision.PowerWatch.ShedNext"] = "a log line, once a load in a low supply",
            ["NanoComm.Supervision.PowerWatch.Tell"] = "a log line, once a transmission without an end",
            ["NanoComm.Supervision.WifiSwitch.Tell"] = "a log line, a handful and then one a minute",
            ["NanoComm.Supervision.LoopHealth.Report"] = "a log line, when a loop has failed",
            ["NanoComm.WiSun.Coordinator.Describe"] = "for a view",
            ["NanoComm.Policy.RouteBCredentials.Read"] = "at the start",
        };

        /// <summary>Runs the rule over a module.</summary>
        public static IReadOnlyList<Finding> Check(ModuleDefinition module)
        {
            return module.GetTypes()
                .Where(type => SteadyNamespaces.Contains(type.Namespace))
                .SelectMany(type => type.Methods)
                .Where(method => method.HasBody && !method.IsConstructor && !Exempt.ContainsKey(NameOf(method)))
                .SelectMany(method => method.Body.Instructions
                    .Where(Allocates)
                    .Select(instruction => new Finding(TypeUse.PlaceOf(method, instruction), Allocation,
                        $"{instruction.OpCode.Name} {instruction.Operand} allocates: make it in the constructor and use it again")))
                .ToList();
        }

        /// <summary>Exempt methods that the module does not have, or that allocate no more.</summary>
        public static IEnumerable<string> Stale(ModuleDefinition module)
        {
            return Exempt.Keys.Except(module.GetTypes().SelectMany(type => type.Methods)
                .Where(method => method.HasBody && method.Body.Instructions.Any(Allocates))
                .Select(NameOf));
        }

        private static string NameOf(MethodDefinition method)
        {
            return TypeUse.NameOf(method.DeclaringType) + "." + method.Name;
        }

        private static bool Allocates(Instruction instruction)
        {
            return instruction.OpCode.Code switch
            {
                Code.Newarr or Code.Box => true,
                Code.Newobj => instruction.Next?.OpCode.Code != Code.Throw,
                // A string that a library makes; an own method is looked at itself.
                Code.Call or Code.Callvirt => instruction.Operand is MethodReference called
                    && called is not MethodDefinition
                    && called.ReturnType.MetadataType == MetadataType.String
                    && !called.Name.StartsWith("get_", StringComparison.Ordinal),
                _ => false,
            };
        }
    }
}
