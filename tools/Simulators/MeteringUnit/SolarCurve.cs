using System;

namespace NanoComm.Simulators
{
    /// <summary>
    /// A synthetic photovoltaic plant under a clear sky, the same every day: nothing before 06:00 and after 18:00,
    /// between them peak × sin²(π × (t − 06:00) / 12 h), which begins and ends without a corner and is largest at
    /// 12:00. Taken at the middle of each minute and rounded to whole watts. Unity power factor. Synthetic: it is not
    /// measured, and stands in for the solar plant that the recorded household does not have.
    /// </summary>
    public sealed class SolarCurve
    {
        /// <summary>Peak of <see cref="Default"/> in W: a usual plant on a Japanese roof.</summary>
        public const int DefaultPeakWatts = 4000;

        private const int Sunrise = 6 * 60;
        private const int Sunset = 18 * 60;

        private readonly int[] _watts = new int[HouseholdData.MinutesPerDay];

        /// <summary>Makes a plant.</summary>
        /// <param name="peakWatts">0…50,000.</param>
        public SolarCurve(int peakWatts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(peakWatts);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(peakWatts, HouseholdData.MaxPower);
            PeakWatts = peakWatts;
            for (int minute = Sunrise; minute < Sunset; minute++)
            {
                double sine = Math.Sin(Math.PI * (minute + 0.5 - Sunrise) / (Sunset - Sunrise));
                _watts[minute] = (int)Math.Round(peakWatts * sine * sine);
            }
        }

        /// <summary>The plant of a simulation that asks for no other.</summary>
        public static SolarCurve Default { get; } = new(DefaultPeakWatts);

        /// <summary>No plant.</summary>
        public static SolarCurve None { get; } = new(0);

        /// <summary>Power at noon, W.</summary>
        public int PeakWatts { get; }

        /// <summary>Power fed in, W.</summary>
        /// <param name="minuteOfDay">0…1439.</param>
        public int WattsAt(int minuteOfDay)
        {
            return _watts[minuteOfDay];
        }
    }
}
