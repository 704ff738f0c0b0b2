namespace NanoComm.Hil
{
    /// <summary>The durable records of a board.</summary>
    public interface IBoardRecords
    {
        /// <summary>Puts a record in, running or not.</summary>
        /// <param name="name">Its name in the catalogue of docs/pairing.md.</param>
        /// <param name="content">What it is to hold.</param>
        void Put(string name, byte[] content);

        /// <summary>Reads a record.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>Null when there is none.</returns>
        byte[] Read(string name);
    }
}
