using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>An attribute: who may use it and how.</summary>
    /// <param name="Id">1 and up.</param>
    /// <param name="Rights">Who may.</param>
    /// <param name="Read">Writes the value, tag included; null when it cannot be read.</param>
    /// <param name="Write">Takes a value, tag included; null when it cannot be written.</param>
    /// <param name="Selectors">The selectors that reading understands.</param>
    public sealed record CosemAttribute(
        int Id,
        AccessRights Rights,
        Func<AxdrWriter, SelectiveAccess, DataAccessResult> Read,
        Func<byte[], DataAccessResult> Write,
        byte[] Selectors)
    {
        /// <summary>Whether an association may read it.</summary>
        public bool IsReadable(SapKind by)
        {
            AccessRights needed = by switch
            {
                SapKind.Utility => AccessRights.UtilityRead,
                SapKind.Pairing => AccessRights.PairingRead,
                SapKind.Pending => AccessRights.PendingRead,
                SapKind.Public => AccessRights.PublicRead,
                _ => AccessRights.None,
            };
            return Read != null && (Rights & needed) != 0;
        }

        /// <summary>Whether an association may write it.</summary>
        public bool IsWritable(SapKind by)
        {
            return Write != null && by == SapKind.Utility && (Rights & AccessRights.UtilityWrite) != 0;
        }
    }
}
