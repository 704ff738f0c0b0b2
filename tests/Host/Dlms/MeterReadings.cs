using System;
using System.Collections.Generic;
using NanoComm.Dlms;

using CosemTime = NanoComm.Simulators.Dlms.CosemTime;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>The questions that a communication unit asks, and the rows it gets.</summary>
    internal sealed class MeterReadings : IRowSink
    {
        private readonly RangeSelector _range = new();

        public MeterReadings()
        {
            Minutes = new GetItem(new CosemDescriptor(7, 1, 0, 99, 2, 0, 2), _range);
            HalfHours = new GetItem(new CosemDescriptor(7, 1, 0, 99, 1, 0, 2), _range);
        }

        public GetItem[] Poll { get; } =
        [
            new(new CosemDescriptor(8, 0, 0, 1, 0, 0, 2)),
            new(new CosemDescriptor(3, 1, 0, 1, 8, 0, 2)),
            new(new CosemDescriptor(3, 1, 0, 2, 8, 0, 2)),
            new(new CosemDescriptor(3, 1, 0, 1, 7, 0, 2)),
            new(new CosemDescriptor(3, 1, 0, 2, 7, 0, 2)),
            new(new CosemDescriptor(3, 1, 0, 31, 7, 0, 2)),
            new(new CosemDescriptor(3, 1, 0, 71, 7, 0, 2)),
            new(new CosemDescriptor(7, 1, 0, 99, 2, 0, 2), new EntrySelector()),
        ];

        public GetItem Minutes { get; }

        public GetItem HalfHours { get; }

        public List<(DateTime Time, uint Normal, uint Reverse)> Rows { get; } = [];

        public void SetRange(DateTime from, DateTime to)
        {
            CosemTime.ToBytes(from).CopyTo(_range.From, 0);
            CosemTime.ToBytes(to).CopyTo(_range.To, 0);
            Rows.Clear();
        }

        public void Put(byte[] buffer, int offset, int length)
        {
            Rows.Add(Row(buffer, offset, length));
        }

        public static (DateTime Time, uint Normal, uint Reverse) Row(byte[] buffer, int offset, int length)
        {
            var reader = new ApduReader();
            reader.Open(buffer, offset, length);
            reader.ReadHead(CosemType.Structure);
            int at = reader.ReadOctets(out int size);
            if (!CosemTime.TryParse(buffer.AsSpan(at, size), out DateTime time))
            {
                throw new InvalidOperationException();
            }

            var row = (time, (uint)reader.ReadInteger(), (uint)reader.ReadInteger());
            return reader.IsAtEnd ? row : throw new InvalidOperationException();
        }

        /// <summary>The latest whole interval of a day that is not after a time.</summary>
        public static DateTime Floor(DateTime time, int seconds)
        {
            return time.AddSeconds(-(time.TimeOfDay.TotalSeconds % seconds));
        }

        public static long Integer(GetItem item)
        {
            var reader = new ApduReader();
            reader.Open(item.Buffer, item.Offset, item.Length);
            long value = reader.ReadInteger();
            return reader.IsAtEnd ? value : throw new InvalidOperationException();
        }

        public static DateTime Time(GetItem item)
        {
            var reader = new ApduReader();
            reader.Open(item.Buffer, item.Offset, item.Length);
            int at = reader.ReadOctets(out int size);
            return CosemTime.TryParse(item.Buffer.AsSpan(at, size), out DateTime time)
                ? time : throw new InvalidOperationException();
        }
    }
}
