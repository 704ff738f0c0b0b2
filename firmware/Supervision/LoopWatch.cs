using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Supervision
{
    /// <summary>
    /// The watch over the loops: restarts the unit when one of them has not stepped for its limit, be it that it does not
    /// come back from a step or that it was not woken at its deadline. A loop that waits for what may never come is well.
    /// It takes no lock that a loop may hold: it reads each loop's sign of life, writes why into a record that is its alone,
    /// and the next start tells it: in the log, the security log and by the light.
    /// It counts its own looks, ten seconds apart, and no time: what holds up every loop alike, a debugger or the compaction
    /// of the heap, holds it up too, and is one look at most.
    /// A unit that hangs again within an hour is given a minute more before it is restarted, then two, and so on up to an
    /// hour, in which what does not hang goes on.
    /// Record `watch`: loop u8, its number in <see cref="SecurityEvent"/> | told u8 | restarts in a row u8 | restarts u16.
    /// </summary>
    public sealed class LoopWatch : IReaction
    {
        /// <summary>The record's name.</summary>
        public const string Record = RecordCatalogue.Watch;

        /// <summary>Milliseconds from one look to the next.</summary>
        public const int Interval = 10000;

        private const string LogName = "watch";
        private const int Places = 5;
        private const int RecordLength = 5;
        private const int ToldAt = 1;
        private const int RowAt = 2;
        private const int CountAt = 3;
        private const int Limit = 60000 / Interval;
        private const int LimitOfRecords = 120000 / Interval;
        private const int FirstPatience = 60000 / Interval;
        private const int LastPatience = 3600000 / Interval;
        private const int LongestRow = 7;
        private const int Forgiven = 3600000;

        private readonly IBoard _board;
        private readonly byte[] _record = new byte[RecordLength];
        private readonly LoopBeat[] _loops = new LoopBeat[Places];

        // What each loop was expected to have done at the last look, and the looks at which it still had not.
        private readonly long[] _due = new long[Places];
        private readonly int[] _looks = new int[Places];
        private readonly int _patience;
        private ISignal _changed;
        private int _tellLooks;

        /// <summary>Makes it, and tells of a loop that hung before this start.</summary>
        /// <param name="board">Its notes and log.</param>
        /// <param name="securityLog">Takes what an operator wants to know.</param>
        public LoopWatch(IBoard board, ISecurityLog securityLog)
        {
            _board = board;
            if (board.Notes.Read(Record, _record) != RecordLength || IndexOf(LastHung) < 0 || IndexOf(LastHung) >= Places)
            {
                _record[0] = 0;
                _record[ToldAt] = 1;
                _record[RowAt] = 0;
                _record[CountAt] = 0;
                _record[CountAt + 1] = 0;
            }

            int row = _record[RowAt];
            _patience = row == 0 ? 0 : row >= LongestRow ? LastPatience : FirstPatience << (row - 1);
            if (_record[ToldAt] == 0)
            {
                Tell(securityLog);
            }
        }

        /// <summary>Which loop hung last, or 0: none ever did.</summary>
        public SecurityEvent LastHung
        {
            get { return (SecurityEvent)_record[0]; }
        }

        /// <summary>Restarts because a loop hung: 0…65535.</summary>
        public int Restarts
        {
            get { return (_record[CountAt] << 8) | _record[CountAt + 1]; }
        }

        /// <summary>Whether a person is to see that a loop hangs, or hung before this start: for an hour.</summary>
        public bool IsTelling
        {
            get { return _tellLooks > 0; }
        }

        /// <summary>The name of a loop.</summary>
        /// <param name="loop">One of the events of hanging loops.</param>
        public static string NameOf(SecurityEvent loop)
        {
            switch (loop)
            {
                case SecurityEvent.MeteringHung:
                    return "metering";
                case SecurityEvent.IpPathHung:
                    return "ip path";
                case SecurityEvent.WiSunPathHung:
                    return "wi-sun path";
                case SecurityEvent.RecordsHung:
                    return "unsaved records";
                default:
                    return "light";
            }
        }

        /// <summary>Sets a signal whenever <see cref="IsTelling"/> has changed. Call before the watch starts.</summary>
        public void Notify(ISignal changed)
        {
            _changed = changed;
        }

        /// <summary>Watches a loop, which may work at one thing for a minute, or two minutes when it writes records
        /// (docs/architecture.md says why). Call before the watch starts.</summary>
        /// <param name="loop">Which.</param>
        /// <param name="beat">Its sign of life.</param>
        public void Add(SecurityEvent loop, LoopBeat beat)
        {
            _loops[IndexOf(loop)] = beat;
            _due[IndexOf(loop)] = long.MinValue;
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            if (_tellLooks > 0 && --_tellLooks == 0)
            {
                SetChanged();
            }

            for (int i = 0; i < Places; i++)
            {
                if (_loops[i] != null && Hangs(i, now))
                {
                    Restart(Oldest());
                    return Deadline.Never;
                }
            }

            return now + Interval;
        }

        private static int IndexOf(SecurityEvent loop)
        {
            return (int)loop - (int)SecurityEvent.MeteringHung;
        }

        private bool Hangs(int i, long now)
        {
            long due = _loops[i].Due;
            if (due != _due[i] || due > now)
            {
                _due[i] = due > now ? long.MinValue : due;
                _looks[i] = 0;
                return false;
            }

            int limit = i == IndexOf(SecurityEvent.RecordsHung) ? LimitOfRecords : Limit;
            _looks[i]++;
            if (_looks[i] == limit && _patience > 0)
            {
                Warn(_loops[i].Name);
            }

            return _looks[i] >= limit + _patience;
        }

        // Others may only wait for what it holds.
        private int Oldest()
        {
            int oldest = -1;
            for (int i = 0; i < Places; i++)
            {
                if (_looks[i] > 0 && (oldest < 0 || _due[i] < _due[oldest]))
                {
                    oldest = i;
                }
            }

            return oldest;
        }

        // Whatever does not come back here: the next start has the reason, if the record was written; the restart itself is
        // made sure of by the board.
        private void Restart(int i)
        {
            bool isAgain = _due[i] < Forgiven;
            int restarts = Restarts < ushort.MaxValue ? Restarts + 1 : ushort.MaxValue;
            _record[0] = (byte)((int)SecurityEvent.MeteringHung + i);
            _record[ToldAt] = 0;
            _record[RowAt] = (byte)(!isAgain ? 1 : _record[RowAt] < LongestRow ? _record[RowAt] + 1 : LongestRow);
            _record[CountAt] = (byte)(restarts >> 8);
            _record[CountAt + 1] = (byte)restarts;
            _board.Notes.Write(Record, _record, RecordLength);
            _board.Restart("the loop hangs: " + _loops[i].Name);
        }

        private void Warn(string loop)
        {
            _board.Log.Write(LogLevel.Error, LogName, loop + " hangs, and not for the first time: restarting in "
                + (_patience * (Interval / 1000)).ToString() + " s");
            TellByLight();
        }

        private void Tell(ISecurityLog securityLog)
        {
            securityLog.Add(LastHung);
            _board.Log.Write(LogLevel.Error, LogName, "the unit was restarted because a loop hung: " + NameOf(LastHung)
                + ", restarts of that kind " + Restarts.ToString());
            TellByLight();
            _record[ToldAt] = 1;
            _board.Notes.Write(Record, _record, RecordLength);
        }

        private void TellByLight()
        {
            _tellLooks = Forgiven / Interval;
            SetChanged();
        }

        private void SetChanged()
        {
            if (_changed != null)
            {
                _changed.Set();
            }
        }
    }
}
