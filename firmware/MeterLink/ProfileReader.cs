using NanoComm.Dlms;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>Rows of the load profiles: structure of clock, register of the normal and of the reverse direction.</summary>
    internal sealed class ProfileReader : IRowSink
    {
        private const int ProfileClass = 7;
        private const byte BufferAttribute = 2;
        private const byte ProfileGroup = 99;
        private const int Columns = 3;
        private const int ClockOffset = 4;
        private const int RegistersOffset = ClockOffset + CosemTime.Length;

        private readonly RangeSelector _range = new RangeSelector();
        private readonly GetItem _item;
        private IIntervalSink _sink;

        /// <summary>Makes a reader of 1-0:99.D.0.255.</summary>
        /// <param name="d">Value group D: 1 for half-hours, 2 for minutes.</param>
        public ProfileReader(byte d)
        {
            _item = new GetItem(new CosemDescriptor(ProfileClass, 1, 0, ProfileGroup, d, 0, BufferAttribute), _range);
            Newest = new GetItem(new CosemDescriptor(ProfileClass, 1, 0, ProfileGroup, d, 0, BufferAttribute),
                new EntrySelector());
        }

        /// <summary>Reads the newest row; the profile is sorted newest first.</summary>
        public GetItem Newest { get; }

        /// <summary>Rows that were not of the form wanted, since the start.</summary>
        public int BadRows { get; private set; }

        /// <summary>Reads the rows of a range of time, as they come.</summary>
        /// <param name="client">An associated client.</param>
        /// <param name="from">Time of the first row.</param>
        /// <param name="to">Time of the last row.</param>
        /// <param name="sink">Takes the rows.</param>
        public DlmsResult Read(DlmsClient client, long from, long to, IIntervalSink sink)
        {
            CosemTime.Write(from, _range.From);
            CosemTime.Write(to, _range.To);
            _sink = sink;
            return client.GetRows(_item, this);
        }

        /// <summary>Takes the row that <see cref="Newest"/> has read.</summary>
        /// <param name="reading">Takes its values; "no data" when the profile is empty.</param>
        /// <returns>False, and nothing taken, when it was not read or is of another form.</returns>
        public bool TakeNewest(MeterReading reading)
        {
            GetItem item = Newest;
            if (item.Buffer == null || item.Length < 2 || item.Buffer[item.Offset] != CosemType.Array)
            {
                return false;
            }

            if (item.Buffer[item.Offset + 1] == 0)
            {
                reading.SetMinute(MeterTime.Unknown, MeterReading.NoEnergy, MeterReading.NoEnergy);
                return true;
            }

            if (item.Buffer[item.Offset + 1] != 1
                || !ReadRow(item.Buffer, item.Offset + 2, item.Length - 2, out long time, out uint normal, out uint reverse))
            {
                return false;
            }

            reading.SetMinute(time, normal, reverse);
            return true;
        }

        /// <inheritdoc/>
        public void Put(byte[] buffer, int offset, int length)
        {
            if (ReadRow(buffer, offset, length, out long time, out uint normal, out uint reverse))
            {
                _sink.Put(time, normal, reverse);
            }
            else
            {
                BadRows++;
            }
        }

        private static bool ReadRow(byte[] buffer, int offset, int length, out long time, out uint normal, out uint reverse)
        {
            time = MeterTime.Unknown;
            normal = MeterReading.NoEnergy;
            reverse = MeterReading.NoEnergy;
            int end = offset + length;
            if (length < RegistersOffset || buffer[offset] != CosemType.Structure || buffer[offset + 1] != Columns
                || buffer[offset + 2] != CosemType.OctetString || buffer[offset + 3] != CosemTime.Length)
            {
                return false;
            }

            time = CosemTime.Read(buffer, offset + ClockOffset);
            int first = CosemNumber.Read(buffer, offset + RegistersOffset, end, out long normalValue);
            int second = CosemNumber.Read(buffer, offset + RegistersOffset + first, end, out long reverseValue);
            if (time == MeterTime.Unknown || first == 0 || second == 0 || RegistersOffset + first + second != length
                || normalValue < 0 || normalValue > MeterReading.MaxEnergy
                || reverseValue < 0 || reverseValue > MeterReading.MaxEnergy)
            {
                return false;
            }

            normal = (uint)normalValue;
            reverse = (uint)reverseValue;
            return true;
        }
    }
}
