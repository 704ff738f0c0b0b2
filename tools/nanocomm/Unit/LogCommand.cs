using System;
using System.CommandLine;
using System.Globalization;
using NanoComm.Audit;
using NanoComm.CommandLine;
using NanoComm.Records;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>log</c>: the security log of a unit, for a person.</summary>
    internal static class LogCommand
    {
        private const int LeastWidth = 120;

        private static readonly DateTime Epoch = new(2000, 1, 1);

        public static Command Make()
        {
            Option<string> store = HostOptions.Store("Record folder of the unit.");
            store.Required = true;
            var command = new Command("log", "The security log of a unit: what happened, how often, when first and last.")
            {
                store,
            };
            command.SetAction(parsed => Show(parsed.GetValue(store)));
            return command;
        }

        private static void Show(string folder)
        {
            DurableStore store = UnitFolder.Look(folder);
            if (store.LengthOf(RecordCatalogue.SecurityLog) < 0)
            {
                throw new UserError($"--store: {folder} holds no whole security log; the unit has not run there yet, or "
                    + "everything was erased");
            }

            Show(store);
        }

        /// <summary>Shows the log of a unit whose records can be read.</summary>
        /// <param name="store">The records.</param>
        internal static void Show(DurableStore store)
        {
            var log = new SecurityLog(store, null, null);
            Table table = new Table().RoundedBorder().BorderColor(Color.Grey)
                .AddColumn("event").AddColumn(new TableColumn("times").RightAligned())
                .AddColumn("first").AddColumn("last");
            var entry = new SecurityLogEntry();
            for (int i = 0; log.Get(i, entry); i++)
            {
                table.AddRow(new Text(Describe(entry.Event)), new Text(entry.Count.ToString("N0", CultureInfo.CurrentCulture)),
                    new Text(When(entry.IsFirstDated, entry.First)), new Text(When(entry.IsLastDated, entry.Last)));
            }

            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
            AnsiConsole.Write(table);
            AnsiConsole.WriteLine("Times are the meter's civil time; before the unit knew it, seconds since it had started.");
        }

        internal static string When(bool isDated, uint seconds)
        {
            return isDated
                ? Epoch.AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.CurrentCulture)
                : $"{seconds:N0} s after a start";
        }

        internal static string Describe(SecurityEvent e) => e switch
        {
            SecurityEvent.Start => "started",
            SecurityEvent.TicketLoaded => "ticket taken",
            SecurityEvent.TicketRefused => "ticket refused by the unit",
            SecurityEvent.Paired => "paired",
            SecurityEvent.PairingRefused => "pairing refused by the metering unit",
            SecurityEvent.NotAuthentic => "answer of the metering unit not authentic",
            SecurityEvent.WrongUnit => "another metering unit at the line",
            SecurityEvent.Retired => "retired",
            SecurityEvent.Erased => "erased",
            SecurityEvent.BenchOrder => "bench order",
            SecurityEvent.OtherClass => "a metering unit of another class",
            SecurityEvent.OrderDone => "order carried out",
            SecurityEvent.OrderRefused => "order refused, or not carried out",
            SecurityEvent.OrderUnreadable => "order damaged, or not for this unit",
            SecurityEvent.TerminalJoined => "terminal joined",
            SecurityEvent.TerminalLeft => "terminal left",
            SecurityEvent.JoinRefused => "terminal refused",
            SecurityEvent.DatagramOutsideSession => "datagram from outside of a session",
            SecurityEvent.ModuleRestarted => "Wi-SUN module restarted",
            SecurityEvent.TransmitLimit => "limit of transmission time reached",
            SecurityEvent.TerminalCutOff => "terminal that is cut off or not admitted has asked",
            SecurityEvent.SupplyLow => "supply low, loads shed",
            SecurityEvent.SupplyGood => "supply good again",
            SecurityEvent.BrownOut => "restarted out of a low supply",
            SecurityEvent.PowerRefused => "a load has to wait for power",
            SecurityEvent.WifiOn => "Wi-Fi switched on",
            SecurityEvent.WifiOff => "Wi-Fi switched off",
            SecurityEvent.WifiLost => "Wi-Fi network lost",
            SecurityEvent.MeteringHung => "restarted because the metering loop hung",
            SecurityEvent.IpPathHung => "restarted because the loop of the IP path hung",
            SecurityEvent.WiSunPathHung => "restarted because the loop of the Wi-SUN path hung",
            SecurityEvent.RecordsHung => "restarted because the loop that writes records hung",
            SecurityEvent.LightHung => "restarted because the light's loop hung",
            _ => $"event {(int)e}, unknown to this program",
        };
    }
}
