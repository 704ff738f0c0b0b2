using System;
using System.CommandLine;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms order</c>: what its commands share.</summary>
    internal sealed class KmsOrder
    {
        private readonly Option<string> _ledger = KmsOptions.Ledger();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLedger();
        private readonly Option<SystemTitle?> _unit = KmsOptions.Title("--cu", "The communication unit.");

        private readonly Option<SystemTitle?> _meter = KmsOptions.Title("--mu",
            "The metering unit that it is paired with; without it, that of the newest ticket for the unit.");

        private readonly Option<uint?> _notAfter = KmsOptions.End("The unit takes the order");

        private readonly Option<string> _out = HostOptions.PathTo("--out", "PATH", "The order's file, or a folder for it.");
        private readonly Option<bool> _replace = KmsOptions.Replace();
        private readonly Option<bool> _yes = KmsOptions.YesToJump();

        private KmsOrder()
        {
            _unit.Required = true;
            _out.Required = true;
        }

        /// <summary>Gets what an order says from the command line, or asks for it, before the ledger is opened.</summary>
        /// <param name="parsed">The command line.</param>
        /// <param name="replace">Whether files that are written beside may be there already.</param>
        public delegate OrderDraft Draw(ParseResult parsed, bool replace);

        public static Command Make()
        {
            var command = new Command("order", "Make a sealed order for a communication unit: its B route, its Wi-Fi, its terminals. The "
                + "unit fetches it from its meter (nanocomm order post), or it is brought to it by hand; its answer is taken with kms "
                + "answer. A unit has one open order: another one takes its place.");
            foreach (Command each in KmsOrders.Make())
            {
                command.Add(each);
            }

            command.Add(MakeAgain());
            return command;
        }

        /// <summary>Makes the command for a kind of order.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="description">What it is for.</param>
        /// <param name="draw">Gets what it says.</param>
        /// <param name="options">Options of its own.</param>
        public static Command Make(OrderKind kind, string description, Draw draw, params Option[] options)
        {
            var order = new KmsOrder();
            var command = new Command(OrderWords.Name(kind), description) { order._unit };
            foreach (Option option in options)
            {
                command.Add(option);
            }

            order.AddTo(command);
            command.Does(parsed => order.Run(parsed, draw));
            return command;
        }

        /// <summary>Writes the file of an order that is in the ledger.</summary>
        /// <exception cref="UserError">It could not be written, and how to have it written again.</exception>
        public static void Write(IssuedOrder issued, string path)
        {
            try
            {
                DurableFile.Write(path, issued.Order.Bytes);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"the order {issued.Entry.Id} is in the ledger, but its file was not written: "
                    + $"{error.Message.TrimEnd('.')}. Have it written with kms order again --cu {issued.Entry.Unit}");
            }
        }

        /// <summary>Shows an order.</summary>
        public static void Show(IssuedOrder issued, string path)
        {
            OrderEntry order = issued.Entry;
            KmsOptions.Show("An order", ("file", path), ("order", OrderWords.Name(order.Kind)), ("unit", order.Unit.ToString()),
                ("meter", order.Meter.ToString()), ("number", $"{order.Number}"), ("order id", order.Id),
                ("not after", KmsOptions.Show(order.NotAfter, "-")));
            if (issued.Replaced is not null)
            {
                KmsOptions.Warn($"It takes the place of the open order {OrderWords.Of(issued.Replaced)}, of which no answer has come: unless "
                    + "the unit has taken that one already, it takes this one only.");
            }
        }

        private static Command MakeAgain()
        {
            var order = new KmsOrder();
            var command = new Command("again", "Write the file of a unit's open order again, the same as it was: after a power cut, or when it "
                + "was lost. Credentials that --make made are not shown again: where nobody has seen them, make another order.")
            {
                order._unit, order._out, order._replace, order._ledger, order._passphrase.File,
            };
            command.Does(order.RunAgain);
            return command;
        }

        private void AddTo(Command command)
        {
            foreach (Option option in (Option[])[_out, _replace, _notAfter, _meter, _yes, _ledger, _passphrase.File])
            {
                command.Add(option);
            }
        }

        private string FindOut(ParseResult parsed)
        {
            return KmsOptions.FindOut(parsed.GetValue(_out), OrderFile.NameOf(parsed.GetValue(_unit).Value), parsed.GetValue(_replace));
        }

        private int Run(ParseResult parsed, Draw draw)
        {
            bool replace = parsed.GetValue(_replace);
            string path = FindOut(parsed);
            OrderDraft draft = draw(parsed, replace);
            using OrderBody body = draft.Body;
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            var request = new OrderRequest(parsed.GetValue(_unit).Value, FindMeter(parsed, ledger), body,
                parsed.GetValue(_notAfter) ?? UtilityTime.Never);
            ledger.Check(request);
            bool allowJump = KmsTicket.Confirm(ledger, parsed.GetValue(_yes));
            CredentialsSheet sheet = draft.Sheet?.Invoke();
            IssuedOrder issued = Issue(ledger, request, allowJump, sheet);
            try
            {
                Write(issued, path);
                Show(issued, path);
            }
            finally
            {
                // The order has them, whatever became of its file.
                sheet?.Show($"The unit {request.Unit} uses them when it has taken the order. ");
            }

            if (draft.Caution is not null)
            {
                KmsOptions.Warn(draft.Caution);
            }

            return 0;
        }

        private static IssuedOrder Issue(Ledger ledger, OrderRequest request, bool allowJump, CredentialsSheet sheet)
        {
            try
            {
                return ledger.Issue(request, allowJump);
            }
            catch
            {
                sheet?.Discard();
                throw;
            }
        }

        private SystemTitle FindMeter(ParseResult parsed, Ledger ledger)
        {
            if (parsed.GetValue(_meter) is SystemTitle meter)
            {
                return meter;
            }

            SystemTitle unit = ledger.Get(parsed.GetValue(_unit).Value, UnitKind.Communication).Title;
            OrderTarget target = ledger.TargetOf(unit);
            if (target.Before is SystemTitle before)
            {
                KmsOptions.Warn($"No receipt tells yet that the unit is paired with the meter {target.Meter}. The order is for there; as long "
                    + $"as the unit is paired with {before}, it does not take it (--mu {before} makes one that it takes).");
            }

            return target.Meter;
        }

        private int RunAgain(ParseResult parsed)
        {
            string path = FindOut(parsed);
            using Ledger ledger = Ledger.Open(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            IssuedOrder issued = ledger.Again(ledger.Get(parsed.GetValue(_unit).Value, UnitKind.Communication).Title);
            Write(issued, path);
            Show(issued, path);
            return 0;
        }
    }
}
