using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>Who may do what with an attribute; static, whatever the state of the unit.</summary>
    [Flags]
    public enum AccessRights
    {
        /// <summary>Nobody.</summary>
        None = 0,

        /// <summary>Readable under the pairing keys.</summary>
        PairingRead = 1,

        /// <summary>Readable under the utility's keys.</summary>
        UtilityRead = 2,

        /// <summary>Writable under the utility's keys.</summary>
        UtilityWrite = 4,

        /// <summary>Readable without keys.</summary>
        PublicRead = 8,

        /// <summary>Readable under the keys of the pending pairing.</summary>
        PendingRead = 16,

        /// <summary>Metered data: both keyed associations.</summary>
        Metered = PairingRead | UtilityRead,

        /// <summary>What the utility sets and the communication unit sees.</summary>
        Managed = Metered | UtilityWrite,

        /// <summary>How the pairing stands: everybody who can read at all.</summary>
        Everybody = Metered | PendingRead | PublicRead,
    }
}
