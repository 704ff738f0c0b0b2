namespace NanoComm.Bytes
{
    /// <summary>Numbers in network order.</summary>
    public static class BigEndian
    {
        /// <summary>Reads two bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        /// <returns>0…FFFF.</returns>
        public static int ReadU16(byte[] buffer, int offset)
        {
            return (buffer[offset] << 8) | buffer[offset + 1];
        }

        /// <summary>Reads four bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        public static uint ReadU32(byte[] buffer, int offset)
        {
            return ((uint)buffer[offset] << 24) | ((uint)buffer[offset + 1] << 16)
                | ((uint)buffer[offset + 2] << 8) | buffer[offset + 3];
        }

        /// <summary>Writes two bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="value">The number, of which the low 16 bits are written.</param>
        public static void WriteU16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)(value >> 8);
            buffer[offset + 1] = (byte)value;
        }

        /// <summary>Writes four bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="value">The number.</param>
        public static void WriteU32(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
        }
    }
}
