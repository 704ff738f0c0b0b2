using NanoComm.Pairing;

namespace NanoComm.Tool
{
    /// <summary>What happened, in the technician's words, and what he can do. docs/field-swap.md says the same.</summary>
    internal static class SwapAdvice
    {
        /// <summary>The unit's light.</summary>
        public static readonly (string Light, string Means, bool IsDone)[] Lights =
        [
            ("steady", "paired, readings arrive: done", true),
            ("steady, goes out for a moment every two seconds",
                "paired, readings arrive, but not all of them: done; tell the office which meter it is", true),
            ("two long flashes, pause", "paired; a part of the unit hung within the last hour and it restarted itself, or is about to: "
                + "done, it goes on by itself; tell the office which meter it is", true),
            ("flickers fast", "pairing: wait, leave it on the meter", false),
            ("two short flashes, long pause", "ticket loaded, about to be used: wait", false),
            ("three short flashes, long pause", "the ticket was refused: see below", false),
            ("slowly on and off, evenly", "the meter does not answer: check seat and line", false),
            ("one short flash, long pause", "not paired, no ticket: deploy it once more", false),
            ("one long and one short flash", "replaced, retired or erased: take it off, send it back", false),
            ("dark", "no power, or starting (a few seconds): check the supply", false),
        ];

        /// <summary>What happened.</summary>
        public static string What(PairingDetail detail) => detail switch
        {
            PairingDetail.NoAnswer => "The meter does not answer.",
            PairingDetail.WrongUnit => "The unit is on another meter than the one on the ticket.",
            PairingDetail.NewerTicket => "A newer ticket was used at this meter.",
            PairingDetail.Expired => "The ticket has expired.",
            PairingDetail.Unreadable => "The meter cannot read the ticket.",
            PairingDetail.CommitRefused => "The meter refused the last step.",
            PairingDetail.NotAuthentic => "What the meter answered is not authentic.",
            PairingDetail.StoreFailed => "The unit's own memory failed.",
            PairingDetail.BadTicket => "The ticket is damaged, or was not made for this unit.",
            PairingDetail.NotNewer => "The ticket is not newer than the pairing that the unit has.",
            PairingDetail.NoFactoryKeys => "The unit has no factory keys.",
            PairingDetail.Replaced => "Another unit has taken the place of this one.",
            PairingDetail.RetiredByOrder => "The unit was retired by order.",
            PairingDetail.ErasedByBench => "The unit was erased on a bench.",
            PairingDetail.Senseless => "The meter refuses, or answers what makes no sense.",
            PairingDetail.TicketWaits => "The ticket waits: the unit has two that may be in use, each at another meter.",
            _ => "The unit says nothing more.",
        };

        /// <summary>What to do.</summary>
        public static string Do(PairingDetail detail) => detail switch
        {
            PairingDetail.NoAnswer => "Check that the unit sits firmly and that the meter has power. It tries again by itself; off and "
                + "on makes it try at once.",
            PairingDetail.WrongUnit => "Compare the meter's label with the ticket, and put the unit on the right meter.",
            PairingDetail.NewerTicket => "Ask the key office for a new ticket, and tell it that one was used here already.",
            PairingDetail.Expired => "Ask the key office for a new ticket.",
            PairingDetail.Unreadable => "Compare the meter's label with the ticket. If they agree, ask the key office for a new ticket.",
            PairingDetail.CommitRefused => "Wait: the unit tries again by itself. If it stays so, ask the key office for a new ticket.",
            PairingDetail.NotAuthentic => "Look whether something else sits on the line between meter and unit. If not, take another "
                + "unit, and tell the key office.",
            PairingDetail.StoreFailed => "Take another unit, with a ticket of its own; send this one back.",
            PairingDetail.BadTicket => "Compare the unit's label with the ticket. If they agree, copy the ticket file again.",
            PairingDetail.NotNewer => "If the light is steady, there is nothing to do. Otherwise ask the key office for a new ticket.",
            PairingDetail.NoFactoryKeys => "Take another unit, with a ticket of its own; send this one back.",
            PairingDetail.Replaced => "Take the unit off and send it back. To use it here, the key office makes a new ticket.",
            PairingDetail.RetiredByOrder or PairingDetail.ErasedByBench =>
                "Take the unit off and send it back. To use it again, the key office enrolls it again and makes a new ticket.",
            PairingDetail.Senseless => "Switch the unit off and on. If it stays so, tell the key office what meter it is.",
            PairingDetail.TicketWaits => "Leave the unit on the meter until it has asked it. If it stays so, put it on the meter of "
                + "an earlier ticket first, or take another unit, with a ticket of its own.",
            _ => "Look at the light.",
        };

        /// <summary>Whether waiting cannot help: the unit has put the ticket away, or the meter will not take it.</summary>
        public static bool IsFinal(PairingDetail detail) => detail is PairingDetail.NewerTicket or PairingDetail.Expired
            or PairingDetail.Unreadable or PairingDetail.StoreFailed or PairingDetail.BadTicket or PairingDetail.NotNewer
            or PairingDetail.NoFactoryKeys;
    }
}
