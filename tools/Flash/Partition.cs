namespace NanoComm.Flash
{
    /// <summary>A row of the partition table of an ESP32's flash.</summary>
    /// <param name="Label">Its name, at most 16 characters.</param>
    /// <param name="Type">0 for programs, 1 for data.</param>
    /// <param name="SubType">Of data: 0x83 is littlefs.</param>
    /// <param name="Offset">First byte in the flash.</param>
    /// <param name="Length">Bytes.</param>
    public sealed record Partition(string Label, byte Type, byte SubType, uint Offset, uint Length)
    {
        private const byte Data = 1;
        private const byte LittleFsSubType = 0x83;

        /// <summary>Whether the table says that littlefs is in it.</summary>
        public bool IsLittleFs => Type == Data && SubType == LittleFsSubType;
    }
}
