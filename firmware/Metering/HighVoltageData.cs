namespace NanoComm.Metering
{
    /// <summary>
    /// What the read model holds of a high-voltage metering unit beside the active energy, on the same grids. Who asks
    /// for a half-hour marks it as asked for in all three half-hour buffers, and in both minute buffers for a minute:
    /// what the metering unit does not have is then known to be missing, and not waited for.
    /// </summary>
    public sealed class HighVoltageData
    {
        /// <summary>Of the values of a half-hour: reactive energy (lag), normal direction.</summary>
        public const int ReactiveNormal = 0;

        /// <summary>Reactive energy (lag), reverse direction.</summary>
        public const int ReactiveReverse = 1;

        /// <summary>Demand, normal direction.</summary>
        public const int DemandNormal = 2;

        /// <summary>Demand, reverse direction.</summary>
        public const int DemandReverse = 3;

        /// <summary>How many there are.</summary>
        public const int ValueCount = 4;

        /// <summary>Half-hours of the cumulative reactive energy (lag), like <see cref="MeterData.HalfHours"/>.</summary>
        public IntervalBuffer Reactive { get; } = MeterData.NewHalfHours();

        /// <summary>Half-hours of demand: the mean power of the 30 minutes that end at the time.</summary>
        public IntervalBuffer Demand { get; } = MeterData.NewHalfHours();

        /// <summary>One-minute values of the cumulative reactive energy (lag), like <see cref="MeterData.Minutes"/>.
        /// </summary>
        public IntervalBuffer ReactiveMinutes { get; } = new IntervalBuffer(MeterTime.Minute, MeterData.MinuteCount);

        /// <summary>Moves the windows so that they end at a time.</summary>
        /// <param name="time">As for <see cref="IntervalBuffer.MoveTo"/>.</param>
        public void MoveTo(long time)
        {
            Reactive.MoveTo(time);
            Demand.MoveTo(time);
            ReactiveMinutes.MoveTo(time);
        }

        /// <summary>The values of a half-hour, none known.</summary>
        internal static uint[] NewHalfHour()
        {
            var values = new uint[ValueCount];
            for (int i = 0; i < ValueCount; i++)
            {
                values[i] = MeterReading.NoEnergy;
            }

            return values;
        }

        internal void Forget()
        {
            Reactive.Forget();
            Demand.Forget();
            ReactiveMinutes.Forget();
        }

        /// <summary>Whether a half-hour was asked for.</summary>
        /// <param name="time">The half-hour.</param>
        /// <param name="hasReactive">Whether there is reactive energy to wait for.</param>
        internal bool IsAsked(long time, bool hasReactive)
        {
            return Demand.IsAsked(time) && (!hasReactive || Reactive.IsAsked(time));
        }

        /// <summary>Copies the values of a half-hour.</summary>
        /// <param name="time">The half-hour, or <see cref="MeterTime.Unknown"/> for none.</param>
        /// <param name="values">Takes them.</param>
        /// <returns>Whether they are others than before.</returns>
        internal bool CopyHalfHour(long time, uint[] values)
        {
            Reactive.Get(time, out uint reactiveNormal, out uint reactiveReverse);
            Demand.Get(time, out uint demandNormal, out uint demandReverse);
            bool isNew = values[ReactiveNormal] != reactiveNormal || values[ReactiveReverse] != reactiveReverse
                || values[DemandNormal] != demandNormal || values[DemandReverse] != demandReverse;
            values[ReactiveNormal] = reactiveNormal;
            values[ReactiveReverse] = reactiveReverse;
            values[DemandNormal] = demandNormal;
            values[DemandReverse] = demandReverse;
            return isNew;
        }
    }
}
