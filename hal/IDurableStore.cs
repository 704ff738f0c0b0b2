namespace NanoComm.Hal
{
    /// <summary>
    /// Small named records that survive power cuts: a record is replaced as a whole, and a torn write is read as the
    /// old record. Names: 1…16 of a-z, 0-9, '-'. Safe to call from any loop.
    /// </summary>
    public interface IDurableStore
    {
        /// <summary>Reads a record.</summary>
        /// <param name="name">The record's name.</param>
        /// <param name="buffer">Filled from index 0.</param>
        /// <returns>Its length in bytes, or -1 when there is none, none is intact, or it is longer than the buffer.</returns>
        int Read(string name, byte[] buffer);

        /// <summary>Looks whether there is a record.</summary>
        /// <param name="name">The record's name.</param>
        /// <returns>Its length in bytes, or -1 when there is none, or none is intact.</returns>
        int LengthOf(string name);

        /// <summary>Replaces a record. When this returns true, the new record is durable; when it returns false, or
        /// the power is cut before it returns, the record reads as either the old one or the new one, whole.</summary>
        /// <param name="name">The record's name.</param>
        /// <param name="buffer">The content, from index 0.</param>
        /// <param name="length">Its length in bytes, 0…1024.</param>
        bool Write(string name, byte[] buffer, int length);

        /// <summary>Removes a record. True when it is gone, or never was.</summary>
        /// <param name="name">The record's name.</param>
        bool Delete(string name);
    }
}
