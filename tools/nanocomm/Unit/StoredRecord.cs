using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>A unit's record, whole.</summary>
    internal static class StoredRecord
    {
        /// <summary>Reads it.</summary>
        /// <param name="store">The unit's records.</param>
        /// <param name="name">Its name in the catalogue.</param>
        /// <returns>Null when there is none that counts.</returns>
        public static byte[] Read(DurableStore store, string name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = store.Read(name, buffer);
            return length < 0 ? null : buffer[..length];
        }
    }
}
