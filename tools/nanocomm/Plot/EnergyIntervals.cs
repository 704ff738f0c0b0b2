using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>What flowed in each interval, of rows of a meter's history.</summary>
    internal static class EnergyIntervals
    {
        /// <summary>The differences of registers from value to value; of demand, which is a mean and no register, the values themselves, at
        /// the interval that ended with each.</summary>
        /// <param name="rows">Rows of one meter, in order, of one quantity and interval.</param>
        public static List<EnergyInterval> Of(IEnumerable<MeterRow> rows)
        {
            var intervals = new List<EnergyInterval>();
            foreach (IGrouping<MeterDirection, MeterRow> direction in rows.GroupBy(row => row.Direction))
            {
                MeterRow? before = null;
                foreach (MeterRow row in direction)
                {
                    TimeSpan length = TimeSpan.FromMinutes(row.Interval);
                    if (row.Quantity == HemsQuantity.Demand)
                    {
                        intervals.Add(new EnergyInterval(row.Time - length, length, row.Direction, row.Value));
                    }
                    else if (before is MeterRow last && row.Time - last.Time == length)
                    {
                        // A register that goes back is another one: the meter was changed, or went round.
                        decimal? energy = row.Value - last.Value;
                        intervals.Add(new EnergyInterval(last.Time, length, row.Direction, energy < 0 ? null : energy));
                    }

                    before = row;
                }
            }

            return intervals;
        }

        /// <summary>Sums by day; a day of which an interval is missing has what is known of it.</summary>
        public static List<EnergyInterval> ByDay(IEnumerable<EnergyInterval> intervals)
        {
            return intervals.GroupBy(one => (one.Direction, Day: new DateTimeOffset(one.Begin.Date, one.Begin.Offset)))
                .Select(day => new EnergyInterval(day.Key.Day, TimeSpan.FromDays(1), day.Key.Direction,
                    day.Any(one => one.Energy != null) ? day.Sum(one => one.Energy ?? 0) : null)).ToList();
        }
    }
}
