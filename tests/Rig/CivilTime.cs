using System;
using NanoComm.Metering;

namespace NanoComm.Rig
{
    /// <summary>
    /// Where two calendars meet: the simulators count in .NET's, the firmware in its own (<see cref="MeterTime"/>). What
    /// goes from one to the other goes by year, month, day, hour, minute and second, through the firmware's own
    /// conversions, so that an error in either shows.
    /// </summary>
    public static class CivilTime
    {
        private const int Dt7Length = 7;

        /// <summary>A civil time as the firmware counts it.</summary>
        public static long ToMeterTime(this DateTime time)
        {
            return MeterTime.FromCalendar(time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second);
        }

        /// <summary>What the firmware counts, as a civil time.</summary>
        /// <param name="meterTime">A known time.</param>
        public static DateTime ToCivil(this long meterTime)
        {
            var dt7 = new byte[Dt7Length];
            MeterTime.Write(meterTime, dt7, 0, Dt7Length);
            return new DateTime((dt7[0] << 8) | dt7[1], dt7[2], dt7[3], dt7[4], dt7[5], dt7[6]);
        }
    }
}
