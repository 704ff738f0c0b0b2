using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>Orders and their answers as the key office reads them.</summary>
    internal static class OrderWords
    {
        // The commands that make them.
        private static readonly Dictionary<OrderKind, string> Kinds = new()
        {
            [OrderKind.OpenRouteB] = "open",
            [OrderKind.CloseRouteB] = "close",
            [OrderKind.WifiOn] = "wifi-on",
            [OrderKind.WifiOff] = "wifi-off",
            [OrderKind.Limits] = "limits",
            [OrderKind.CutOff] = "cut",
            [OrderKind.Readmit] = "readmit",
            [OrderKind.AdmitOnly] = "admit-only",
            [OrderKind.Report] = "report",
        };

        private static readonly string[] RouteB = ["closed", "open", "open, a terminal is in session", "the module is not ready"];

        private static readonly string[] Wifi =
            ["off", "joining", "joined", "wrong passphrase", "network not found", "joined, no address"];

        /// <summary>The command that makes such an order.</summary>
        public static string Name(OrderKind kind) => Kinds[kind];

        /// <summary>A state in a word.</summary>
        public static string Name(OrderState state) => state.ToString().ToLowerInvariant();

        /// <summary>What is known of an order, in a word or two. Of one that was replaced, or died, the unit may have taken it
        /// before.</summary>
        public static string StateOf(OrderEntry order)
        {
            return order.Result is null && order.State is OrderState.Replaced or OrderState.Dead
                ? $"{Name(order.State)}, not known whether carried out" : Name(order.State);
        }

        /// <summary>An order in a few words.</summary>
        public static string Of(OrderEntry order) => $"{Name(order.Kind)}, number {order.Number}";

        /// <summary>What the unit answered, and what to do.</summary>
        public static string Of(OrderResult result) => result switch
        {
            OrderResult.Done => "done",
            OrderResult.Overtaken => "overtaken: the unit has taken a newer order or a newer ticket, and will not carry it out any more; make "
                + "it again if it is still wanted",
            OrderResult.Expired => "refused, expired: its end was over by the unit's clock; make another",
            OrderResult.UnknownKind => "refused, unknown: the unit's firmware does not know such an order; bring it up to date, then make "
                + "another",
            OrderResult.Malformed => "refused, malformed: the unit makes no sense of it; compare the versions of this program and of the "
                + "unit's firmware",
            OrderResult.SecurityNotAllowed => "refused: the network is not protected well enough; make another with WPA2 or WPA3",
            OrderResult.NoSuchPath => "refused: the unit's board has no such path, radio or role",
            OrderResult.NoPlace => "refused: the unit's lists of terminals are full; make readmit or a shorter admit-only, then this one "
                + "again",
            _ => "refused: the unit is paired with another meter; make another one when it is paired with this",
        };

        /// <summary>What a unit tells of itself, row by row.</summary>
        public static (string Name, string Value)[] Of(OrderReport report)
        {
            return
            [
                ("pairing", $"epoch {report.Epoch}"),
                ("B route", State(RouteB, report.RouteB)),
                ("Wi-SUN signal", Signal(report.WiSunSignal)),
                ("Wi-Fi", State(Wifi, report.Wifi)),
                ("Wi-Fi signal", Signal(report.WifiSignal)),
                ("IP terminals", Number(report.Terminals)),
                ("cut off", Number(report.CutOff)),
                ("admitted only", report.Admitted == 0 ? "no list: all" : Number(report.Admitted)),
                ("answers", Number(report.Answers)),
                ("dropped", Number(report.Dropped)),
                ("refused", $"{Number(report.Refused)} requests of terminals that are cut off or not admitted"),
                ("security log", $"{Number(report.LogEntries)} entries, digest {Convert.ToHexString(report.LogDigest)}"),
            ];
        }

        /// <summary>Says that an order is dead.</summary>
        public static void TellDead(OrderEntry order)
        {
            KmsOptions.Warn($"The open order for the unit {order.Unit} ({Of(order)}) is dead: destroy its file.");
        }

        /// <summary>Says which orders became dead.</summary>
        /// <param name="before">Those that were open.</param>
        /// <param name="now">Those that are.</param>
        public static void TellDead(IEnumerable<OrderEntry> before, IEnumerable<OrderEntry> now)
        {
            foreach (OrderEntry dead in before.ExceptBy(now.Select(order => order.Number), order => order.Number))
            {
                TellDead(dead);
            }
        }

        private static string State(string[] names, byte state)
        {
            return state == OrderReport.NoPath ? "none: the board has no such path" : state < names.Length ? names[state] : $"state {state}";
        }

        private static string Signal(int? signal) => signal is int dBm ? $"{dBm} dBm" : "not known";

        private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
