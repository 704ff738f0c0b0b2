using System.Collections.Generic;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>Which MAC address has which IPv6 address, as far as a module knows.</summary>
    internal sealed class NeighbourTable
    {
        private const int Capacity = 8;

        private readonly List<Entry> _entries = new();
        private readonly long _lifetime;

        public NeighbourTable(long lifetime)
        {
            _lifetime = lifetime;
        }

        public IEnumerable<(Ip6 Address, ulong Mac)> Entries
        {
            get
            {
                foreach (Entry entry in _entries)
                {
                    yield return (entry.Address, entry.Mac);
                }
            }
        }

        // The oldest one makes room.
        public void Learn(Ip6 address, ulong mac, long now)
        {
            _entries.RemoveAll(entry => entry.Address == address);
            if (_entries.Count == Capacity)
            {
                _entries.RemoveAt(0);
            }

            _entries.Add(new Entry(address, mac, now));
        }

        public bool TryFind(Ip6 address, long now, out ulong mac)
        {
            foreach (Entry entry in _entries)
            {
                if (entry.Address == address && (_lifetime == 0 || now - entry.Since < _lifetime))
                {
                    mac = entry.Mac;
                    return true;
                }
            }

            mac = 0;
            return false;
        }

        public void Clear()
        {
            _entries.Clear();
        }

        private readonly record struct Entry(Ip6 Address, ulong Mac, long Since);
    }
}
