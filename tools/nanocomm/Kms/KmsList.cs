using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms list</c>.</summary>
    internal sealed class KmsList
    {
        private const string Units = "units";
        private const string Tickets = "tickets";
        private const string Orders = "orders";
        private const int UsualLimit = 50;
        private const int MostDays = 36_500;

        private readonly Option<string> _ledger = KmsOptions.Ledger();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLedger();

        private readonly Argument<string> _what = new("WHAT")
        {
            Description = $"{Tickets} or {Orders}, the newest first, or {Units}.",
            DefaultValueFactory = _ => Tickets,
        };

        private readonly Option<SystemTitle?> _meter = KmsOptions.Title("--mu", "Only those of this metering unit.");
        private readonly Option<SystemTitle?> _unit = KmsOptions.Title("--cu", "Only those of this communication unit.");

        private readonly Option<string> _state = new("--state")
        {
            Description = $"Only those in this state: {Names<TicketState>()} for tickets, {Names<OrderState>()} for orders, "
                + $"{Names<UnitState>()} for units.",
            HelpName = "STATE",
        };

        private readonly Option<int> _olderThan = HostOptions.Number("--older-than",
            "With orders: only those made that many days ago or earlier, open ones unless --state is given.", 0, 1, MostDays, "DAYS");

        private readonly Option<int> _limit = HostOptions.Number("--limit", "At most that many; 0 for all.", UsualLimit, 0,
            int.MaxValue);

        private readonly Option<bool> _json = new("--json") { Description = "A JSON array, of all unless --limit is given." };

        private readonly Option<bool> _showSecrets = new("--show-secrets")
        {
            Description = "With units: show their keys too, in JSON. It takes the passphrase.",
        };

        public static Command Make()
        {
            var list = new KmsList();
            list._what.AcceptOnlyFromAmong(Tickets, Orders, Units);
            var command = new Command("list", "List tickets, orders or units.")
            {
                list._what, list._meter, list._unit, list._state, list._olderThan, list._limit, list._json, list._showSecrets, list._ledger,
                list._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                if (result.GetValue(list._showSecrets)
                    && (result.GetValue(list._what) != Units || !result.GetValue(list._json)))
                {
                    result.AddError("list: --show-secrets goes with units --json");
                }

                if (result.GetResult(list._olderThan) is { Implicit: false } && result.GetValue(list._what) != Orders)
                {
                    result.AddError("list: --older-than goes with orders");
                }
            });
            command.Does(list.Run);
            return command;
        }

        private static string Names<T>()
            where T : struct, Enum
        {
            return string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
        }

        private static T? State<T>(string text)
            where T : struct, Enum
        {
            if (text is null)
            {
                return null;
            }

            return Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true)
                : throw new UserError($"--state: '{text}' is none of {Names<T>()}");
        }

        private static string Name<T>(T value)
            where T : struct, Enum => value.ToString().ToLowerInvariant();

        private int Run(ParseResult parsed)
        {
            bool showSecrets = parsed.GetValue(_showSecrets);
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), showSecrets ? _passphrase.Get(parsed) : null);
            if (parsed.GetValue(_what) == Units)
            {
                ListUnits(parsed, ledger, showSecrets);
            }
            else if (parsed.GetValue(_what) == Orders)
            {
                ListOrders(parsed, ledger);
            }
            else
            {
                ListTickets(parsed, ledger);
            }

            return 0;
        }

        private void ListTickets(ParseResult parsed, Ledger ledger)
        {
            IEnumerable<TicketEntry> tickets = ledger.Tickets(new TicketFilter
            {
                Meter = parsed.GetValue(_meter),
                Unit = parsed.GetValue(_unit),
                State = State<TicketState>(parsed.GetValue(_state)),
            });
            if (parsed.GetValue(_json))
            {
                WriteJson(parsed, tickets, Write);
                return;
            }

            WriteTable(parsed, tickets, ["epoch", "order", "meter", "unit", "issued", "not after", "state", "since", "ticket id"],
                ticket =>
                [
                    $"{ticket.Epoch}", Name(ticket.Kind), $"{ticket.Meter}", $"{ticket.Unit}",
                    KmsOptions.Show(ticket.Issued, ""), KmsOptions.Show(ticket.NotAfter, "-"), Name(ticket.State),
                    KmsOptions.Show(ticket.Closed, "-"), ticket.Id,
                ]);
        }

        private void ListOrders(ParseResult parsed, Ledger ledger)
        {
            TimeSpan? age = parsed.GetResult(_olderThan) is { Implicit: false } ? TimeSpan.FromDays(parsed.GetValue(_olderThan)) : null;
            IEnumerable<OrderEntry> orders = ledger.Orders(new OrderFilter
            {
                Meter = parsed.GetValue(_meter),
                Unit = parsed.GetValue(_unit),
                State = State<OrderState>(parsed.GetValue(_state)) ?? (age is null ? null : OrderState.Open),
                Age = age,
            });
            if (parsed.GetValue(_json))
            {
                WriteJson(parsed, orders, (writer, order) => Write(writer, order, ledger.AnswerTo(order)));
                return;
            }

            WriteTable(parsed, orders,
                ["number", "order", "unit", "meter", "made", "not after", "state", "since", "answer", "order id"], order =>
                [
                    $"{order.Number}", OrderWords.Name(order.Kind), $"{order.Unit}", $"{order.Meter}", KmsOptions.Show(order.Made, ""),
                    KmsOptions.Show(order.NotAfter, "-"), Name(order.State), KmsOptions.Show(order.Closed, "-"),
                    order.Result is OrderResult result ? Name(result) : "-", order.Id,
                ]);
        }

        private void ListUnits(ParseResult parsed, Ledger ledger, bool showSecrets)
        {
            SystemTitle? meter = parsed.GetValue(_meter);
            SystemTitle? communication = parsed.GetValue(_unit);
            IEnumerable<Unit> units = ledger.Units(state: State<UnitState>(parsed.GetValue(_state)))
                .Where(unit => (meter is null && communication is null)
                    || unit.Title == (unit.Kind == UnitKind.Metering ? meter : communication));
            if (parsed.GetValue(_json))
            {
                WriteJson(parsed, units, (writer, unit) => Write(writer, unit, showSecrets ? ledger : null));
                return;
            }

            WriteTable(parsed, units, ["title", "kind", "serial", "state", "enrolled", "paired with", "since epoch", "open order"], unit =>
            {
                TicketEntry pairing = unit.Kind == UnitKind.Metering ? ledger.PairingOf(unit.Title) : null;
                return
                [
                    $"{unit.Title}", unit.Kind == UnitKind.Metering ? "mu" : "cu", unit.Serial, Name(unit.State),
                    KmsOptions.Show(unit.Enrolled, ""), pairing?.Unit.ToString() ?? "-", pairing?.Epoch.ToString() ?? "-",
                    ledger.OpenOrderOf(unit.Title) is OrderEntry open ? OrderWords.Of(open) : "-",
                ];
            });
        }

        private void WriteTable<T>(ParseResult parsed, IEnumerable<T> rows, string[] columns, Func<T, string[]> cells)
        {
            int limit = parsed.GetValue(_limit) is 0 ? int.MaxValue : parsed.GetValue(_limit);
            Table table = new Table().Border(TableBorder.Rounded);
            foreach (string column in columns)
            {
                table.AddColumn(new TableColumn(column).NoWrap());
            }

            int count = 0;
            foreach (T row in rows)
            {
                if (count < limit)
                {
                    table.AddRow(cells(row).Select(cell => new Text(cell)));
                }

                count++;
            }

            if (count == 0)
            {
                AnsiConsole.Write(new Text("none\n"));
                return;
            }

            AnsiConsole.Write(table);
            if (count > limit)
            {
                AnsiConsole.Write(new Text($"{limit:N0} of {count:N0}: --limit 0 lists all\n"));
            }
        }

        private void WriteJson<T>(ParseResult parsed, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
        {
            bool isLimited = parsed.GetResult(_limit) is { Implicit: false } && parsed.GetValue(_limit) > 0;
            using Stream output = Console.OpenStandardOutput();
            using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
            {
                writer.WriteStartArray();
                foreach (T row in isLimited ? rows.Take(parsed.GetValue(_limit)) : rows)
                {
                    writer.WriteStartObject();
                    write(writer, row);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            output.Write("\n"u8);
        }

        private static void Write(Utf8JsonWriter writer, TicketEntry ticket)
        {
            writer.WriteNumber("epoch", ticket.Epoch);
            writer.WriteString("id", ticket.Id);
            writer.WriteString("order", Name(ticket.Kind));
            writer.WriteString("mu", ticket.Meter.ToString());
            writer.WriteString("cu", ticket.Unit.ToString());
            Write(writer, "issued", ticket.Issued);
            Write(writer, "not_after", ticket.NotAfter);
            writer.WriteString("state", Name(ticket.State));
            Write(writer, "closed", ticket.Closed);
        }

        private static void Write(Utf8JsonWriter writer, OrderEntry order, byte[] answer)
        {
            writer.WriteNumber("number", order.Number);
            writer.WriteString("id", order.Id);
            writer.WriteString("order", OrderWords.Name(order.Kind));
            writer.WriteString("cu", order.Unit.ToString());
            writer.WriteString("mu", order.Meter.ToString());
            Write(writer, "made", order.Made);
            Write(writer, "not_after", order.NotAfter);
            writer.WriteString("state", Name(order.State));
            Write(writer, "closed", order.Closed);
            writer.WriteString("result", order.Result is OrderResult result ? Name(result) : null);
            writer.WriteString("answer", answer.Length == 0 ? null : Convert.ToHexString(answer));
        }

        private static void Write(Utf8JsonWriter writer, Unit unit, Ledger secrets)
        {
            writer.WriteString("title", unit.Title.ToString());
            writer.WriteString("kind", unit.Kind == UnitKind.Metering ? "mu" : "cu");
            writer.WriteString("serial", unit.Serial);
            writer.WriteString("state", Name(unit.State));
            Write(writer, "enrolled", unit.Enrolled);
            if (secrets is null)
            {
                return;
            }

            using UnitKeys keys = secrets.KeysOf(unit);
            writer.WriteString(unit.Kind == UnitKind.Metering ? "kek" : "dk", Convert.ToHexString(keys.WrappingKey));
            writer.WriteString("proof_key", Convert.ToHexString(keys.ProofKey));
            if (keys.Utility is not null)
            {
                writer.WriteString("utility_title", keys.Utility.ClientTitle.ToString());
                writer.WriteString("utility_guek", Convert.ToHexString(keys.Utility.EncryptionKey));
                writer.WriteString("utility_gak", Convert.ToHexString(keys.Utility.AuthenticationKey));
            }
        }

        private static void Write(Utf8JsonWriter writer, string name, DateTimeOffset? time)
        {
            if (time is null)
            {
                writer.WriteNull(name);
            }
            else
            {
                writer.WriteString(name, time.Value);
            }
        }
    }
}
