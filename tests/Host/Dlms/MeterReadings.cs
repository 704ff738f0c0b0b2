using System;
using System.Collections.Generic;
using NanoComm.Dlms;
using NanoComm.Simulators.Dlms;

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
            var reader = new AxdrReader(buffer.AsSpan(offset, length));
            reader.Structure(3);
            if (!CosemTime.TryParse(reader.OctetString(), out DateTime time))
            {
                throw new InvalidOperationException();
            }

            var row = (time, reader.DoubleLongUnsigned(), reader.DoubleLongUnsigned());
            return reader.IsGoodToTheEnd ? row : throw new InvalidOperationException();
        }

        /// <summary>The latest whole interval of a day that is not after a time.</summary>
        public static DateTime Floor(DateTime time, int seconds)
        {
            return time.AddSeconds(-(time.TimeOfDay.TotalSeconds % seconds));
        }

        public static uint Energy(GetItem item)
        {
            var reader = new AxdrReader(item.Buffer.AsSpan(item.Offset, item.Length));
            uint value = reader.DoubleLongUnsigned();
            return reader.IsGoodToTheEnd ? value : throw new InvalidOperationException();
        }

        public static DateTime Time(GetItem item)
        {
            var reader = new AxdrReader(item.Buffer.AsSpan(item.Offset, item.Length));
            return CosemTime.TryParse(reader.OctetString(), out DateTime time) && reader.IsGoodToTheEnd
                ? time : throw new InvalidOperationException();
        }
    }
}
