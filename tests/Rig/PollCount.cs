using NanoComm.MeterLink;

namespace NanoComm.Rig
{
    /// <summary>What a unit asked of its metering unit in a stretch of virtual time, and how many bytes went over the line
    /// for it, both ways.</summary>
    /// <param name="Bytes">Bytes on the wire.</param>
    /// <param name="Live">Readings of live values alone.</param>
    /// <param name="Minutes">Readings with clock and minute.</param>
    public readonly record struct PollCount(long Bytes, int Live, int Minutes)
    {
        private const double BitsPerByte = 10;

        /// <summary>Lets a unit run and counts.</summary>
        /// <param name="unit">Started, with a line.</param>
        /// <param name="milliseconds">How long.</param>
        public static PollCount Run(SimulatedUnit unit, long milliseconds)
        {
            PollCount before = Of(unit);
            unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + milliseconds);
            PollCount after = Of(unit);
            return new PollCount(after.Bytes - before.Bytes, after.Live - before.Live, after.Minutes - before.Minutes);
        }

        /// <summary>Bytes since the start.</summary>
        public static long BytesOf(SimulatedUnit unit)
        {
            return unit.Line.BytesToFar + unit.Line.BytesToNear;
        }

        /// <summary>Share of the line's time that it was used, 0…1.</summary>
        public double Load(int baudRate, long milliseconds)
        {
            return Bytes * BitsPerByte * 1000 / baudRate / milliseconds;
        }

        private static PollCount Of(SimulatedUnit unit)
        {
            MeteringLoop loop = unit.Unit.Metering;
            return new PollCount(BytesOf(unit), loop.LiveReadings, loop.Readings);
        }
    }
}
