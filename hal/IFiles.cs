namespace NanoComm.Hal
{
    /// <summary>
    /// The few file operations that durable records are built on, one folder, plain names. What a power cut
    /// may do to each is stated, and the tests do it.
    /// </summary>
    public interface IFiles
    {
        /// <summary>Reads a whole file.</summary>
        /// <param name="name">File name.</param>
        /// <param name="buffer">Filled from index 0.</param>
        /// <returns>Its length in bytes, or -1 when it is absent, unreadable or longer than the buffer.</returns>
        int Read(string name, byte[] buffer);

        /// <summary>Creates or overwrites a file and flushes it to the medium. A power cut may leave any part of it.</summary>
        /// <param name="name">File name.</param>
        /// <param name="buffer">The content, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>True when all of it is on the medium.</returns>
        bool Write(string name, byte[] buffer, int length);

        /// <summary>Deletes a file. A power cut leaves it there or not.</summary>
        /// <param name="name">File name.</param>
        /// <returns>True when it is gone, or never was.</returns>
        bool Delete(string name);

        /// <summary>Renames a file; <paramref name="to"/> does not exist. A power cut leaves either name, never both or none.</summary>
        /// <param name="from">Present name.</param>
        /// <param name="to">New name.</param>
        /// <returns>True when done. False: not done, and the file may be gone.</returns>
        bool Rename(string from, string to);
    }
}
