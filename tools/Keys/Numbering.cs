using System;

namespace NanoComm.Keys
{
    /// <summary>
    /// Where epochs and numbers of orders come from: each is above all that were given before for its metering unit or for its
    /// communication unit, and not below the time. A ledger that may have forgotten some holds all of them above those.
    /// </summary>
    internal sealed class Numbering
    {
        private static readonly uint LongestJump = (uint)TimeSpan.FromDays(365).TotalSeconds;

        // What was forgotten lies below the time it was given at, but for clocks that differ and a unit that got more than one
        // a second. This is for clocks.
        private static readonly uint RoomForForgotten = (uint)TimeSpan.FromDays(30).TotalSeconds;

        private readonly LedgerDatabase _database;
        private readonly Func<uint> _now;

        public Numbering(LedgerDatabase database, Func<uint> now)
        {
            _database = database;
            _now = now;
        }

        /// <summary>Looks where the next epoch or number of a unit will be that has had none, or none lately.</summary>
        public EpochOutlook LookAhead()
        {
            Held held = ReadHeld("");
            uint highest = Highest();
            uint? mark = _database.Mark.Read();
            uint now = _now();
            bool isElsewhere = IsElsewhere(held, mark, _database.Incarnation());
            uint last = Math.Max(highest, mark ?? 0);
            uint floor = FloorOf(held, highest, mark, now, isElsewhere);
            uint next = Math.Max(floor == uint.MaxValue ? throw new LedgerException("there are no epochs left") : floor + 1, now);

            // Compared with the time too: the last one is what the mark says, and that may be a slip of somebody's hand.
            bool isAhead = next > now && next - now > LongestJump;
            return new EpochOutlook(next, last, isElsewhere, isAhead || (last > 0 && next > last && next - last > LongestJump), isAhead);
        }

        /// <summary>What is unusual about the next epoch when it is a jump.</summary>
        public string Describe(EpochOutlook outlook)
        {
            string next = $"the next epoch or number would be {outlook.Next} ({UtilityTime.ToTime(outlook.Next):yyyy-MM-dd})";
            return outlook.IsAheadOfClock
                ? $"{next}, more than a year above this computer's clock: the clock is behind, or the number in {_database.Mark.Path} is "
                + "too high"
                : $"{next}, the last one was {outlook.Last} ({UtilityTime.ToTime(outlook.Last):yyyy-MM-dd}), more than a year before";
        }

        /// <summary>Gives out epochs and numbers, in a change: the highest of them is on the medium before what has them.</summary>
        /// <param name="allowJump">Whether one more than a year above the last one, or above the time, was confirmed.</param>
        /// <param name="use">Uses them; it may be done again from its start.</param>
        public void Give(bool allowJump, Action<Numbers> use)
        {
            _database.Change(() =>
            {
                CheckJump(allowJump);
                uint now = _now();
                var numbers = new Numbers(_database, Hold(), now, allowJump ? uint.MaxValue : Above(now, LongestJump));
                use(numbers);

                // Before the commit: a mark without its tickets costs epochs, tickets without their mark could cost more.
                _database.Mark.Raise(numbers.Highest);
            });
        }

        private static uint Above(uint time, uint seconds) => time > uint.MaxValue - seconds ? uint.MaxValue : time + seconds;

        private static uint FloorOf(Held held, uint highest, uint? mark, uint now, bool isElsewhere)
        {
            uint floor = Math.Max(held.Floor, mark > highest ? mark.Value : 0);
            return isElsewhere ? Math.Max(Math.Max(floor, highest), Above(now, RoomForForgotten)) : floor;
        }

        private bool IsElsewhere(Held held, uint? mark, string incarnation)
        {
            return (mark is null && _database.IsMarkBeside) || held.Incarnation != incarnation;
        }

        private void CheckJump(bool allowJump)
        {
            EpochOutlook outlook = LookAhead();
            if (outlook.IsJump && !allowJump)
            {
                throw new LedgerException(Describe(outlook)
                    + (outlook.IsAheadOfClock ? ": mend that; confirm with --yes if it is meant to be so"
                    : ": confirm with --yes if this computer's clock is right"));
            }
        }

        // Above what epochs are held. It is written down when the ledger may have forgotten some: the next time nothing may show
        // that any more.
        private uint Hold()
        {
            string incarnation = _database.Incarnation();
            bool isLikely = HasForgotten(ReadHeld(""), incarnation);
            Held held = ReadHeld(isLikely ? _database.ForUpdate : _database.ForShare);
            if (!HasForgotten(held, incarnation))
            {
                // Another program of this clerk had raised the mark, and its tickets could not be seen yet.
                return held.Floor;
            }

            uint? mark = _database.Mark.Read();
            uint floor = FloorOf(held, Highest(), mark, _now(), IsElsewhere(held, mark, incarnation));
            _database.Run("UPDATE held SET floor = ?1, incarnation = ?2", floor, incarnation);
            return floor;
        }

        private bool HasForgotten(Held held, string incarnation)
        {
            uint? mark = _database.Mark.Read();
            return IsElsewhere(held, mark, incarnation) || mark > Math.Max(held.Floor, Highest());
        }

        private uint Highest()
        {
            long Of(string query) => _database.First(query, reader => reader.IsDBNull(0) ? 0 : reader.GetInt64(0));
            return (uint)Math.Max(Of("SELECT MAX(epoch) FROM ticket"), Of("SELECT MAX(number) FROM orders"));
        }

        private Held ReadHeld(string hold)
        {
            return _database.First($"SELECT floor, incarnation FROM held{hold}",
                reader => new Held((uint)reader.GetInt64(0), reader.GetString(1)));
        }

        private sealed record Held(uint Floor, string Incarnation);
    }
}
