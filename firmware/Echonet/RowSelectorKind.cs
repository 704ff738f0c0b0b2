using System;
using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>
    /// Chooses time and number of <see cref="RowsKind"/>: DT6, a multiple of the interval, and u8 rows; FF×6 01 before
    /// any was chosen. Source: an interval buffer (<see cref="PropertyValues.Intervals"/>), either direction. With: how
    /// many rows at most.
    /// </summary>
    internal sealed class RowSelectorKind : PropertyKind
    {
        /// <summary>Its length in bytes.</summary>
        public const int Length = 7;

        /// <summary>Offset of the number of rows.</summary>
        public const int RowsAt = 6;

        private const byte NoTime = 0xFF;

        /// <inheritdoc/>
        public override int SelectorLength
        {
            get { return Length; }
        }

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            Array.Copy(terminal.Selectors, owner.PlaceOf(row), buffer, offset, Length);
            return Length;
        }

        /// <inheritdoc/>
        public override bool Write(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset,
            int length)
        {
            if (length != Length)
            {
                return false;
            }

            int interval = owner.Values.Intervals[owner.SourceOf(row) >> 1].Interval;
            byte rows = buffer[offset + RowsAt];
            long time = MeterTime.ReadToMinute(buffer, offset);
            bool isTime = time != MeterTime.Unknown && MeterTime.Floor(time, interval) == time
                && rows >= 1 && rows <= owner.WithOf(row);
            if (!isTime && !(rows == 1 && IsNoTime(buffer, offset)))
            {
                return false;
            }

            Array.Copy(buffer, offset, terminal.Selectors, owner.PlaceOf(row), Length);
            return true;
        }

        /// <inheritdoc/>
        public override void WriteDefault(byte[] selectors, int offset)
        {
            for (int i = 0; i < RowsAt; i++)
            {
                selectors[offset + i] = NoTime;
            }

            selectors[offset + RowsAt] = 1;
        }

        private static bool IsNoTime(byte[] buffer, int offset)
        {
            bool isNoTime = true;
            for (int i = 0; i < RowsAt; i++)
            {
                isNoTime &= buffer[offset + i] == NoTime;
            }

            return isNoTime;
        }
    }
}
