using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>The one session that a module holds: whose it is, and until when. Begun by EVENT 25; what a repeated
    /// one means depends on when it comes.</summary>
    internal sealed class Session
    {
        // A client renews its session at 80 % of its life. One that comes back much earlier has started anew.
        private const long Lifetime = ModuleStart.SessionLifetime * 1000L;
        private const long EarliestRefresh = Lifetime / 2;

        // The module's own timer may run slower, and its event may be under way.
        private const long Slack = 60000;

        private long _renewedAt;
        private bool _isDoubtful;

        /// <summary>Whether there is one.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>IPv6 address of the terminal.</summary>
        public byte[] Peer { get; } = new byte[SkParser.AddressLength];

        /// <summary>When it is over unless it is renewed, and the module should have said so.</summary>
        public long Expiry
        {
            get { return IsOpen ? _renewedAt + Lifetime + Slack : Deadline.Never; }
        }

        /// <summary>Takes EVENT 25.</summary>
        /// <returns>True for a new session, false for one renewed.</returns>
        public bool Join(byte[] address, long now)
        {
            bool isNew = !Is(address) || _isDoubtful || now - _renewedAt < EarliestRefresh;
            Array.Copy(address, 0, Peer, 0, SkParser.AddressLength);
            IsOpen = true;
            _isDoubtful = false;
            _renewedAt = now;
            return isNew;
        }

        /// <summary>Whether an address is that of the session's terminal.</summary>
        public bool Is(byte[] address)
        {
            return IsOpen && Octets.AreEqual(Peer, 0, address, 0, SkParser.AddressLength);
        }

        /// <summary>The terminal failed to prove itself again, or somebody else in its name: nothing changes but what
        /// the next EVENT 25 means.</summary>
        public void Doubt()
        {
            _isDoubtful = true;
        }

        /// <summary>It is over.</summary>
        public void End()
        {
            IsOpen = false;
            _isDoubtful = false;
        }
    }
}
