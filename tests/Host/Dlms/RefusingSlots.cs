using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>A store that says no: and has the old record, or the new one all the same.</summary>
    internal sealed class RefusingSlots(MemoryFiles medium) : IDurableStore
    {
        private readonly DurableStore _store = new(medium);

        public bool Refuses { get; set; }

        public bool TakesAllTheSame { get; set; }

        public int Read(string name, byte[] buffer)
        {
            return _store.Read(name, buffer);
        }

        public int LengthOf(string name)
        {
            return _store.LengthOf(name);
        }

        public bool Write(string name, byte[] buffer, int length)
        {
            return (!Refuses || TakesAllTheSame) && _store.Write(name, buffer, length) && !Refuses;
        }

        public bool Delete(string name)
        {
            return _store.Delete(name);
        }
    }
}
