namespace NanoComm.Hal
{
    /// <summary>Random bytes: from the hardware or the operating system on a real unit, from the seed under the scheduler.
    /// What one loop draws changes nothing of what another gets.</summary>
    public interface IRandomSource
    {
        /// <summary>Fills a part of a buffer with random bytes.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte to fill.</param>
        /// <param name="count">How many bytes.</param>
        void Fill(byte[] buffer, int offset, int count);
    }
}
