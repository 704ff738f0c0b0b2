namespace NanoComm.Records
{
    /// <summary>
    /// Every durable record of the unit: name, owner, whether secret, whether personal, erased by what. The one list of
    /// them: rooms take their record's name from here, erasure and tools names and bits. docs/pairing.md shows it as a
    /// table, and tests hold the page and every use of the store to it.
    /// </summary>
    public static class RecordCatalogue
    {
        /// <summary>The active pairing with its keys.</summary>
        public const string ActivePairing = "pairing";

        /// <summary>A ticket that waits, with its keys.</summary>
        public const string TicketA = "ticket-a";

        /// <summary>Another one.</summary>
        public const string TicketB = "ticket-b";

        /// <summary>The inbox of tickets and bench orders.</summary>
        public const string Inbox = "ticket-in";

        /// <summary>The metering unit's receipt for the last commit.</summary>
        public const string Receipt = "receipt";

        /// <summary>What a technician is told.</summary>
        public const string PairingReport = "pair-state";

        /// <summary>Which epoch replaced this unit at which metering unit.</summary>
        public const string Replaced = "replaced";

        /// <summary>What was learnt of the metering unit: its class, and by what its registers are to be
        /// multiplied.</summary>
        public const string MeteringUnit = "meter";

        /// <summary>Route-B id and password.</summary>
        public const string RouteBCredentials = "route-b";

        /// <summary>Channel and PAN of the Wi-SUN module.</summary>
        public const string ChannelPlan = "wisun";

        /// <summary>The security log.</summary>
        public const string SecurityLog = "audit";

        /// <summary>The installation location that a terminal has set.</summary>
        public const string InstallationLocation = "location";

        /// <summary>Whether the supply was low, and restarts out of that.</summary>
        public const string Power = "power";

        /// <summary>Which loop hung, and restarts because of that.</summary>
        public const string Watch = "watch";

        /// <summary>The last order of the utility, and what became of it.</summary>
        public const string Order = "order";

        /// <summary>Limits of the B route, and who is cut off or alone admitted.</summary>
        public const string Policy = "policy";

        /// <summary>The Wi-Fi network that an order has switched on.</summary>
        public const string Wifi = "wifi";

        /// <summary>The Wi-Fi network of a bench, for a unit without factory keys.</summary>
        public const string BenchWifi = "wifi-bench";

        /// <summary>Title, DK and proof key.</summary>
        public const string FactoryKeys = "factory";

        /// <summary>The proof of the last erasure.</summary>
        public const string Erasure = "zeroise";

        /// <summary>The catalogue, made anew: it is seldom needed. In the order in which an erasure erases.</summary>
        public static DurableRecord[] All()
        {
            const bool Secret = true, Personal = true, Erased = true, No = false;
            return new[]
            {
                new DurableRecord(ActivePairing, "Pairing", Secret, No, Erased, ErasedPart.Pairing),
                new DurableRecord(TicketA, "Pairing", Secret, No, Erased, ErasedPart.Tickets),
                new DurableRecord(TicketB, "Pairing", Secret, No, Erased, ErasedPart.Tickets),

                // The order itself is in it, and is not counted among what was erased.
                new DurableRecord(Inbox, "Pairing", No, No, Erased, ErasedPart.None),
                new DurableRecord(Receipt, "Pairing", No, No, Erased, ErasedPart.Logs),
                new DurableRecord(PairingReport, "Pairing", No, No, Erased, ErasedPart.Logs),
                new DurableRecord(Replaced, "Pairing", No, No, Erased, ErasedPart.Logs),
                new DurableRecord(MeteringUnit, "MeterLink", No, No, Erased, ErasedPart.None),
                new DurableRecord(RouteBCredentials, "Policy", Secret, Personal, Erased, ErasedPart.RouteB),
                new DurableRecord(ChannelPlan, "WiSun", No, No, Erased, ErasedPart.RouteB),

                // It names nobody, but tells when a household's terminals came and went.
                new DurableRecord(SecurityLog, "Audit", No, Personal, Erased, ErasedPart.Logs),
                new DurableRecord(InstallationLocation, "Echonet", No, Personal, Erased, ErasedPart.Settings),
                new DurableRecord(Order, "Orders", Secret, No, Erased, ErasedPart.Tickets),
                new DurableRecord(Policy, "Policy", No, Personal, Erased, ErasedPart.Settings),
                new DurableRecord(Wifi, "Policy", Secret, Personal, Erased, ErasedPart.Settings),
                new DurableRecord(BenchWifi, "Policy", Secret, Personal, Erased, ErasedPart.Settings),
                new DurableRecord(Power, "Supervision", No, No, Erased, ErasedPart.Logs),
                new DurableRecord(Watch, "Supervision", No, No, Erased, ErasedPart.Logs),
                new DurableRecord(FactoryKeys, "Pairing", Secret, No, Erased, ErasedPart.FactoryKeys),
                new DurableRecord(Erasure, "Records", No, No, No, ErasedPart.None),
            };
        }
    }
}
