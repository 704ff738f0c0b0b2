using System.Linq;
using NanoComm.CommandLine;
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

        public byte[][] Read(params string[] names)
        {
            DurableStore store = UnitFolder.Look(folder);
            return [.. names.Select(name => StoredRecord.Read(store, name))];
        }
    }
}
