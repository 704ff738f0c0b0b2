using System;
using NanoComm.Bytes;
using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>
    /// Both directions at some times: the selector as it was set, then u32 normal and u32 reverse for each interval,
    /// the chosen time first and back from there; one row without data before any time was chosen. Source: an interval
    /// buffer (<see cref="PropertyValues.Intervals"/>), either direction. With: the EPC of the
    /// <see cref="RowSelectorKind"/> that it is atomic with.
    /// </summary>
    internal sealed class RowsKind : PropertyKind
    {
        private const int RowLength = 8;

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            IntervalBuffer intervals = owner.Values.Intervals[owner.SourceOf(row) >> 1];
            byte[] selectors = terminal.Selectors;
            int place = owner.SelectorPlaceOf(row);
            Array.Copy(selectors, place, buffer, offset, RowSelectorKind.Length);
            int rows = selectors[place + RowSelectorKind.RowsAt];
            long time = MeterTime.ReadToMinute(selectors, place);
            int end = offset + RowSelectorKind.Length;
            for (int i = 0; i < rows; i++)
            {
                uint normal = MeterReading.NoEnergy;
                uint reverse = MeterReading.NoEnergy;
                if (time != MeterTime.Unknown)
                {
                    intervals.Get(time - ((long)i * intervals.Interval), out normal, out reverse);
                }

                BigEndian.WriteU32(buffer, end, normal);
                BigEndian.WriteU32(buffer, end + 4, reverse);
                end += RowLength;
            }

            return end - offset;
        }
    }
}
