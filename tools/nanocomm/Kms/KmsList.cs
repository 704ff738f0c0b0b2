using System;
using System.Collections.Generic;
using System.CommandLine;
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

        private readonly Option<uint?> _since = new("--since")
        {
            Description = "With tickets and orders: only those made on that day, or at that time, and later.",
            HelpName = "DATE",
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (NotAfter.TryParseSince(text, out uint seconds))
                {
                    return seconds;
                }

                result.AddError($"--since: {CellText.Quote(text)} is no date such as 2026-07-31, and no time such as 2026-07-31T17:00");
                return null;
            },
        };

        private readonly Option<int> _limit = HostOptions.Number("--limit", "At most that many; 0 for all.", UsualLimit, 0,
            int.MaxValue);

        private readonly Option<int> _page = HostOptions.Number("--page", "The page of that many.", 1, 1, int.MaxValue);

        private readonly Option<string> _after = new("--after")
        {
            Description = "Those behind this one, which is named below each page: faster than a high --page.",
            HelpName = "PLACE",
        };

        private readonly Option<bool> _totals = new("--totals") { Description = "Only how many there are in each state." };
        private readonly Option<bool> _json = new("--json") { Description = "A JSON array, of all unless --limit or --page is given." };

        private readonly Option<bool> _csv = new("--csv")
        {
            Description = "Comma-separated values, of all unless --limit or --page is given.",
        };

        private readonly Option<bool> _showSecrets = new("--show-secrets")
        {
            Description = "With units: show their keys too, in JSON. It takes the passphrase.",
        };

        public static Command Make()
        {
            var list = new KmsList();
            HostOptions.AllowOnly(list._what, Tickets, Orders, Units);
            var command = new Command("list", "List tickets, orders or units.")
            {
                list._what, list._meter, list._unit, list._state, list._since, list._olderThan, list._limit, list._page, list._after, list._totals,
                list._json, list._csv, list._showSecrets, list._ledger, list._passphrase.File,
            };
            command.Validators.Add(result =>
            {
                bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
                if (result.GetValue(list._showSecrets)
                    && (result.GetValue(list._what) != Units || !result.GetValue(list._json)))
                {
                    result.AddError("list: --show-secrets goes with units --json");
                }

                if (IsGiven(list._olderThan) && result.GetValue(list._what) != Orders)
                {
                    result.AddError("list: --older-than goes with orders");
                }

                if (IsGiven(list._since) && result.GetValue(list._what) == Units)
                {
                    result.AddError("list: --since goes with tickets and orders");
                }

                if (new Option[] { list._json, list._csv, list._totals }.Count(IsGiven) > 1)
                {
                    result.AddError("list: give one of --json, --csv and --totals");
                }

                if (IsGiven(list._page) && IsGiven(list._after))
                {
                    result.AddError("list: give either --page or --after");
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
            switch (parsed.GetValue(_what))
            {
                case Units:
                    Write(parsed, UnitList(parsed, ledger), showSecrets ? (json, unit) => WriteKeys(json, ledger, unit) : null);
                    break;
                case Orders:
                    Write(parsed, OrderList(parsed, ledger));
                    break;
                default:
                    Write(parsed, TicketList(parsed, ledger));
                    break;
            }

            return 0;
        }

        private ListSource<TicketEntry> TicketList(ParseResult parsed, Ledger ledger)
        {
            var filter = new TicketFilter
            {
                Meter = parsed.GetValue(_meter),
                Unit = parsed.GetValue(_unit),
                State = State<TicketState>(parsed.GetValue(_state)),
                Since = parsed.GetValue(_since),
                After = Place(parsed, "EPOCH:MU") is (uint epoch, SystemTitle meter)
                    ? new TicketEntry(epoch, "", default, meter, default, null, default, default, null) : null,
            };
            return new ListSource<TicketEntry>
            {
                Name = Tickets,
                Fields =
                [
                    new("epoch", "epoch", ticket => ticket.Epoch), new("order", "order", ticket => Name(ticket.Kind)),
                    new("meter", "mu", ticket => $"{ticket.Meter}"), new("unit", "cu", ticket => $"{ticket.Unit}"),
                    new("issued", "issued", ticket => ticket.Issued), new("not after", "not_after", ticket => ticket.NotAfter),
                    new("state", "state", ticket => Name(ticket.State)), new("since", "closed", ticket => ticket.Closed),
                    new("ticket id", "id", ticket => ticket.Id),
                ],
                Rows = limit => ledger.Tickets(filter with { Limit = limit }),
                Count = () => ledger.Count(filter),
                ByState = States(filter.State, state => ledger.Count(filter with { State = state })),
                Place = ticket => $"{ticket.Epoch}:{ticket.Meter}",
            };
        }

        private ListSource<OrderEntry> OrderList(ParseResult parsed, Ledger ledger)
        {
            TimeSpan? age = parsed.GetResult(_olderThan) is { Implicit: false } ? TimeSpan.FromDays(parsed.GetValue(_olderThan)) : null;
            var filter = new OrderFilter
            {
                Meter = parsed.GetValue(_meter),
                Unit = parsed.GetValue(_unit),
                State = State<OrderState>(parsed.GetValue(_state)) ?? (age is null ? null : OrderState.Open),
                Age = age,
                Since = parsed.GetValue(_since),
                After = Place(parsed, "NUMBER:CU") is (uint number, SystemTitle unit)
                    ? new OrderEntry(number, "", default, unit, default, null, default, default, null, null) : null,
            };
            return new ListSource<OrderEntry>
            {
                Name = Orders,
                Fields =
                [
                    new("number", "number", order => order.Number), new("order", "order", order => OrderWords.Name(order.Kind)),
                    new("unit", "cu", order => $"{order.Unit}"), new("meter", "mu", order => $"{order.Meter}"),
                    new("made", "made", order => order.Made), new("not after", "not_after", order => order.NotAfter),
                    new("state", "state", order => Name(order.State), OrderWords.StateOf),
                    new("since", "closed", order => order.Closed),
                    new("answer", "result", order => order.Result is OrderResult result ? Name(result) : null),
                    new("order id", "id", order => order.Id),
                    new("", "answer", order => ledger.AnswerTo(order) is { Length: > 0 } answer ? Convert.ToHexString(answer) : null,
                        Place: ListPlace.Files),
                ],
                Rows = limit => ledger.Orders(filter with { Limit = limit }),
                Count = () => ledger.Count(filter),
                ByState = States(filter.State, state => ledger.Count(filter with { State = state })),
                Place = order => $"{order.Number}:{order.Unit}",
            };
        }

        private ListSource<Unit> UnitList(ParseResult parsed, Ledger ledger)
        {
            var filter = new UnitFilter { State = State<UnitState>(parsed.GetValue(_state)), After = AfterTitle(parsed) };
            SystemTitle?[] wanted = [parsed.GetValue(_meter), parsed.GetValue(_unit)];
            List<Unit> named = wanted.All(title => title is null) ? null
                : Named(ledger, wanted).Where(unit => filter.State is null || unit.State == filter.State).ToList();
            return new ListSource<Unit>
            {
                Name = Units,
                Fields =
                [
                    new("title", "title", unit => $"{unit.Title}"), new("kind", "kind", KindOf), new("serial", "serial", unit => unit.Serial),
                    new("state", "state", unit => Name(unit.State)), new("enrolled", "enrolled", unit => unit.Enrolled),
                    new("hardware", "hardware", unit => unit.Hardware), new("lot", "lot", unit => unit.Lot),
                    new("written", "written", unit => unit.Written),
                    new("paired with", "", unit => PairingOf(ledger, unit)?.Unit.ToString(), Place: ListPlace.Screen),
                    new("since epoch", "", unit => PairingOf(ledger, unit)?.Epoch, Place: ListPlace.Screen),
                    new("open order", "", unit => ledger.OpenOrderOf(unit.Title) is OrderEntry open ? OrderWords.Of(open) : null,
                        Place: ListPlace.Screen),
                ],
                Rows = limit => named?.Take(limit ?? int.MaxValue) ?? ledger.Units(filter with { Limit = limit }),
                Count = () => named?.Count ?? ledger.Count(filter),
                ByState = States(filter.State, state => named?.Count(unit => unit.State == state) ?? ledger.Count(filter with { State = state })),
                Place = unit => $"{unit.Title}",
            };
        }

        private static IEnumerable<Unit> Named(Ledger ledger, SystemTitle?[] wanted)
        {
            UnitKind[] kinds = [UnitKind.Metering, UnitKind.Communication];
            return wanted.Zip(kinds).Where(one => one.First is not null).Select(one => (Unit: ledger.Find(one.First.Value), Kind: one.Second))
                .Where(one => one.Unit?.Kind == one.Kind).Select(one => one.Unit);
        }

        private static string KindOf(Unit unit) => unit.Kind == UnitKind.Metering ? "mu" : "cu";

        private static TicketEntry PairingOf(Ledger ledger, Unit unit)
        {
            return unit.Kind == UnitKind.Metering ? ledger.PairingOf(unit.Title) : null;
        }

        private static IEnumerable<(string State, Func<long> Count)> States<T>(T? only, Func<T, long> count)
            where T : struct, Enum
        {
            return Enum.GetValues<T>().Where(state => only is null || state.Equals(only)).Select(state =>
                (Name(state), (Func<long>)(() => count(state))));
        }

        // A place in a list of tickets or orders: two may have one number.
        private (uint Number, SystemTitle Title)? Place(ParseResult parsed, string form)
        {
            if (parsed.GetValue(_after) is not string text)
            {
                return null;
            }

            string[] parts = text.Split(':');
            return parts.Length == 2 && uint.TryParse(parts[0], out uint number) && SystemTitle.TryParse(parts[1], out SystemTitle title)
                ? (number, title) : throw new UserError($"--after: {CellText.Quote(text)} is not {form}, as it stands below a page");
        }

        private SystemTitle? AfterTitle(ParseResult parsed)
        {
            return parsed.GetValue(_after) is not string text ? null
                : SystemTitle.TryParse(text, out SystemTitle title) ? title
                : throw new UserError($"--after: {CellText.Quote(text)} is no title of 16 hexadecimal digits");
        }

        private void Write<T>(ParseResult parsed, ListSource<T> list, Action<Utf8JsonWriter, T> more = null)
        {
            bool isGiven = parsed.GetResult(_limit) is { Implicit: false } || parsed.GetResult(_page) is { Implicit: false };
            bool isFile = parsed.GetValue(_json) || parsed.GetValue(_csv);
            int limit = parsed.GetValue(_limit) == 0 || (isFile && !isGiven) ? int.MaxValue : parsed.GetValue(_limit);
            long skip = (parsed.GetValue(_page) - 1L) * (limit == int.MaxValue ? 0 : limit);
            IEnumerable<T> rows = Skip(list.Rows(limit == int.MaxValue ? null : (int)Math.Min(skip + limit, int.MaxValue)), skip);
            if (parsed.GetValue(_totals))
            {
                ShowTotals(list);
            }
            else if (parsed.GetValue(_json))
            {
                ListFile.WriteJson(Console.Out, list.Fields, rows, more);
            }
            else if (parsed.GetValue(_csv))
            {
                ListFile.WriteCsv(Console.Out, list.Fields, rows);
            }
            else
            {
                Show(parsed, list, rows, skip);
            }
        }

        private static IEnumerable<T> Skip<T>(IEnumerable<T> rows, long count)
        {
            return count > int.MaxValue ? [] : rows.Skip((int)count);
        }

        private void Show<T>(ParseResult parsed, ListSource<T> list, IEnumerable<T> rows, long skipped)
        {
            var screen = new ListScreen<T>(list.Fields);
            screen.Write(rows);
            long count = list.Count();
            if (screen.Count == 0)
            {
                KmsOptions.Say(count == 0 ? "none" : $"none here, {count:N0} {list.Name} in all");
                return;
            }

            if (screen.Count == count)
            {
                return;
            }

            bool isBehind = parsed.GetValue(_after) is not null;
            long last = skipped + screen.Count;
            string shown = isBehind ? $"{screen.Count:N0} of {count:N0} {list.Name}" : $"{skipped + 1:N0} to {last:N0} of {count:N0} {list.Name}";
            KmsOptions.Say(last >= count && !isBehind ? shown : $"{shown}: the next by "
                + (isBehind ? "" : $"--page {parsed.GetValue(_page) + 1} or ") + $"--after {list.Place(screen.Last)}, all by --limit 0");
        }

        private static void ShowTotals<T>(ListSource<T> list)
        {
            (string State, long Count)[] states = list.ByState.Select(one => (one.State, one.Count())).ToArray();
            KmsOptions.Show($"{states.Sum(one => one.Count):N0} {list.Name}",
                states.Select(one => (one.State, one.Count.ToString("N0"))).ToArray());
        }

        private static void WriteKeys(Utf8JsonWriter json, Ledger ledger, Unit unit)
        {
            using UnitKeys keys = ledger.KeysOf(unit);
            json.WriteString(unit.Kind == UnitKind.Metering ? "kek" : "dk", Convert.ToHexString(keys.WrappingKey));
            json.WriteString("proof_key", Convert.ToHexString(keys.ProofKey));
            if (keys.Utility is not null)
            {
                json.WriteString("utility_title", keys.Utility.ClientTitle.ToString());
                json.WriteString("utility_guek", Convert.ToHexString(keys.Utility.EncryptionKey));
                json.WriteString("utility_gak", Convert.ToHexString(keys.Utility.AuthenticationKey));
            }
        }
    }
}
