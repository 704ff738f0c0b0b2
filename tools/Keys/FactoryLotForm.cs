namespace NanoComm.Keys
{
    /// <summary>What the writer and the reader of a factory's lot share.</summary>
    internal static class FactoryLotForm
    {
        public const int IdLength = 16;

        // "NCFL". The titles are as on the labels; all else is sealed, each unit by itself, with the lot and the title that it is
        // of: one is unpacked without the others, and none is taken for another or out of another lot.
        public static readonly TableForm Tables = new("a factory's lot", 0x4E43464C, 1, """
            CREATE TABLE lot (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                id BLOB NOT NULL,
                scheme TEXT NOT NULL,
                iterations INTEGER NOT NULL,
                salt BLOB NOT NULL,
                units INTEGER NOT NULL,
                sealed BLOB NOT NULL);
            CREATE TABLE unit (
                title TEXT PRIMARY KEY,
                sealed BLOB NOT NULL) WITHOUT ROWID
            """);

        public static byte[] Label(byte[] lot) => [.. "NCFL lot"u8, .. lot];

        public static byte[] Label(byte[] lot, SystemTitle title) => [.. "NCFL unit"u8, .. lot, .. title.ToArray()];
    }
}
