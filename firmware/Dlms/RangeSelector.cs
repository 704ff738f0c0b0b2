namespace NanoComm.Dlms
{
    /// <summary>Picks rows of a profile buffer by the time of their clock column, all columns (IEC 62056-6-2, profile
    /// generic, selector 1). Made once, set for each request.</summary>
    public sealed class RangeSelector : IAccessSelector
    {
        /// <summary>Bytes of a COSEM date-time.</summary>
        public const int DateTimeLength = 12;

        private const byte Selector = 1;
        private const byte Elements = 4;
        private const byte ClockClass = 8;
        private const byte ClockTime = 2;

        private static readonly byte[] ClockName = { 0, 0, 1, 0, 0, 255 };

        /// <summary>Time of the first row, COSEM date-time.</summary>
        public readonly byte[] From = new byte[DateTimeLength];

        /// <summary>Time of the last row, COSEM date-time.</summary>
        public readonly byte[] To = new byte[DateTimeLength];

        /// <inheritdoc/>
        public void Write(ApduWriter writer)
        {
            writer.WriteU8(Selector);
            writer.WriteU8(CosemType.Structure);
            writer.WriteU8(Elements);
            WriteClockColumn(writer);
            WriteTime(writer, From);
            WriteTime(writer, To);
            writer.WriteU8(CosemType.Array);
            writer.WriteU8(0);
        }

        private static void WriteClockColumn(ApduWriter writer)
        {
            writer.WriteU8(CosemType.Structure);
            writer.WriteU8(Elements);
            writer.WriteU8(CosemType.LongUnsigned);
            writer.WriteU16(ClockClass);
            writer.WriteU8(CosemType.OctetString);
            writer.WriteU8(ClockName.Length);
            writer.Write(ClockName, 0, ClockName.Length);
            writer.WriteU8(CosemType.Integer);
            writer.WriteU8(ClockTime);
            writer.WriteU8(CosemType.LongUnsigned);
            writer.WriteU16(0);
        }

        private static void WriteTime(ApduWriter writer, byte[] time)
        {
            writer.WriteU8(CosemType.OctetString);
            writer.WriteU8(DateTimeLength);
            writer.Write(time, 0, DateTimeLength);
        }
    }
}
