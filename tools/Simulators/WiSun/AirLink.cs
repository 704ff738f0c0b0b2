using System;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>What lies between two modules; the same in both directions.</summary>
    public sealed class AirLink
    {
        private const double DbmPerLqi = 0.275;
        private const double DbmAtZero = -104.27;

        /// <summary>Link quality as the receiver prints it, 1…FF; 0 is out of range.</summary>
        public byte Lqi { get; set; } = 0x80;

        /// <summary>The same as received power in dBm: 0.275 · LQI − 104.27.</summary>
        public double Dbm
        {
            get => (DbmPerLqi * Lqi) + DbmAtZero;
            set => Lqi = (byte)Math.Clamp(Math.Round((value - DbmAtZero) / DbmPerLqi), 0, byte.MaxValue);
        }

        /// <summary>Probability that a radio frame is lost. Unicast is sent again three times, and the sender knows
        /// when that did not help.</summary>
        public double FrameLoss { get; set; }

        /// <summary>Probability that a datagram is lost although its frames arrived: nobody knows.</summary>
        public double DatagramLoss { get; set; }

        /// <summary>How long a datagram is under way beside its time in the air.</summary>
        public int DelayMilliseconds { get; set; }

        /// <summary>Takes decibels away: a closed door, a meter box.</summary>
        public void Attenuate(double decibels)
        {
            Dbm -= decibels;
        }
    }
}
