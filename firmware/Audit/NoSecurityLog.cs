namespace NanoComm.Audit
{
    /// <summary>Stands where the security log will be.</summary>
    internal sealed class NoSecurityLog : ISecurityLog
    {
        /// <inheritdoc/>
        public void Add(SecurityEvent e)
        {
        }
    }
}
