using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>
    /// What became of the units of a lot on the line, in a file beside the lot's: so that no two units get the same keys. Several
    /// programs write it at once, each its own unit. It holds no key.
    /// </summary>
    public sealed class FactoryJournal : IDisposable
    {
        private const string Extension = ".journal";
        private const string Columns = "number, title, state, at, place, proof, host, process, started";

        // "NCFJ".
        private static readonly TableForm Tables = new("a journal of a factory's lot", 0x4E43464A, 1, """
            CREATE TABLE lot (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                id BLOB NOT NULL);
            CREATE TABLE event (
                number INTEGER PRIMARY KEY,
                title TEXT NOT NULL,
                state INTEGER NOT NULL,
                at INTEGER NOT NULL,
                place TEXT NOT NULL,
                proof BLOB NOT NULL,
                host TEXT NOT NULL,
                process INTEGER NOT NULL,
                started INTEGER NOT NULL);
            CREATE INDEX event_title ON event (title, number)
            """);

        private readonly TableFile _file;
        private readonly TimeProvider _clock;

        private FactoryJournal(TableFile file, TimeProvider clock)
        {
            _file = file;
            _clock = clock ?? TimeProvider.System;
        }

        /// <summary>Where the journal of a lot is.</summary>
        public static string PathOf(string lot) => lot + Extension;

        /// <summary>Opens that of a lot, and makes it where there is none.</summary>
        /// <param name="path">The lot's file.</param>
        /// <param name="lot">The lot.</param>
        /// <param name="clock">The time; null for the computer's.</param>
        /// <exception cref="LedgerException">It cannot be made, or is another lot's.</exception>
        public static FactoryJournal Open(string path, FactoryLot lot, TimeProvider clock = null)
        {
            var journal = new FactoryJournal(TableFile.Share(PathOf(path), Tables), clock);
            try
            {
                journal.Recognize(path, lot.Id.ToArray());
                return journal;
            }
            catch
            {
                journal.Dispose();
                throw;
            }
        }

        /// <summary>What was done last with each unit that something was done with, by title.</summary>
        public IEnumerable<FactoryEvent> Last()
        {
            return _file.All($"SELECT {Columns} FROM event AS this WHERE number = (SELECT MAX(number) FROM event WHERE title = this.title) "
                + "ORDER BY title", reader => Read(reader).Event);
        }

        /// <summary>Every writing that succeeded, in their order: more than one of a unit that was written again.</summary>
        public IEnumerable<FactoryEvent> Written()
        {
            return _file.All($"SELECT {Columns} FROM event WHERE state = {(int)FactoryState.Written} ORDER BY number", reader => Read(reader).Event);
        }

        /// <summary>Notes that a unit is about to be written, and that nobody else may write it meanwhile.</summary>
        /// <param name="title">The unit.</param>
        /// <param name="place">Where it is: a port or a folder.</param>
        /// <param name="isKnown">Whether the place tells one unit from another, as a folder does and a port does not: what was begun there
        /// may be gone on with.</param>
        /// <param name="again">Whether it may be written once more.</param>
        /// <returns>The event, for <see cref="Write"/> or <see cref="Fail"/>.</returns>
        /// <exception cref="LedgerException">It was written, is being written, or may have been.</exception>
        public long Begin(SystemTitle title, string place, bool isKnown, bool again)
        {
            _file.Change(() =>
            {
                Row last = LastRow(title);
                if (last is not null && last.Event.State == FactoryState.Begun && last.IsRunning())
                {
                    throw new LedgerException($"{title} is being written at {last.Event.Place} by another program (process {last.Process})");
                }

                bool isHere = isKnown && last?.Event.Place == place;
                if (last is not null && last.Event.State is FactoryState.Written or FactoryState.Begun && !again && !isHere)
                {
                    throw new LedgerException(Refusal(last.Event));
                }

                Add(title, FactoryState.Begun, place, [], UtilityTime.FromTime(_clock.GetUtcNow()));
            });
            return LastRow(title).Event.Number;
        }

        /// <summary>Notes that a unit was written.</summary>
        /// <param name="begun">What <see cref="Begin"/> gave.</param>
        /// <param name="prove">Makes the proof for a time.</param>
        public void Write(long begun, Func<uint, byte[]> prove)
        {
            uint now = UtilityTime.FromTime(_clock.GetUtcNow());
            Close(begun, FactoryState.Written, now, prove(now));
        }

        /// <summary>Notes that it was not.</summary>
        /// <param name="begun">What <see cref="Begin"/> gave.</param>
        public void Fail(long begun)
        {
            Close(begun, FactoryState.Failed, UtilityTime.FromTime(_clock.GetUtcNow()), []);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _file.Dispose();
        }

        private static string Refusal(FactoryEvent last)
        {
            string at = last.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            return last.State == FactoryState.Written
                ? $"{last.Title} was written at {last.Place} on {at}: two units with one title and its keys would put each other out. Take the "
                + "next title; --again writes it once more, when that unit is wiped or destroyed, or is the one before you"
                : $"writing {last.Title} was begun at {last.Place} on {at}, and nothing tells its end: --again writes it, when it is the same unit "
                + "that is before you, or that one is wiped or destroyed";
        }

        private static Row Read(SqliteDataReader reader)
        {
            var what = new FactoryEvent(reader.GetInt64(0), SystemTitle.Parse(reader.GetString(1)), (FactoryState)reader.GetInt32(2),
                (uint)reader.GetInt64(3), reader.GetString(4), reader.GetFieldValue<byte[]>(5));
            return new Row(what, reader.GetString(6), reader.GetInt32(7), reader.GetInt64(8));
        }

        private static long StartOf(Process process) => process.StartTime.ToUniversalTime().Ticks;

        private void Recognize(string path, byte[] lot)
        {
            _file.Run("INSERT OR IGNORE INTO lot VALUES (1, ?1)", lot);
            byte[] ours = _file.First("SELECT id FROM lot", reader => reader.GetFieldValue<byte[]>(0));
            if (!lot.AsSpan().SequenceEqual(ours))
            {
                throw new LedgerException($"{PathOf(path)} is the journal of another lot than {path}: put that of this lot beside it, or, where "
                    + "nothing of it was written yet, take the wrong one away");
            }
        }

        private Row LastRow(SystemTitle title)
        {
            return _file.First($"SELECT {Columns} FROM event WHERE title = ?1 ORDER BY number DESC LIMIT 1", Read, title.ToString());
        }

        private void Add(SystemTitle title, FactoryState state, string place, byte[] proof, uint time)
        {
            using Process here = Process.GetCurrentProcess();
            _file.Run("INSERT INTO event (title, state, at, place, proof, host, process, started) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                title.ToString(), (int)state, time, place, proof, Environment.MachineName, here.Id, StartOf(here));
        }

        private void Close(long begun, FactoryState state, uint time, byte[] proof)
        {
            _file.Change(() =>
            {
                Row row = _file.First($"SELECT {Columns} FROM event WHERE number = ?1", Read, begun);
                Add(row.Event.Title, state, row.Event.Place, proof, time);
            });
        }

        private sealed record Row(FactoryEvent Event, string Host, int Process, long Started)
        {
            // A number of a process is given out again: it is the same one only when it began at the same time.
            public bool IsRunning()
            {
                if (Host != Environment.MachineName)
                {
                    return false;
                }

                try
                {
                    using Process process = System.Diagnostics.Process.GetProcessById(Process);
                    return Math.Abs(StartOf(process) - Started) < TimeSpan.TicksPerSecond;
                }
                catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
                {
                    return false;
                }
            }
        }
    }
}
