using NanoComm.Bytes;

namespace NanoComm.Echonet
{
    /// <summary>One or more numbers of the same size, big-endian. Source: the first of them in the object's
    /// numbers, the others behind it.</summary>
    internal sealed class NumberKind : PropertyKind
    {
        private readonly int _size;
        private readonly int _count;

        /// <summary>Makes the kind.</summary>
        /// <param name="size">Bytes of a number, 1…4.</param>
        /// <param name="count">How many numbers.</param>
        public NumberKind(int size, int count)
        {
            _size = size;
            _count = count;
        }

        /// <inheritdoc/>
        public override int EncodedLength
        {
            get { return _size * _count; }
        }

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            uint[] numbers = owner.Values.Numbers;
            int source = owner.SourceOf(row);
            for (int i = 0; i < _count; i++)
            {
                BigEndian.Write(buffer, offset + (i * _size), numbers[source + i], _size);
            }

            return _size * _count;
        }
    }
}
