using System;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>What the writer and the reader of an archive of tickets share.</summary>
    internal static class TicketArchiveForm
    {
        // "NCTA". Meter and unit are the key, so that a ticket is found by them at once; the second index is for who knows the unit
        // alone. Nothing in it is secret to whom a ticket file is not.
        public static readonly TableForm Tables = new("an archive of tickets", 0x4E435441, 1, """
            CREATE TABLE archive (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                tickets INTEGER NOT NULL);
            CREATE TABLE ticket (
                mu TEXT NOT NULL,
                cu TEXT NOT NULL,
                ticket BLOB NOT NULL,
                follows BLOB NOT NULL,
                digest BLOB NOT NULL,
                PRIMARY KEY (mu, cu)) WITHOUT ROWID;
            CREATE INDEX ticket_cu ON ticket (cu)
            """);

        /// <summary>SHA-256 of a row: what a bad medium or a bad copy did to it is told before a unit refuses it.</summary>
        public static byte[] Digest(string meter, string unit, ReadOnlySpan<byte> ticket, ReadOnlySpan<byte> follows)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(SystemTitle.Parse(meter).ToArray());
            hash.AppendData(SystemTitle.Parse(unit).ToArray());
            hash.AppendData([(byte)(ticket.Length >> 8), (byte)ticket.Length]);
            hash.AppendData(ticket);
            hash.AppendData(follows);
            return hash.GetHashAndReset();
        }
    }
}
