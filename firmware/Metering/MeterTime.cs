using NanoComm.Bytes;

namespace NanoComm.Metering
{
    /// <summary>
    /// Time of the metering clock: whole seconds since 2000-01-01 00:00:00 of the meter's civil time (Japan: no
    /// daylight saving), negative before it. Proleptic Gregorian calendar, years 1…9999.
    /// </summary>
    public static class MeterTime
    {
        /// <summary>No time: the metering clock is not known, or the bytes were no valid time.</summary>
        public const long Unknown = long.MinValue;

        /// <summary>Seconds in a minute.</summary>
        public const int Minute = 60;

        /// <summary>Seconds in a settlement interval (xx:00 and xx:30, requirement R8).</summary>
        public const int HalfHour = 1800;

        /// <summary>Seconds in a day.</summary>
        public const int Day = 86400;

        private const int DaysPerEra = 146097;
        private const int YearsPerEra = 400;

        // 0000-03-01 to 2000-01-01, in days: the calendar below counts from a first of March.
        private const int EpochDays = 730425;

        /// <summary>The time of a calendar date, or <see cref="Unknown"/> when there is no such date or time.</summary>
        /// <param name="year">1…9999.</param>
        /// <param name="month">1…12.</param>
        /// <param name="day">1…31, as the month has.</param>
        /// <param name="hour">0…23.</param>
        /// <param name="minute">0…59.</param>
        /// <param name="second">0…59.</param>
        public static long FromCalendar(int year, int month, int day, int hour, int minute, int second)
        {
            if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysInMonth(year, month)
                || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
            {
                return Unknown;
            }

            return ((long)DayNumber(year, month, day) * Day) + (hour * 3600) + (minute * 60) + second;
        }

        /// <summary>Days in a month of the Gregorian calendar, 28…31.</summary>
        /// <param name="year">1…9999.</param>
        /// <param name="month">1…12.</param>
        public static int DaysInMonth(int year, int month)
        {
            if (month == 2)
            {
                return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
            }

            return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        }

        /// <summary>Days since 2000-01-01 of a time's date.</summary>
        /// <param name="time">A known time.</param>
        public static int DayOf(long time)
        {
            return (int)(Floor(time, Day) / Day);
        }

        /// <summary>The latest multiple of an interval that is not after the time.</summary>
        /// <param name="time">A known time.</param>
        /// <param name="interval">Seconds: <see cref="Minute"/>, <see cref="HalfHour"/> or <see cref="Day"/>.</param>
        public static long Floor(long time, int interval)
        {
            long rest = time % interval;
            return rest < 0 ? time - rest - interval : time - rest;
        }

        /// <summary>
        /// Writes YYYY(2) MM DD hh mm ss (ECHONET Lite "DT7"). An unknown time is written as 0001-01-01 00:00:00, the
        /// smallest date the format holds.
        /// </summary>
        /// <param name="time">The time, or <see cref="Unknown"/>.</param>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        /// <param name="count">How many of the 7: 7 for DT7, 6 for DT6 (no seconds), 4 for the date alone.</param>
        public static void Write(long time, byte[] buffer, int offset, int count)
        {
            int dayNumber = time == Unknown ? -EpochDays + 306 : DayOf(time);
            int seconds = time == Unknown ? 0 : (int)(time - ((long)dayNumber * Day));

            // Counted from 0000-03-01, leap days are the last of their year: H. Hinnant, "chrono-compatible
            // low-level date algorithms", civil_from_days.
            int days = dayNumber + EpochDays;
            int era = days / DaysPerEra;
            int dayOfEra = days - (era * DaysPerEra);
            int yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
            int dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
            int shifted = ((5 * dayOfYear) + 2) / 153;
            int month = shifted < 10 ? shifted + 3 : shifted - 9;
            int year = yearOfEra + (era * YearsPerEra) + (month <= 2 ? 1 : 0);

            BigEndian.WriteU16(buffer, offset, year);
            buffer[offset + 2] = (byte)month;
            buffer[offset + 3] = (byte)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
            if (count > 4)
            {
                buffer[offset + 4] = (byte)(seconds / 3600);
                buffer[offset + 5] = (byte)(seconds / 60 % 60);
            }

            if (count > 6)
            {
                buffer[offset + 6] = (byte)(seconds % 60);
            }
        }

        /// <summary>Reads YYYY(2) MM DD hh mm (ECHONET Lite "DT6").</summary>
        /// <param name="buffer">Holds the 6 bytes.</param>
        /// <param name="offset">The first one.</param>
        /// <returns>The time, or <see cref="Unknown"/> when the bytes are no date.</returns>
        public static long ReadToMinute(byte[] buffer, int offset)
        {
            return FromCalendar(BigEndian.ReadU16(buffer, offset), buffer[offset + 2], buffer[offset + 3],
                buffer[offset + 4], buffer[offset + 5], 0);
        }

        private static int DayNumber(int year, int month, int day)
        {
            int y = month <= 2 ? year - 1 : year;
            int era = y / YearsPerEra;
            int yearOfEra = y - (era * YearsPerEra);
            int dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
            int dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
            return (era * DaysPerEra) + dayOfEra - EpochDays;
        }
    }
}
