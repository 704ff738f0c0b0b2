namespace NanoComm.Echonet
{
    /// <summary>ECHONET object codes: class group, class, instance in one 24-bit number.</summary>
    public static class Eoj
    {
        /// <summary>Node profile, general node.</summary>
        public const int NodeProfile = 0x0EF001;

        /// <summary>Low-voltage smart electric energy meter, instance 1.</summary>
        public const int LowVoltageMeter = 0x028801;

        /// <summary>The instance part; 00 in a request means every instance of the class.</summary>
        public const int InstanceMask = 0x0000FF;

        /// <summary>Reads a code.</summary>
        /// <param name="buffer">Holds its 3 bytes.</param>
        /// <param name="offset">The first one.</param>
        public static int Read(byte[] buffer, int offset)
        {
            return (buffer[offset] << 16) | (buffer[offset + 1] << 8) | buffer[offset + 2];
        }

        /// <summary>Writes a code.</summary>
        /// <param name="eoj">24 bits.</param>
        /// <param name="buffer">Takes 3 bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        public static void Write(int eoj, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(eoj >> 16);
            buffer[offset + 1] = (byte)(eoj >> 8);
            buffer[offset + 2] = (byte)eoj;
        }
    }
}
