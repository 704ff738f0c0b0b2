using System;

namespace NanoComm.MeterConformance
{
    /// <summary>The way to a meter, as datagrams and a clock. Used by one thread.</summary>
    public abstract class MeterPath : IDisposable
    {
        /// <summary>Port of ECHONET Lite here; 3610 unless the user gave another.</summary>
        public abstract int Port { get; }

        /// <summary>What the way is called, for people.</summary>
        public abstract string Name { get; }

        /// <summary>The clock, ms, never decreasing.</summary>
        public abstract long Now { get; }

        /// <summary>The shortest time between two requests, ms.</summary>
        public abstract int Pace { get; }

        /// <summary>The shortest time in which silence is silence, ms.</summary>
        public abstract int ShortestSilence { get; }

        /// <summary>Whether the meter's link came up when this path was opened, so that it has to announce itself.</summary>
        public abstract bool IsLinkUp { get; }

        /// <summary>Whether there is a multicast group.</summary>
        public abstract bool HasGroup { get; }

        /// <summary>Whether there is such an end.</summary>
        public abstract bool Has(PathEnd end);

        /// <summary>Sends to the meter.</summary>
        /// <param name="frame">The payload.</param>
        /// <param name="end">Where it leaves.</param>
        /// <param name="toGroup">To the group in place of the meter's address.</param>
        public abstract void Send(byte[] frame, PathEnd end, bool toGroup);

        /// <summary>Waits for a datagram of the meter's.</summary>
        /// <param name="until">How long at most, ms on the clock.</param>
        /// <returns>Null when there was none.</returns>
        public abstract HeardFrame Receive(long until);

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Lets go of what it holds.</summary>
        protected virtual void Dispose(bool disposing)
        {
        }
    }
}
