using NanoComm.Echonet;

namespace NanoComm.Tests
{
    /// <summary>A meter of another class, with one history of each kind at EPCs of its own, and another fixed-time
    /// property.</summary>
    internal sealed class TestMeter : MeterObject
    {
        /// <summary>Makes the object.</summary>
        public TestMeter(int eoj, MeterValues values)
            : base(eoj, values, new byte[]
            {
                0xC6, Access.Get, Kind.DayHistory, MeterValues.HalfHoursReverse, 0xE1,
                0xE1, Access.GetSet, Kind.DaySelector, 0, 45,
                0xE3, Access.GetInfAtFixedTime, Kind.TimedTwoU32, MeterValues.HalfHourNormal, MeterValues.HalfHourTime,
                0xED, Access.Get, Kind.Rows, MeterValues.HalfHours, 0xEF,
                0xEE, Access.Get, Kind.Rows, MeterValues.HalfHours, 0xEF,
                0xEF, Access.GetSet, Kind.RowSelector, MeterValues.HalfHours, 3,
            })
        {
        }
    }
}
