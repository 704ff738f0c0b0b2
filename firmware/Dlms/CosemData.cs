namespace NanoComm.Dlms
{
    /// <summary>
    /// Finds the end of a value of type Data (IEC 62056-5-3, A-XDR). Compact arrays are not known: the client does
    /// not ask for them.
    /// </summary>
    public static class CosemData
    {
        /// <summary>Arrays and structures may lie so deep in each other.</summary>
        public const int MaxDepth = 8;

        /// <summary>The value goes on behind the end of what is there.</summary>
        public const int Incomplete = 0;

        /// <summary>Not a value, or one that is too deep.</summary>
        public const int Malformed = -1;

        private const int LongLength = 0x80;
        private const int MaxLengthBytes = 4;

        // Bytes of a value by its type, the type included; 0 for the types that carry a length and for those that are none.
        private static readonly byte[] Sizes =
        {
            1, 0, 0, 2, 0, 5, 5, 0, 0, 0, 0, 0, 0, 2,
            0, 2, 3, 2, 3, 0, 9, 9, 2, 5, 9, 13, 6, 5,
        };

        /// <summary>Measures the value at the front of a part of a buffer.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="end">The end of what is there.</param>
        /// <returns>Its length in bytes, or <see cref="Incomplete"/>, or <see cref="Malformed"/>.</returns>
        public static int Measure(byte[] buffer, int offset, int end)
        {
            return Measure(buffer, offset, end, MaxDepth);
        }

        /// <summary>Measures a length, or number of elements: one byte up to 127, else 81…84 and that many
        /// bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="end">The end of what is there.</param>
        /// <param name="value">0…2,147,483,647.</param>
        /// <returns>How many bytes it takes, or <see cref="Incomplete"/>, or <see cref="Malformed"/>.</returns>
        public static int MeasureLength(byte[] buffer, int offset, int end, out int value)
        {
            value = 0;
            if (offset >= end)
            {
                return Incomplete;
            }

            int count = buffer[offset] - LongLength;
            if (count < 0)
            {
                value = buffer[offset];
                return 1;
            }

            if (count == 0 || count > MaxLengthBytes)
            {
                return Malformed;
            }

            if (count > end - offset - 1)
            {
                return Incomplete;
            }

            for (int i = 1; i <= count; i++)
            {
                value = (value << 8) | buffer[offset + i];
            }

            return value < 0 ? Malformed : 1 + count;
        }

        /// <summary>The same, of a value that lies in others.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="end">The end of what is there.</param>
        /// <param name="depth">Arrays and structures may lie so deep in it.</param>
        internal static int Measure(byte[] buffer, int offset, int end, int depth)
        {
            if (offset >= end)
            {
                return Incomplete;
            }

            int type = buffer[offset];
            int size = type < Sizes.Length ? Sizes[type] : 0;
            if (size > 0)
            {
                return size <= end - offset ? size : Incomplete;
            }

            if (!HasLength(buffer[offset]))
            {
                return Malformed;
            }

            int head = MeasureLength(buffer, offset + 1, end, out int value);
            if (head <= 0)
            {
                return head;
            }

            head++;
            switch (buffer[offset])
            {
                case CosemType.Array:
                case CosemType.Structure:
                    return MeasureElements(buffer, offset, head, end, value, depth);
                case CosemType.BitString:
                    return MeasureBytes(offset, head, end, (value >> 3) + ((value & 7) == 0 ? 0 : 1));
                default:
                    return MeasureBytes(offset, head, end, value);
            }
        }

        private static int MeasureBytes(int offset, int head, int end, int count)
        {
            return count <= end - offset - head ? head + count : Incomplete;
        }

        private static int MeasureElements(byte[] buffer, int offset, int head, int end, int count, int depth)
        {
            if (depth == 0)
            {
                return Malformed;
            }

            int position = offset + head;
            for (int i = 0; i < count; i++)
            {
                int length = Measure(buffer, position, end, depth - 1);
                if (length <= 0)
                {
                    return length;
                }

                position += length;
            }

            return position - offset;
        }

        private static bool HasLength(byte type)
        {
            switch (type)
            {
                case CosemType.Array:
                case CosemType.Structure:
                case CosemType.BitString:
                case CosemType.OctetString:
                case CosemType.VisibleString:
                case CosemType.Utf8String:
                    return true;
                default:
                    return false;
            }
        }
    }
}
