namespace NanoComm.Hil
{
    /// <summary>The durable records of a board.</summary>
    public interface IBoardRecords
    {
        /// <summary>Puts a record in, running or not.</summary>
        /// <param name="name">Its name in the catalogue of docs/pairing.md.</param>
        /// <param name="content">What it is to hold.</param>
        void Put(string name, byte[] content);

        /// <summary>Reads records, all at one moment. It may take minutes, and start the board again.</summary>
        /// <param name="names">Their names.</param>
        /// <returns>In the same order; null for each that is not there.</returns>
        byte[][] Read(params string[] names);
    }
}
