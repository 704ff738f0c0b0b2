using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>Epochs and numbers for one change, of units that nobody else can give any for meanwhile.</summary>
    internal sealed class Numbers
    {
        private readonly LedgerDatabase _database;
        private readonly uint _floor;
        private readonly uint _most;
        private readonly Dictionary<SystemTitle, uint> _last = [];

        /// <summary>Begins.</summary>
        /// <param name="database">The ledger.</param>
        /// <param name="floor">Above what they are.</param>
        /// <param name="now">The time, below which none is.</param>
        /// <param name="most">The highest that takes no confirmation.</param>
        public Numbers(LedgerDatabase database, uint floor, uint now, uint most)
        {
            _database = database;
            _floor = floor;
            _most = most;
            Now = now;
        }

        /// <summary>The time.</summary>
        public uint Now { get; }

        /// <summary>The highest one given; 0 before the first.</summary>
        public uint Highest { get; private set; }

        /// <summary>Looks up the last ones of units, which must be held.</summary>
        public void Load(IEnumerable<SystemTitle> titles)
        {
            foreach ((SystemTitle title, uint last) in _database.All($"""
                SELECT k.value, (SELECT MAX(epoch) FROM ticket WHERE mu = k.value), (SELECT MAX(epoch) FROM ticket WHERE cu = k.value),
                    (SELECT MAX(number) FROM orders WHERE mu = k.value), (SELECT MAX(number) FROM orders WHERE cu = k.value)
                FROM {_database.Each(1)}
                """, reader => (SystemTitle.Parse(reader.GetString(0)), (uint)Enumerable.Range(1, 4)
                    .Max(i => reader.IsDBNull(i) ? 0 : reader.GetInt64(i))),
                (object)titles.Distinct().Select(title => title.ToString()).ToArray()))
            {
                _last[title] = last;
            }
        }

        /// <summary>The next one for a metering unit and a communication unit.</summary>
        public uint Next(SystemTitle meter, SystemTitle unit)
        {
            uint last = Math.Max(Math.Max(_last[meter], _last[unit]), _floor);
            uint next = Math.Max(last == uint.MaxValue ? throw new LedgerException($"there are no epochs left for {meter} and {unit}")
                : last + 1, Now);
            if (next > _most)
            {
                throw new LedgerException($"the next epoch or number for {meter} and {unit} would be {next} "
                    + $"({UtilityTime.ToTime(next):yyyy-MM-dd}), more than a year above this computer's clock: set the clock, or confirm "
                    + "with --yes if it is meant to be so");
            }

            _last[meter] = next;
            _last[unit] = next;
            Highest = Math.Max(Highest, next);
            return next;
        }
    }
}
