namespace NanoComm.Keys
{
    /// <summary>
    /// The ledger's tables, for both back ends: one text, in which only two types have different names. Every table's key begins
    /// with the unit by which it can be spread over servers, and no statement asks for more than an index gives.
    /// </summary>
    internal static class LedgerSchema
    {
        /// <summary>Version 1 had no orders, version 2 one sequence of epochs and numbers for all units.</summary>
        public const int Version = 3;

        /// <summary>The first one that had orders.</summary>
        public const int VersionWithOrders = 2;

        /// <summary>The table that says above what the next epochs are.</summary>
        public const string Held = """
            (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                floor BIGINT NOT NULL,
                incarnation TEXT NOT NULL)
            """;

        /// <summary>Orders, of which an old ledger has none.</summary>
        public static string Orders(string title, string bytes) => $"""
            (
                number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 4294967295),
                id TEXT NOT NULL,
                kind INTEGER NOT NULL,
                cu {title} NOT NULL,
                mu {title} NOT NULL,
                not_after BIGINT NOT NULL,
                made BIGINT NOT NULL,
                state INTEGER NOT NULL,
                closed BIGINT,
                result INTEGER,
                answer {bytes},
                draft {bytes},
                PRIMARY KEY (cu, number))
            """;

        /// <summary>The table of the ledger's own key.</summary>
        public static string Ledger(string bytes) => $"""
            CREATE TABLE ledger (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                title TEXT NOT NULL,
                scheme TEXT NOT NULL,
                iterations INTEGER NOT NULL,
                salt {bytes} NOT NULL,
                key {bytes} NOT NULL);
            """;

        /// <summary>All other tables.</summary>
        /// <param name="title">The type of a title: text that is compared byte by byte.</param>
        /// <param name="bytes">The type of bytes.</param>
        public static string Tables(string title, string bytes) => $"""
            CREATE TABLE unit (
                title {title} PRIMARY KEY,
                kind INTEGER NOT NULL,
                serial TEXT NOT NULL,
                state INTEGER NOT NULL,
                enrolled BIGINT NOT NULL,
                keys {bytes} NOT NULL,
                erasure {bytes},
                hardware TEXT,
                lot TEXT,
                written BIGINT);
            CREATE TABLE ticket (
                epoch BIGINT NOT NULL CHECK (epoch BETWEEN 1 AND 4294967295),
                id TEXT NOT NULL,
                kind INTEGER NOT NULL,
                mu {title} NOT NULL,
                cu {title} NOT NULL,
                not_after BIGINT NOT NULL,
                issued BIGINT NOT NULL,
                state INTEGER NOT NULL,
                closed BIGINT,
                proof {bytes},
                PRIMARY KEY (mu, epoch));
            CREATE TABLE orders {Orders(title, bytes)};
            CREATE TABLE held {Held};
            """;

        /// <summary>What is looked up and counted by. A unit has one open order.</summary>
        public const string Indexes = """
            CREATE INDEX unit_kind ON unit (kind, state);
            CREATE INDEX unit_serial ON unit (serial, kind, title);
            CREATE INDEX unit_lost ON unit (state, title) WHERE state <> 1;
            CREATE INDEX ticket_cu ON ticket (cu, epoch);
            CREATE INDEX ticket_id ON ticket (id);
            CREATE INDEX ticket_epoch ON ticket (epoch, mu);
            CREATE INDEX ticket_state ON ticket (state, epoch, kind);
            CREATE UNIQUE INDEX order_open ON orders (cu) WHERE state = 1;
            CREATE INDEX order_mu ON orders (mu, number);
            CREATE INDEX order_number ON orders (number, cu);
            CREATE INDEX order_state ON orders (state, number, made);
            """;
    }
}
