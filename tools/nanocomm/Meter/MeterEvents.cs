using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NanoComm.CommandLine;
using NanoComm.Simulators.Dlms;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>meter events</c>: the metering unit's security event log, 0-0:99.98.0.</summary>
    internal sealed class MeterEvents
    {
        private const ushort ProfileClass = 7;
        private const byte Buffer = 2;
        private const int MaxDepth = 2;

        private static readonly Obis Name = Obis.Parse("0.0.99.98.0.255");

        private readonly MeterOptions _meter = new();
        private readonly Option<bool> _json = new("--json") { Description = "A JSON array." };

        public static Command Make()
        {
            var events = new MeterEvents();
            var command = new Command("events", "The security event log of the metering unit, newest first.") { events._json };
            events._meter.AddTo(command, areRequired: true);
            command.Does(events.Run);
            return command;
        }

        /// <summary>What happened, in words.</summary>
        internal static string Describe(int code) => (SecurityEventCode)code switch
        {
            SecurityEventCode.PowerUp => "started",
            SecurityEventCode.Associated => "client authenticated",
            SecurityEventCode.AssociationRefused => "association refused: unknown client, context or mechanism",
            SecurityEventCode.AuthenticationFailed => "authentication failed: wrong keys",
            SecurityEventCode.DecipheringFailed => "message not authentic",
            SecurityEventCode.CounterReplayed => "message with a counter that was used",
            SecurityEventCode.AccessDenied => "asked for what the client has no right to",
            SecurityEventCode.ClockSet => "clock set",
            SecurityEventCode.GranularitySwitched => "soft switch set",
            SecurityEventCode.Committed => "pairing committed",
            SecurityEventCode.Staged => "ticket staged",
            SecurityEventCode.StageRepeated => "ticket came again",
            SecurityEventCode.StageRefused => "ticket refused",
            SecurityEventCode.TicketNotAuthentic => "ticket not authentic",
            SecurityEventCode.CommitRefused => "commit refused",
            SecurityEventCode.OrderPosted => "order posted",
            SecurityEventCode.OrderRefused => "order refused",
            SecurityEventCode.OrderAnswered => "answer to an order taken",
            SecurityEventCode.AnswerRefused => "answer to an order refused",
            _ => $"event {code}, unknown to this program",
        };

        private int Run(ParseResult parsed)
        {
            using MeterClient meter = _meter.Associate(parsed);
            List<(DateTime? Time, int Code, decimal Count)> entries;
            try
            {
                entries = Read(meter);
            }
            catch (MeterRefusal refusal)
            {
                throw new UserError($"the metering unit {meter.Meter} has no security event log at {Name}: {refusal.Message}");
            }

            if (parsed.GetValue(_json))
            {
                WriteJson(entries);
                return 0;
            }

            Table table = new Table().RoundedBorder().BorderColor(Color.Grey)
                .AddColumn("first that day").AddColumn(new TableColumn("times").RightAligned()).AddColumn("event");
            foreach ((DateTime? time, int code, decimal count) in entries)
            {
                table.AddRow(new Text(time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.CurrentCulture) ?? "-"),
                    new Text(count.ToString("N0", CultureInfo.CurrentCulture)), new Text(Describe(code)));
            }

            AnsiConsole.Write(table);
            return 0;
        }

        private static List<(DateTime? Time, int Code, decimal Count)> Read(MeterClient meter)
        {
            var entries = new List<(DateTime? Time, int Code, decimal Count)>();
            var reader = new AxdrReader(meter.Get(ProfileClass, Name, Buffer));
            reader.Expect(DataTag.Array);
            int count = reader.Count();
            for (int i = 0; i < count && reader.IsGood; i++)
            {
                reader.Structure(3);
                DateTime? time = CosemValue.ToTime(reader.Data(MaxDepth));
                decimal? code = CosemValue.ToNumber(reader.Data(MaxDepth));
                decimal? times = CosemValue.ToNumber(reader.Data(MaxDepth));
                reader.Require(code is >= 0 and <= ushort.MaxValue && times is not null);
                entries.Add((time, (int)(code ?? 0), times ?? 0));
            }

            return reader.IsGoodToTheEnd ? entries
                : throw new UserError($"the metering unit {meter.Meter} has a log at {Name} of other columns than time, code and count");
        }

        private static void WriteJson(List<(DateTime? Time, int Code, decimal Count)> entries)
        {
            var output = new MemoryStream();
            var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            using (var writer = new Utf8JsonWriter(output, options))
            {
                writer.WriteStartArray();
                foreach ((DateTime? time, int code, decimal count) in entries)
                {
                    writer.WriteStartObject();
                    writer.WriteString("first", time is DateTime known ? CosemValue.ToIso(known) : null);
                    writer.WriteNumber("code", code);
                    writer.WriteString("event", Describe(code));
                    writer.WriteNumber("times", count);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            Console.WriteLine(Encoding.UTF8.GetString(output.ToArray()));
        }
    }
}
