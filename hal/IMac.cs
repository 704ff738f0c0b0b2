namespace NanoComm.Hal
{
    /// <summary>HMAC-SHA256 (FIPS 198-1, RFC 2104), with a fixed key. Belongs to one loop.</summary>
    public interface IMac
    {
        /// <summary>Bytes of a code: 32.</summary>
        int Length { get; }

        /// <summary>Makes the code of a range of bytes.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="length">How many, 0 and up.</param>
        /// <param name="mac">Takes the code from index 0, <see cref="Length"/> bytes or more long.</param>
        void Compute(byte[] buffer, int offset, int length, byte[] mac);

        /// <summary>Overwrites the key. Of no use afterwards.</summary>
        void Forget();
    }
}
