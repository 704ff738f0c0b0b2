using NanoComm.Bytes;
using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>
    /// A day of one direction: u16 days back (00FF before any was chosen), then a u32 for each half-hour, 00:00 first;
    /// what is not known, or not reached yet, is no data. Source: the direction of an interval buffer
    /// (<see cref="PropertyValues.Intervals"/>). With: the EPC of the <see cref="DaySelectorKind"/> that it is atomic
    /// with.
    /// </summary>
    internal sealed class DayHistoryKind : PropertyKind
    {
        private const int DayLength = 2;

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            PropertyValues values = owner.Values;
            byte daysBack = terminal.Selectors[owner.SelectorPlaceOf(row)];
            long time = values.Time;
            uint[] day = values.Day;
            bool known = daysBack != DaySelectorKind.NoDay && time != MeterTime.Unknown;
            if (known)
            {
                int source = owner.SourceOf(row);
                long today = MeterTime.Floor(time, MeterTime.Day);
                values.Intervals[source >> 1].CopyTo(today - ((long)daysBack * MeterTime.Day), (source & 1) != 0, day);
            }

            buffer[offset] = 0;
            buffer[offset + 1] = daysBack;
            for (int slot = 0; slot < day.Length; slot++)
            {
                BigEndian.WriteU32(buffer, offset + DayLength + (4 * slot), known ? day[slot] : MeterReading.NoEnergy);
            }

            return DayLength + (4 * day.Length);
        }
    }
}
