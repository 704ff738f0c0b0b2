namespace NanoComm.Tool
{
    /// <summary>What happened, in the technician's words, and what he can do. docs/field-swap.md says the same.</summary>
    internal static class SwapAdvice
    {
        /// <summary>The unit's light.</summary>
        public static readonly (string Light, string Means, bool IsDone)[] Lights =
        [
            ("steady", "paired, readings arrive: done", true),
            ("flickers fast", "pairing: wait, leave it on the meter", false),
            ("two short flashes, long pause", "ticket loaded, about to be used: wait", false),
            ("three short flashes, long pause", "the ticket was refused: see below", false),
            ("slowly on and off, evenly", "the meter does not answer: check seat and line", false),
            ("one short flash, long pause", "not paired, no ticket: deploy it once more", false),
            ("one long and one short flash", "replaced, retired or erased: take it off, send it back", false),
            ("dark", "no power, or starting (a few seconds): check the supply", false),
        ];

        /// <summary>What happened.</summary>
        public static string What(PairDetail detail) => detail switch
        {
            PairDetail.NoAnswer => "The meter does not answer.",
            PairDetail.WrongMeter => "The unit is on another meter than the one on the ticket.",
            PairDetail.NewerTicket => "A newer ticket was used at this meter.",
            PairDetail.Expired => "The ticket has expired.",
            PairDetail.Unreadable => "The meter cannot read the ticket.",
            PairDetail.CommitRefused => "The meter refused the last step.",
            PairDetail.NotAuthentic => "What the meter answered is not authentic.",
            PairDetail.StoreFailed => "The unit's own memory failed.",
            PairDetail.BadTicket => "The ticket is damaged, or was not made for this unit.",
            PairDetail.NotNewer => "The ticket is not newer than the pairing that the unit has.",
            PairDetail.NoFactoryKeys => "The unit has no factory keys.",
            PairDetail.Replaced => "Another unit has taken the place of this one.",
            PairDetail.RetiredByOrder => "The unit was retired by order.",
            PairDetail.ErasedByBench => "The unit was erased on a bench.",
            PairDetail.Senseless => "The meter refuses, or answers what makes no sense.",
            _ => "The unit says nothing more.",
        };

        /// <summary>What to do.</summary>
        public static string Do(PairDetail detail) => detail switch
        {
            PairDetail.NoAnswer => "Check that the unit sits firmly and that the meter has power. It tries again by itself; off and "
                + "on makes it try at once.",
            PairDetail.WrongMeter => "Compare the meter's label with the ticket, and put the unit on the right meter.",
            PairDetail.NewerTicket => "Ask the key office for a new ticket, and tell it that one was used here already.",
            PairDetail.Expired => "Ask the key office for a new ticket.",
            PairDetail.Unreadable => "Compare the meter's label with the ticket. If they agree, ask the key office for a new ticket.",
            PairDetail.CommitRefused => "Wait: the unit tries again by itself. If it stays so, ask the key office for a new ticket.",
            PairDetail.NotAuthentic => "Look whether something else sits on the line between meter and unit. If not, take another "
                + "unit, and tell the key office.",
            PairDetail.StoreFailed => "Take another unit, with a ticket of its own; send this one back.",
            PairDetail.BadTicket => "Compare the unit's label with the ticket. If they agree, copy the ticket file again.",
            PairDetail.NotNewer => "If the light is steady, there is nothing to do. Otherwise ask the key office for a new ticket.",
            PairDetail.NoFactoryKeys => "Take another unit, with a ticket of its own; send this one back.",
            PairDetail.Replaced or PairDetail.RetiredByOrder or PairDetail.ErasedByBench =>
                "Take the unit off and send it back. To use it here, the key office makes a new ticket.",
            PairDetail.Senseless => "Switch the unit off and on. If it stays so, tell the key office what meter it is.",
            _ => "Look at the light.",
        };

        /// <summary>Whether waiting cannot help: the unit has put the ticket away, or the meter will not take it.</summary>
        public static bool IsFinal(PairDetail detail) => detail is PairDetail.NewerTicket or PairDetail.Expired
            or PairDetail.Unreadable or PairDetail.StoreFailed or PairDetail.BadTicket or PairDetail.NotNewer
            or PairDetail.NoFactoryKeys;
    }
}
