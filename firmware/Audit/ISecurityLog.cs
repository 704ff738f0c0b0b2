namespace NanoComm.Audit
{
    /// <summary>Takes what matters to the security of the unit. Safe to call from any loop.</summary>
    public interface ISecurityLog
    {
        /// <summary>Notes an event.</summary>
        /// <param name="e">What happened.</param>
        void Add(SecurityEvent e);
    }
}
