using NanoComm.CommandLine;
using NanoComm.Pairing;

namespace NanoComm.Tool
{
    /// <summary>What happened, in the technician's words, and what he can do. docs/field-swap.md says the same.</summary>
    internal static class SwapAdvice
    {
        /// <summary>The unit's light.</summary>
        public static (string Light, string Means, bool IsDone)[] Lights =>
        [
            (Words.Of("steady"), Words.Of("paired, readings arrive: done"), true),
            (Words.Of("steady, goes out for a moment every two seconds"), Words.Of("paired, readings arrive, but not all of "
                + "them: done; tell the office which meter it is"), true),
            (Words.Of("two long flashes, pause"), Words.Of("paired; a part of the unit hung within the last hour and it "
                + "restarted itself, or is about to: done, it goes on by itself; tell the office which meter it is"), true),
            (Words.Of("flickers fast"), Words.Of("pairing: wait, leave it on the meter"), false),
            (Words.Of("two short flashes, long pause"), Words.Of("ticket loaded, about to be used: wait"), false),
            (Words.Of("three short flashes, long pause"), Words.Of("the ticket was refused: see below"), false),
            (Words.Of("slowly on and off, evenly"), Words.Of("the meter does not answer: check seat and line"), false),
            (Words.Of("one short flash, long pause"), Words.Of("not paired, no ticket: deploy it once more"), false),
            (Words.Of("one long and one short flash"), Words.Of("replaced, retired or erased: take it off, send it back"), false),
            (Words.Of("dark"), Words.Of("no power, or starting (a few seconds): check the supply"), false),
        ];

        /// <summary>What happened.</summary>
        public static string What(PairingDetail detail) => detail switch
        {
            PairingDetail.NoAnswer => Words.Of("The meter does not answer."),
            PairingDetail.WrongUnit => Words.Of("The unit is on another meter than the one on the ticket."),
            PairingDetail.NewerTicket => Words.Of("A newer ticket was used at this meter."),
            PairingDetail.Expired => Words.Of("The ticket has expired."),
            PairingDetail.Unreadable => Words.Of("The meter cannot read the ticket."),
            PairingDetail.CommitRefused => Words.Of("The meter refused the last step."),
            PairingDetail.NotAuthentic => Words.Of("What the meter answered is not authentic."),
            PairingDetail.StoreFailed => Words.Of("The unit's own memory failed."),
            PairingDetail.BadTicket => Words.Of("The ticket is damaged, or was not made for this unit."),
            PairingDetail.NotNewer => Words.Of("The ticket is not newer than the pairing that the unit has."),
            PairingDetail.NoFactoryKeys => Words.Of("The unit has no factory keys."),
            PairingDetail.Replaced => Words.Of("Another unit has taken the place of this one."),
            PairingDetail.RetiredByOrder => Words.Of("The unit was retired by order."),
            PairingDetail.ErasedByBench => Words.Of("The unit was erased on a bench."),
            PairingDetail.Senseless => Words.Of("The meter refuses, or answers what makes no sense."),
            PairingDetail.TicketWaits => Words.Of("The ticket waits: the unit has two that may be in use, each at another meter."),
            _ => Words.Of("The unit says nothing more."),
        };

        /// <summary>What to do.</summary>
        public static string Do(PairingDetail detail) => detail switch
        {
            PairingDetail.NoAnswer => Words.Of("Check that the unit sits firmly and that the meter has power. It tries again by "
                + "itself; off and on makes it try at once."),
            PairingDetail.WrongUnit => Words.Of("Compare the meter's label with the ticket, and put the unit on the right meter."),
            PairingDetail.NewerTicket => Words.Of("Ask the key office for a new ticket, and tell it that one was used here already."),
            PairingDetail.Expired => Words.Of("Ask the key office for a new ticket."),
            PairingDetail.Unreadable => Words.Of("Compare the meter's label with the ticket. If they agree, ask the key office "
                + "for a new ticket."),
            PairingDetail.CommitRefused => Words.Of("Wait: the unit tries again by itself. If it stays so, ask the key office "
                + "for a new ticket."),
            PairingDetail.NotAuthentic => Words.Of("Look whether something else sits on the line between meter and unit. If "
                + "not, take another unit, and tell the key office."),
            PairingDetail.StoreFailed => Words.Of("Take another unit, with a ticket of its own; send this one back."),
            PairingDetail.BadTicket => Words.Of("Compare the unit's label with the ticket. If they agree, copy the ticket file again."),
            PairingDetail.NotNewer => Words.Of("If the light is steady, there is nothing to do. Otherwise ask the key office "
                + "for a new ticket."),
            PairingDetail.NoFactoryKeys => Words.Of("Take another unit, with a ticket of its own; send this one back."),
            PairingDetail.Replaced => Words.Of("Take the unit off and send it back. To use it here, the key office makes a new ticket."),
            PairingDetail.RetiredByOrder or PairingDetail.ErasedByBench => Words.Of("Take the unit off and send it back. To use "
                + "it again, the key office enrolls it again and makes a new ticket."),
            PairingDetail.Senseless => Words.Of("Switch the unit off and on. If it stays so, tell the key office what meter it is."),
            PairingDetail.TicketWaits => Words.Of("Leave the unit on the meter until it has asked it. If it stays so, put it on "
                + "the meter of an earlier ticket first, or take another unit, with a ticket of its own."),
            _ => Words.Of("Look at the light."),
        };

        /// <summary>Both.</summary>
        public static string WhatAndDo(PairingDetail detail) => Words.Of($"{What(detail)} {Do(detail)}");

        /// <summary>Whether waiting cannot help: the unit has put the ticket away, or the meter will not take it.</summary>
        public static bool IsFinal(PairingDetail detail) => detail is PairingDetail.NewerTicket or PairingDetail.Expired
            or PairingDetail.Unreadable or PairingDetail.StoreFailed or PairingDetail.BadTicket or PairingDetail.NotNewer
            or PairingDetail.NoFactoryKeys;
    }
}
