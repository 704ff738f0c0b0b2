using System;
using System.Text.Json;
using NanoComm.Metering;

namespace NanoComm.Virtual.Web
{
    /// <summary>The days of the half-hour history, for the charts: what has flowed in each half-hour, in steps of the
    /// registers.</summary>
    /// <param name="data">The read model.</param>
    internal sealed class DayHistory(MeterData data)
    {
        private const int HalfHours = MeterTime.Day / MeterTime.HalfHour;

        private readonly uint[] _normal = new uint[HalfHours + 1];
        private readonly uint[] _reverse = new uint[HalfHours + 1];

        /// <summary>Writes the sum of each day, the newest one first.</summary>
        public void WriteDays(Utf8JsonWriter json)
        {
            json.WriteStartArray("days");
            for (int back = 0; back < MeterData.HistoryDays && Read(back) is DateTime date; back++)
            {
                json.WriteStartObject();
                json.WriteString("date", date.ToString("yyyy-MM-dd"));
                Write(json, "normal", Sum(_normal));
                Write(json, "reverse", Sum(_reverse));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        /// <summary>Writes the half-hours of one day.</summary>
        /// <param name="json">Takes them.</param>
        /// <param name="back">Days back, 0…99.</param>
        public void WriteDay(Utf8JsonWriter json, int back)
        {
            DateTime? date = Read(back);
            json.WriteString("date", date?.ToString("yyyy-MM-dd"));
            if (date is not null)
            {
                WriteSteps(json, "normal", _normal);
                WriteSteps(json, "reverse", _reverse);
            }
        }

        private static void Write(Utf8JsonWriter json, string name, long? value)
        {
            if (value is long number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        private static void WriteSteps(Utf8JsonWriter json, string name, uint[] registers)
        {
            json.WriteStartArray(name);
            for (int i = 0; i < HalfHours; i++)
            {
                if (Step(registers, i) is long step)
                {
                    json.WriteNumberValue(step);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        // What is known of the day; null where nothing is.
        private static long? Sum(uint[] registers)
        {
            long? sum = null;
            for (int i = 0; i < HalfHours; i++)
            {
                sum = Step(registers, i) is long step ? (sum ?? 0) + step : sum;
            }

            return sum;
        }

        private static long? Step(uint[] registers, int index)
        {
            uint before = registers[index];
            uint after = registers[index + 1];
            return before == MeterReading.NoEnergy || after == MeterReading.NoEnergy ? null
                : after >= before ? after - before
                : after + MeterReading.MaxEnergy + 1L - before;
        }

        // The registers from midnight to midnight; null while no time is known.
        private DateTime? Read(int back)
        {
            long newest = data.HalfHours.Newest;
            if (newest == MeterTime.Unknown)
            {
                return null;
            }

            // 00:00 ends the day before.
            long day = MeterTime.Floor(newest - 1, MeterTime.Day) - ((long)back * MeterTime.Day);
            data.HalfHours.CopyTo(day, false, _normal);
            data.HalfHours.CopyTo(day, true, _reverse);
            return Status.ToDateTime(day);
        }
    }
}
