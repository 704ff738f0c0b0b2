using NanoComm.Hal;

namespace NanoComm.Orders
{
    /// <summary>What the unit tells the utility of its customer side, which orders know nothing of.</summary>
    public interface IRouteBReport
    {
        /// <summary>Bytes of it.</summary>
        int Length { get; }

        /// <summary>Writes it (docs/orders.md, "The answer": body of a report, from the B route to the digest).</summary>
        /// <param name="body">Takes <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        /// <param name="proof">HMAC-SHA256 under the unit's proof key, for the digest of the security log.</param>
        void Write(byte[] body, int offset, IMac proof);
    }
}
