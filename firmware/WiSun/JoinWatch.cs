using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>Watches who tries to join. The module's stack authenticates; whether that worked out an event says, or,
    /// when it did not, perhaps nothing does.</summary>
    internal sealed class JoinWatch
    {
        // Clients try for 40 seconds.
        private const long JoinTime = 40000;
        private const long RefusedAfter = 20000;

        private readonly byte[] _address = new byte[SkParser.AddressLength];
        private bool _isUnderWay;
        private long _begunAt;
        private long _lastAt = -JoinTime;

        /// <summary>When an attempt under way counts as refused.</summary>
        public long NextDeadline
        {
            get { return _isUnderWay ? _begunAt + RefusedAfter : Deadline.Never; }
        }

        /// <summary>When nobody has tried to join for as long as a client tries.</summary>
        public long QuietAt
        {
            get { return _lastAt + JoinTime; }
        }

        /// <summary>Somebody talks to the stack.</summary>
        /// <param name="address">Who.</param>
        /// <param name="isTerminal">Whether it is the session's terminal, which renews it.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Hear(byte[] address, bool isTerminal, long now)
        {
            _lastAt = now;
            if (isTerminal || (_isUnderWay && IsSame(address)))
            {
                return;
            }

            Array.Copy(address, 0, _address, 0, SkParser.AddressLength);
            _isUnderWay = true;
            _begunAt = now;
        }

        /// <summary>Somebody has joined, or renewed a session.</summary>
        public void Succeed(byte[] address, long now)
        {
            _lastAt = now;
            _isUnderWay &= !IsSame(address);
        }

        /// <summary>Somebody was refused.</summary>
        public void Fail(long now)
        {
            _lastAt = now;
            _isUnderWay = false;
        }

        /// <summary>Whether an attempt has led to nothing; tells it once.</summary>
        public bool HasComeToNothing(long now)
        {
            bool isOver = _isUnderWay && now >= _begunAt + RefusedAfter;
            _isUnderWay &= !isOver;
            return isOver;
        }

        /// <summary>The module starts anew.</summary>
        public void Forget()
        {
            _isUnderWay = false;
        }

        private bool IsSame(byte[] address)
        {
            return Octets.AreEqual(_address, 0, address, 0, SkParser.AddressLength);
        }
    }
}
