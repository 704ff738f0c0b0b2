namespace NanoComm.Simulators.WiSun
{
    /// <summary>What one module sends: one datagram or less, whatever number of radio frames that takes.</summary>
    public sealed class AirFrame
    {
        // 802.15.4g at 100 kbps: 80 µs a byte. Beside its share of the packet each radio frame carries preamble, SFD,
        // PHR, MAC header with IEs, security header, MIC and FCS; 6LoWPAN leaves some 15 bytes of IPv6 and UDP. The
        // sizes are chosen so that a full datagram of 1,232 bytes takes 124 ms.
        private const int HeadersLength = 15;
        private const int FragmentLength = 215;
        private const int FragmentOverhead = 50;
        private const int MicrosecondsPerByte = 80;

        /// <summary>What it is.</summary>
        public AirFrameKind Kind { get; init; }

        /// <summary>Logical channel, 21…3C.</summary>
        public byte Channel { get; init; }

        /// <summary>PAN it is meant for; FFFF for any.</summary>
        public ushort Pan { get; init; }

        /// <summary>Whose it is.</summary>
        public ulong From { get; init; }

        /// <summary>For whom: a MAC address, or null for everybody.</summary>
        public ulong? To { get; init; }

        /// <summary>IPv6 destination; of a solicitation, the address that is looked for.</summary>
        public Ip6 Destination { get; init; }

        /// <summary>UDP source port.</summary>
        public ushort SourcePort { get; init; }

        /// <summary>UDP destination port.</summary>
        public ushort DestinationPort { get; init; }

        /// <summary>UDP payload.</summary>
        public byte[] Payload { get; init; } = [];

        /// <summary>What it is encrypted with, or null when it is not.</summary>
        public byte[] Key { get; init; }

        /// <summary>Pairing id in a beacon request or a beacon, or null for none.</summary>
        public string PairingId { get; init; }

        /// <summary>Milliseconds that sending it once takes.</summary>
        public int AirTime
        {
            get
            {
                int length = Payload.Length + HeadersLength;
                int fragments = (length + FragmentLength - 1) / FragmentLength;
                return (((length + (fragments * FragmentOverhead)) * MicrosecondsPerByte) + 999) / 1000;
            }
        }
    }
}
