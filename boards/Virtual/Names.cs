using System.Collections.Generic;
using System.Linq;
using NanoComm.Bytes;
using NanoComm.Echonet;
using NanoComm.Pairing;
using NanoComm.Supervision;

namespace NanoComm.Virtual
{
    /// <summary>Services, objects and properties as a person calls them.</summary>
    internal static class Names
    {
        private const int NodeProfileClass = 0x0EF0;

        private static readonly Dictionary<byte, string> Services = new()
        {
            [Esv.SetISna] = "SetI_SNA", [Esv.SetCSna] = "SetC_SNA", [Esv.GetSna] = "Get_SNA", [Esv.InfSna] = "INF_SNA",
            [Esv.SetGetSna] = "SetGet_SNA", [Esv.SetI] = "SetI", [Esv.SetC] = "SetC", [Esv.Get] = "Get",
            [Esv.InfReq] = "INF_REQ", [Esv.SetGet] = "SetGet", [Esv.SetRes] = "Set_Res", [Esv.GetRes] = "Get_Res",
            [Esv.Inf] = "INF", [Esv.InfC] = "INFC", [Esv.InfCRes] = "INFC_Res", [Esv.SetGetRes] = "SetGet_Res",
        };

        private static readonly Dictionary<byte, string> Common = new()
        {
            [Epc.OperationStatus] = "status", [Epc.InstallationLocation] = "location",
            [Epc.StandardVersion] = "version", [Epc.IdentificationNumber] = "identification",
            [Epc.FaultStatus] = "fault", [Epc.FaultDescription] = "fault description",
            [Epc.ManufacturerCode] = "manufacturer", [Epc.ProductCode] = "product code",
            [Epc.ProductionNumber] = "production number", [Epc.CurrentTime] = "time", [Epc.CurrentDate] = "date",
            [Epc.InfMap] = "INF map", [Epc.SetMap] = "Set map", [Epc.GetMap] = "Get map",
        };

        private static readonly Dictionary<byte, string> Node = new()
        {
            [Epc.SelfNodeInstances] = "instances", [Epc.SelfNodeClasses] = "classes",
            [Epc.InstanceListNotification] = "instance list", [Epc.SelfNodeInstanceListS] = "instance list S",
            [Epc.SelfNodeClassListS] = "class list S",
        };

        private static readonly Dictionary<byte, string> LowVoltage = new()
        {
            [Epc.RouteBId] = "route-B id", [Epc.OneMinuteEnergy] = "one-minute energy", [Epc.Coefficient] = "coefficient",
            [Epc.EffectiveDigits] = "digits", [Epc.NormalEnergy] = "energy normal", [Epc.EnergyUnit] = "unit",
            [Epc.NormalHistory1] = "day normal", [Epc.ReverseEnergy] = "energy reverse",
            [Epc.ReverseHistory1] = "day reverse", [Epc.History1Day] = "day chosen",
            [Epc.InstantaneousPower] = "power", [Epc.InstantaneousCurrents] = "currents",
            [Epc.NormalFixedTimeEnergy] = "half-hour normal", [Epc.ReverseFixedTimeEnergy] = "half-hour reverse",
            [Epc.History2] = "half-hours", [Epc.History2Time] = "half-hours chosen", [Epc.History3] = "minutes",
            [Epc.History3Time] = "minutes chosen",
        };

        private static readonly Dictionary<byte, string> HighVoltage = new()
        {
            [Epc.RouteBId] = "route-B id", [Epc.MaximumDemand] = "maximum demand",
            [Epc.CumulativeDemand] = "cumulative demand", [Epc.FixedTimeDemand] = "half-hour demand",
            [Epc.DemandDigits] = "demand digits", [Epc.DemandUnit] = "demand unit",
            [Epc.NormalDemandHistory] = "demand day normal", [Epc.CumulativeDemandUnit] = "cumulative demand unit",
            [Epc.ReverseDemandHistory] = "demand day reverse", [Epc.PowerFactorReactive] = "reactive for power factor",
            [Epc.FixedTimeReactive] = "half-hour reactive", [Epc.ReactiveDigits] = "reactive digits",
            [Epc.ReactiveUnit] = "reactive unit", [Epc.NormalReactiveHistory] = "reactive day normal",
            [Epc.ReverseReactiveHistory] = "reactive day reverse", [Epc.OneMinuteEnergy] = "one-minute energy",
            [Epc.OneMinuteReactive] = "one-minute reactive", [Epc.Coefficient] = "coefficient",
            [Epc.Multiplier] = "multiplier", [Epc.LagEnergy] = "reactive lag", [Epc.LeadEnergy] = "reactive lead",
            [Epc.FixedDate] = "fixed date", [Epc.HistoryDay] = "day chosen", [Epc.ActiveEnergy] = "energy",
            [Epc.FixedTimeActive] = "half-hour energy", [Epc.PowerFactorActive] = "energy for power factor",
            [Epc.ActiveDigits] = "digits", [Epc.ActiveUnit] = "unit", [Epc.NormalHistory] = "day normal",
            [Epc.ReverseHistory] = "day reverse", [Epc.BidirectionalPower] = "power",
            [Epc.BidirectionalCurrents] = "currents", [Epc.ActiveMinutes] = "minutes",
            [Epc.ReactiveMinutes] = "reactive minutes", [Epc.MinutesTime] = "minutes chosen",
        };

        // By class.
        private static readonly Dictionary<int, Dictionary<byte, string>> Own = new()
        {
            [NodeProfileClass] = Node, [Eoj.LowVoltageMeter >> 8] = LowVoltage,
            [Eoj.HighVoltageMeter >> 8] = HighVoltage, [Eoj.BidirectionalHighVoltageMeter >> 8] = HighVoltage,
        };

        /// <summary>A pattern of the light, as one sees it.</summary>
        public static string OfLight(LightPattern pattern) => pattern switch
        {
            LightPattern.Unpaired => "one short flash",
            LightPattern.TicketLoaded => "two short flashes",
            LightPattern.Pairing => "flickers",
            LightPattern.Reading => "steady",
            LightPattern.ReadingWithGaps => "steady, goes out every two seconds",
            LightPattern.LoopHung => "two long flashes",
            LightPattern.NoReading => "slowly on and off",
            LightPattern.Refused => "three short flashes",
            LightPattern.Retired => "one long, one short flash",
            _ => "dark",
        };

        /// <summary>A state of the pairing, without its reason.</summary>
        public static string OfPairing(PairingState state) => state switch
        {
            PairingState.TicketLoaded => "ticket loaded",
            PairingState.Pairing => "pairing",
            PairingState.Paired => "paired",
            PairingState.Refused => "ticket not accepted",
            PairingState.Retired => "retired",
            _ => "unpaired",
        };

        /// <summary>Why the pairing is in its state.</summary>
        public static string OfDetail(PairingDetail detail) => detail switch
        {
            PairingDetail.None => "",
            PairingDetail.NoAnswer => "no answer from the metering unit",
            PairingDetail.WrongUnit => "another metering unit is at the line",
            PairingDetail.NewerTicket => "a newer ticket was used at this meter",
            PairingDetail.Expired => "the ticket has expired",
            PairingDetail.Unreadable => "the metering unit cannot read the ticket",
            PairingDetail.CommitRefused => "the metering unit refused the commit",
            PairingDetail.NotAuthentic => "an answer was not authentic",
            PairingDetail.StoreFailed => "the unit's store failed",
            PairingDetail.BadTicket => "the ticket is damaged, or not made for this unit",
            PairingDetail.NotNewer => "the ticket is not newer than the pairing",
            PairingDetail.NoFactoryKeys => "the unit has no factory keys",
            PairingDetail.Replaced => "another unit took its place",
            PairingDetail.RetiredByOrder => "erased by a ticket",
            PairingDetail.ErasedByBench => "erased by a bench",
            PairingDetail.TicketWaits => "the ticket waits for a place",
            _ => "the metering unit refuses, or answers what makes no sense",
        };

        /// <summary>A service, or its number when the standard has no such service.</summary>
        public static string OfService(byte esv)
        {
            return Services.GetValueOrDefault(esv, esv.ToString("X2"));
        }

        /// <summary>An object: its code, and what it is when it is one of ours.</summary>
        public static string OfObject(int eoj)
        {
            return eoj >> 8 == NodeProfileClass ? $"node {eoj:X6}"
                : Own.ContainsKey(eoj >> 8) ? $"meter {eoj:X6}"
                : eoj.ToString("X6");
        }

        /// <summary>A property of an object: its code and name.</summary>
        public static string OfProperty(int eoj, byte epc)
        {
            string name = NameOf(eoj, epc);
            return name is null ? epc.ToString("X2") : $"{epc:X2} {name}";
        }

        /// <summary>Every property of a well-formed frame, both lists of a SetGet, of the object that is asked or speaks.</summary>
        public static IEnumerable<string> OfProperties(byte[] frame)
        {
            int eoj = ObjectOf(frame);
            return Epcs(frame).Select(epc => OfProperty(eoj, epc));
        }

        /// <summary>The same, code and name apart; no name for what is not ours.</summary>
        public static IEnumerable<(byte Epc, string Name)> PropertiesOf(byte[] frame)
        {
            int eoj = ObjectOf(frame);
            return Epcs(frame).Select(epc => (epc, NameOf(eoj, epc)));
        }

        private static string NameOf(int eoj, byte epc)
        {
            return Common.GetValueOrDefault(epc) ?? Own.GetValueOrDefault(eoj >> 8)?.GetValueOrDefault(epc);
        }

        /// <summary>The object that is asked, or that speaks.</summary>
        public static int ObjectOf(byte[] frame)
        {
            bool speaks = (frame[EchonetFrame.EsvOffset] & 0x70) is 0x70 or 0x50;
            return BigEndian.ReadU24(frame, speaks ? EchonetFrame.SeojOffset : EchonetFrame.DeojOffset);
        }

        private static List<byte> Epcs(byte[] frame)
        {
            var epcs = new List<byte>();
            for (int list = EchonetFrame.OpcOffset; list < frame.Length;)
            {
                int offset = list + 1;
                for (int i = 0; i < frame[list]; i++)
                {
                    epcs.Add(frame[offset]);
                    offset += 2 + frame[offset + 1];
                }

                list = offset;
            }

            return epcs;
        }
    }
}
