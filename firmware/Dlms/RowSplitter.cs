namespace NanoComm.Dlms
{
    /// <summary>Cuts an array that arrives in pieces into its elements.</summary>
    public sealed class RowSplitter
    {
        /// <summary>Not an array, or more than its elements.</summary>
        public const int Malformed = -1;

        private const int MaxRows = 0xFFFF;

        private IRowSink _sink;
        private bool _isOpen;
        private int _left;

        /// <summary>Whether the array has ended.</summary>
        public bool IsComplete => _isOpen && _left == 0;

        /// <summary>Starts an array.</summary>
        /// <param name="sink">Takes the elements.</param>
        public void Begin(IRowSink sink)
        {
            _sink = sink;
            _isOpen = false;
            _left = 0;
        }

        /// <summary>Hands out the elements that are whole.</summary>
        /// <param name="buffer">Holds what is there of the array and was not taken before.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="end">The end of what is there.</param>
        /// <returns>How many bytes were taken; what is left belongs in front of the next piece. Or
        /// <see cref="Malformed"/>.</returns>
        public int Take(byte[] buffer, int offset, int end)
        {
            int position = offset;
            if (!_isOpen)
            {
                int head = ReadHead(buffer, offset, end);
                if (head <= 0)
                {
                    return head;
                }

                position += head;
            }

            while (_left > 0)
            {
                int length = CosemData.Measure(buffer, position, end);
                if (length == CosemData.Malformed)
                {
                    return Malformed;
                }

                if (length == CosemData.Incomplete)
                {
                    return position - offset;
                }

                _sink.Put(buffer, position, length);
                position += length;
                _left--;
            }

            return position == end ? position - offset : Malformed;
        }

        private int ReadHead(byte[] buffer, int offset, int end)
        {
            if (offset < end && buffer[offset] != CosemType.Array)
            {
                return Malformed;
            }

            int size = CosemData.MeasureLength(buffer, offset + 1, end, out int count);
            if (size <= 0)
            {
                return size;
            }

            _left = count;
            _isOpen = true;
            return count <= MaxRows ? 1 + size : Malformed;
        }
    }
}
