using System;
using System.Collections.Generic;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>Which days of half-hours a file has whole, so that they are not read again.</summary>
    internal sealed class RowCoverage
    {
        private const int HalfHour = 30;
        private const int HalfHoursPerDay = 48;

        private readonly Dictionary<(string Meter, HemsQuantity Quantity, MeterDirection Direction, DateTime Day), int> _values = new();

        /// <summary>Looks at rows.</summary>
        /// <param name="rows">The file's.</param>
        /// <param name="zone">How far the meter's days are from UTC.</param>
        public RowCoverage(IEnumerable<MeterRow> rows, TimeSpan zone)
        {
            foreach (MeterRow row in rows)
            {
                if (row.Interval == HalfHour && row.Register != null)
                {
                    var key = (row.Meter, row.Quantity, row.Direction, row.Time.ToOffset(zone).Date);
                    _values[key] = _values.GetValueOrDefault(key) + 1;
                }
            }
        }

        /// <summary>Whether every half-hour of a day is there with data.</summary>
        /// <param name="meter">The meter's name.</param>
        /// <param name="quantity">What is counted.</param>
        /// <param name="hasReverse">Whether both directions have to be there.</param>
        /// <param name="day">The day.</param>
        public bool Has(string meter, HemsQuantity quantity, bool hasReverse, DateTime day)
        {
            return IsWhole(MeterDirection.Normal) && (!hasReverse || IsWhole(MeterDirection.Reverse));

            bool IsWhole(MeterDirection direction) => _values.GetValueOrDefault((meter, quantity, direction, day)) == HalfHoursPerDay;
        }
    }
}
