namespace NanoComm.Keys
{
    /// <summary>Who may do what on a server. What is sealed, or seals, is for clerks alone; nobody deletes.</summary>
    public static class LedgerRoles
    {
        /// <summary>Makes the two roles and gives them their rights; for the owner of the ledger, once it is made. It may be run
        /// again.</summary>
        public const string Script = $"""
            -- Who makes tickets is to have nanocomm_clerk, who only looks nanocomm_reader:
            --   GRANT nanocomm_clerk TO somebody;
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nanocomm_clerk') THEN
                    CREATE ROLE nanocomm_clerk NOLOGIN;
                END IF;
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nanocomm_reader') THEN
                    CREATE ROLE nanocomm_reader NOLOGIN;
                END IF;
            END $$;
            REVOKE ALL ON SCHEMA {PostgresLedger.Schema} FROM PUBLIC;
            GRANT USAGE ON SCHEMA {PostgresLedger.Schema} TO nanocomm_clerk, nanocomm_reader;
            GRANT SELECT ON ALL TABLES IN SCHEMA {PostgresLedger.Schema} TO nanocomm_clerk;
            GRANT INSERT, UPDATE ON {PostgresLedger.Schema}.unit, {PostgresLedger.Schema}.ticket, {PostgresLedger.Schema}.orders TO nanocomm_clerk;
            GRANT UPDATE ON {PostgresLedger.Schema}.ledger, {PostgresLedger.Schema}.held TO nanocomm_clerk;
            GRANT SELECT ON {PostgresLedger.Schema}.ticket, {PostgresLedger.Schema}.held, {PostgresLedger.Schema}.schema_version TO nanocomm_reader;
            GRANT SELECT (one, title) ON {PostgresLedger.Schema}.ledger TO nanocomm_reader;
            GRANT SELECT ({UnitTable.Columns}) ON {PostgresLedger.Schema}.unit TO nanocomm_reader;
            GRANT SELECT (number, id, kind, cu, mu, not_after, made, state, closed, result, answer) ON {PostgresLedger.Schema}.orders TO nanocomm_reader;
            """;
    }
}
