using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Hil;
using NanoComm.Records;

namespace NanoComm.Tool
{
    /// <summary>The records of a virtual board, in its folder.</summary>
    internal sealed class StoreRecords(string folder) : IBoardRecords
    {
        public void Put(string name, byte[] content)
        {
            if (!new DurableStore(new FolderFiles(folder)).Write(name, content, content.Length))
            {
                throw new UserError($"the record {name} could not be written to {folder}");
            }
        }

        public byte[] Read(string name)
        {
            IDurableStore store = UnitFolder.Look(folder);
            var buffer = new byte[DurableStore.MaxLength];
            int length = store.Read(name, buffer);
            return length < 0 ? null : buffer[..length];
        }
    }
}
