using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>The one session that a module holds: whose it is, and until when. Begun by EVENT 25; what a repeated
    /// one means depends on when it comes.</summary>
    internal sealed class Session
    {
        // The module's own timer may run slower, and its event may be under way.
        private const long Slack = 60000;

        // A terminal that is there asks something or renews its session within it, or does nothing but listen: that
        // one joins again.
        private const long LongestSilence = 30 * 60000L;

        private long _lifetime;
        private long _renewedAt;
        private long _heardAt;
        private bool _isDoubtful;

        /// <summary>Whether there is one.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>The terminal.</summary>
        public DatagramPeer Host { get; } = new DatagramPeer { AddressLength = SkParser.AddressLength };

        /// <summary>Its IPv6 address.</summary>
        public byte[] Peer
        {
            get { return Host.Address; }
        }

        /// <summary>When it is over unless it is renewed, and the module should have said so.</summary>
        public long Expiry
        {
            get { return IsOpen ? _renewedAt + _lifetime + Slack : Deadline.Never; }
        }

        /// <summary>Takes EVENT 25.</summary>
        /// <param name="address">Whose it is.</param>
        /// <param name="lifetime">How long it lasts, in seconds.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>True for a new session, false for one renewed.</returns>
        public bool Join(byte[] address, int lifetime, long now)
        {
            // A client renews its session at 80 % of its life. One that comes back much earlier has started anew.
            bool isNew = !Is(address) || _isDoubtful || now - _renewedAt < _lifetime / 2;
            Array.Copy(address, 0, Peer, 0, SkParser.AddressLength);
            IsOpen = true;
            _isDoubtful = false;
            _lifetime = lifetime * 1000L;
            _renewedAt = now;
            _heardAt = now;
            return isNew;
        }

        /// <summary>The terminal was heard.</summary>
        public void Hear(long now)
        {
            _heardAt = now;
        }

        /// <summary>Whether its terminal was not heard for so long that another one may have the session.</summary>
        public bool IsSilent(long now)
        {
            return IsOpen && now - _heardAt >= LongestSilence;
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
