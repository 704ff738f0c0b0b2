namespace NanoComm.Records
{
    /// <summary>Who ordered an erasure.</summary>
    public sealed class ErasureOrder
    {
        /// <summary>Bytes of a system title.</summary>
        public const int TitleLength = 8;

        /// <summary>Bytes of a ticket id.</summary>
        public const int IdLength = 16;

        /// <summary>Bytes of a COSEM date-time.</summary>
        public const int TimeLength = 12;

        /// <summary>Makes an order that tells no more than its kind.</summary>
        /// <param name="kind">Its kind.</param>
        public ErasureOrder(ErasureOrderKind kind)
        {
            Kind = kind;
        }

        /// <summary>Where it comes from.</summary>
        public ErasureOrderKind Kind { get; }

        /// <summary>The ticket id, or null.</summary>
        public byte[] Id { get; set; }

        /// <summary>The order's epoch, or 0.</summary>
        public uint Epoch { get; set; }

        /// <summary>System title of the metering unit, or null.</summary>
        public byte[] MeterTitle { get; set; }

        /// <summary>COSEM date-time; null when no time is known.</summary>
        public byte[] Time { get; set; }
    }
}
