namespace NanoComm.Fleet
{
    /// <summary>What units have done since their first start.</summary>
    /// <param name="Readings">Readings of the metering units with clock and minute.</param>
    /// <param name="LiveReadings">Readings of live values alone.</param>
    /// <param name="ReadFailures">Questions that were not answered, or not sensibly.</param>
    /// <param name="Answers">Answers to terminals.</param>
    /// <param name="Notifications">Notifications sent.</param>
    /// <param name="Lost">Datagrams that found no room.</param>
    /// <param name="SendFailures">Datagrams that the network refused.</param>
    /// <param name="LoopFailures">Exceptions that loops of the firmware have outlived.</param>
    public readonly record struct FleetCounters(long Readings, long LiveReadings, long ReadFailures, long Answers,
        long Notifications, long Lost, long SendFailures, long LoopFailures)
    {
        /// <summary>The sum of two.</summary>
        public static FleetCounters operator +(FleetCounters a, FleetCounters b)
        {
            return new FleetCounters(a.Readings + b.Readings, a.LiveReadings + b.LiveReadings, a.ReadFailures + b.ReadFailures,
                a.Answers + b.Answers, a.Notifications + b.Notifications, a.Lost + b.Lost, a.SendFailures + b.SendFailures,
                a.LoopFailures + b.LoopFailures);
        }

        /// <summary>With what a unit has done in this life.</summary>
        /// <param name="unit">Null for one that has none now.</param>
        internal FleetCounters With(CommunicationUnit unit)
        {
            return unit is null ? this : this + new FleetCounters(unit.Metering.Readings, unit.Metering.LiveReadings,
                unit.Metering.Failures, unit.IpPath.Answers, unit.IpPath.NotificationsSent, unit.IpPath.Lost,
                unit.IpPath.SendFailures, unit.Health.Failures);
        }
    }
}
