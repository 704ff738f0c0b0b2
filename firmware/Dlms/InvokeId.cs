namespace NanoComm.Dlms
{
    /// <summary>Invoke-id-and-priority (IEC 62056-5-3): number of the request, confirmed, high priority.</summary>
    public static class InvokeId
    {
        /// <summary>Bits of the number.</summary>
        public const int Mask = 0x0F;

        private const int ConfirmedHighPriority = 0xC0;

        /// <summary>Makes the byte.</summary>
        /// <param name="number">0…15.</param>
        public static int Write(int number)
        {
            return ConfirmedHighPriority | (number & Mask);
        }

        /// <summary>Whether a response is to a request. A server may answer with another priority.</summary>
        /// <param name="value">The byte of the response.</param>
        /// <param name="number">The number of the request.</param>
        public static bool Matches(int value, int number)
        {
            return (value & Mask) == (number & Mask);
        }
    }
}
