using System;
using System.Collections.Generic;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>One value of a meter's history: a row of the files that <c>read</c> writes.</summary>
    /// <param name="Meter">What the meter calls itself.</param>
    /// <param name="Time">Its time, with the distance from UTC that the user said: the meter tells none.</param>
    /// <param name="Interval">Minutes from this value to the next.</param>
    /// <param name="Quantity">What is counted.</param>
    /// <param name="Direction">Which way.</param>
    /// <param name="Value">The register's value at that time in the unit, of demand the mean of the interval that ended then. Null for "no
    /// data", and while the meter does not tell its unit.</param>
    /// <param name="Register">As it was read; null for "no data".</param>
    internal readonly record struct MeterRow(string Meter, DateTimeOffset Time, int Interval, HemsQuantity Quantity, MeterDirection Direction,
        decimal? Value, long? Register)
    {
        /// <summary>The order of rows in a file: by time, then by all else that makes a row another one.</summary>
        public static IComparer<MeterRow> Order { get; } = Comparer<MeterRow>.Create(Compare);

        /// <summary>The unit; null where the meter does not tell it.</summary>
        public string Unit => Register != null && Value == null ? null : UnitOf(Quantity);

        /// <summary>The unit of a quantity.</summary>
        public static string UnitOf(HemsQuantity quantity)
        {
            return quantity switch
            {
                HemsQuantity.Demand => "kW",
                HemsQuantity.Reactive => "kvarh",
                _ => "kWh",
            };
        }

        private static int Compare(MeterRow one, MeterRow other)
        {
            int order = one.Time.UtcTicks.CompareTo(other.Time.UtcTicks);
            order = order != 0 ? order : other.Interval.CompareTo(one.Interval);
            order = order != 0 ? order : one.Quantity.CompareTo(other.Quantity);
            order = order != 0 ? order : one.Direction.CompareTo(other.Direction);
            return order != 0 ? order : string.CompareOrdinal(one.Meter, other.Meter);
        }
    }
}
