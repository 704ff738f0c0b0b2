using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>Takes the answer to an order, and says what it means.</summary>
    internal static class KmsAnswer
    {
        /// <summary>Takes it.</summary>
        /// <returns>Whether the unit has done what the order says.</returns>
        public static bool Take(Ledger ledger, byte[] bytes)
        {
            OrderAnswer answer = OrderAnswer.Parse(bytes);
            TakenAnswer taken = ledger.Accept(answer);
            OrderEntry before = taken.Before;
            OrderEntry now = taken.Now;
            (string, string)[] report = answer.Report is null ? [] : OrderWords.Of(answer.Report);
            KmsOptions.Show(before.IsTaken ? $"Authentic, and answered before: {OrderWords.Of(now.Result.Value)}"
                : now.State is OrderState.Replaced or OrderState.Dead
                ? $"Authentic: the unit has not taken it; it is {OrderWords.Name(now.State)} in the ledger"
                : $"Authentic: {OrderWords.Of(answer.Result)}",
            [
                ("order", OrderWords.Name(before.Kind)), ("unit", before.Unit.ToString()), ("meter", before.Meter.ToString()),
                ("number", $"{before.Number}"), ("order id", before.Id), ("answered at", answer.Time.ToString()), .. report,
            ]);
            if (answer.NumberBefore == 0 && HasAnsweredBefore(ledger, before))
            {
                KmsOptions.Warn("The unit has forgotten the orders that it had answered before this one: its memory was lost or put back. "
                    + "Use a new ticket (kms ticket), above all orders, and order again what is to be in effect.");
            }

            if (taken.IsAnother)
            {
                KmsOptions.Warn($"The unit had answered this order otherwise before ({OrderWords.Of(before.Result.Value)}), and that stays: it "
                    + "has forgotten that it took the order. Its memory was lost or put back: use a new ticket (kms ticket), above all orders.");
            }

            foreach (OrderEntry settled in taken.Settled)
            {
                KmsOptions.Warn($"It tells of {OrderWords.Of(settled)}, too, of which no answer has come: "
                    + OrderWords.Of(settled.Result.Value) + ".");
            }

            if (now.IsTaken && before.State is OrderState.Replaced or OrderState.Dead)
            {
                TellWhatIsInEffect(ledger, before);
            }

            return now.Result == OrderResult.Done;
        }

        /// <summary>Takes one of many, of which only what somebody has to look at is told.</summary>
        public static ProofOutcome TakeQuietly(Ledger ledger, byte[] bytes)
        {
            TakenAnswer taken = ledger.Accept(OrderAnswer.Parse(bytes));
            string order = $"the order {taken.Now.Id} for the unit {taken.Now.Unit}";
            return taken.IsAnother ? new ProofOutcome(ProofResult.Known, $"the unit had answered {order} otherwise before, and that stays: its "
                    + "memory was lost or put back; use a new ticket (kms ticket)")
                : taken.Before.IsTaken ? new ProofOutcome(ProofResult.Known)
                : taken.Now.Result == OrderResult.Done ? new ProofOutcome(ProofResult.Taken)
                : new ProofOutcome(ProofResult.NotDone, $"{order}: {OrderWords.Of(taken.Now.Result.Value)}");
        }

        private static bool HasAnsweredBefore(Ledger ledger, OrderEntry order)
        {
            DateTimeOffset enrolled = ledger.Get(order.Unit, UnitKind.Communication).Enrolled;
            return ledger.Orders(new OrderFilter { Unit = order.Unit }).Any(earlier => earlier.IsTaken && earlier.Number < order.Number
                && earlier.Made >= enrolled);
        }

        private static void TellWhatIsInEffect(Ledger ledger, OrderEntry order)
        {
            KmsOptions.Warn($"This order was {OrderWords.Name(order.State)} in the ledger: the unit had taken it "
                + "before that.");
            IReadOnlyList<OrderEntry> inEffect = ledger.InEffect(ledger.Get(order.Unit, UnitKind.Communication));
            KmsOptions.Warn("In effect, as far as answers tell: "
                + (inEffect.Count == 0 ? "none" : string.Join("; ", inEffect.Select(OrderWords.Of))) + "."
                + (ledger.OpenOrderOf(order.Unit) is OrderEntry open ? $" Open, and not answered yet: {OrderWords.Of(open)}." : ""));
        }
    }
}
