using NanoComm.Bytes;
using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>A time (DT7) and one or more u32 of that time. Source: the first of them in the object's numbers, the
    /// others behind it. With: their time in the object's times.</summary>
    internal sealed class TimedKind : PropertyKind
    {
        private const int TimeLength = 7;

        private readonly int _count;

        /// <summary>Makes the kind.</summary>
        /// <param name="count">How many numbers.</param>
        public TimedKind(int count)
        {
            _count = count;
        }

        /// <inheritdoc/>
        public override int EncodedLength
        {
            get { return TimeLength + (4 * _count); }
        }

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            uint[] numbers = owner.Values.Numbers;
            int source = owner.SourceOf(row);
            MeterTime.Write(owner.Values.Times[owner.WithOf(row)], buffer, offset, TimeLength);
            for (int i = 0; i < _count; i++)
            {
                BigEndian.WriteU32(buffer, offset + TimeLength + (4 * i), numbers[source + i]);
            }

            return TimeLength + (4 * _count);
        }
    }
}
