using System;
using System.Globalization;
using System.IO;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>A row as a file has it, before anybody has looked whether it makes sense; null and empty are no data.</summary>
    internal sealed class RawRow
    {
        private const int MinutesPerDay = 1440;

        public string Meter { get; set; }

        public string Time { get; set; }

        public string Interval { get; set; }

        public string Quantity { get; set; }

        public string Direction { get; set; }

        public string Value { get; set; }

        public string Register { get; set; }

        /// <summary>The row that it is.</summary>
        /// <param name="place">Where it stands, for errors.</param>
        /// <exception cref="InvalidDataException">It makes no sense.</exception>
        public MeterRow ToRow(string place)
        {
            if (!DateTimeOffset.TryParseExact(Time, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out DateTimeOffset time))
            {
                throw Bad(place, MeterRowFields.Time, Time, "no time such as 2026-11-23T03:30:00+09:00");
            }

            if (!int.TryParse(Interval, NumberStyles.None, CultureInfo.InvariantCulture, out int interval) || interval is < 1 or > MinutesPerDay)
            {
                throw Bad(place, MeterRowFields.Interval, Interval, "no number of minutes");
            }

            if (!MeterRowFields.TryParse(Quantity, out HemsQuantity quantity))
            {
                throw Bad(place, MeterRowFields.Quantity, Quantity, "no quantity");
            }

            if (!MeterRowFields.TryParse(Direction, out MeterDirection direction))
            {
                throw Bad(place, MeterRowFields.Direction, Direction, "no direction");
            }

            return new MeterRow(Meter ?? "", time, interval, quantity, direction, ToValue(place), ToRegister(place));
        }

        private decimal? ToValue(string place)
        {
            return string.IsNullOrEmpty(Value) ? null
                : decimal.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value
                : throw Bad(place, MeterRowFields.Value, Value, "no number");
        }

        private long? ToRegister(string place)
        {
            return string.IsNullOrEmpty(Register) ? null
                : long.TryParse(Register, NumberStyles.None, CultureInfo.InvariantCulture, out long register) ? register
                : throw Bad(place, MeterRowFields.Register, Register, "no register");
        }

        private static InvalidDataException Bad(string place, string column, string text, string why)
        {
            return new InvalidDataException($"{place}, column {column}: '{text}' is {why}");
        }
    }
}
