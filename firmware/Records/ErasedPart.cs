using System;

namespace NanoComm.Records
{
    /// <summary>What an erasure record says was erased (docs/pairing.md, `zeroise`): bits of a u16.</summary>
    [Flags]
    public enum ErasedPart
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>The active pairing.</summary>
        Pairing = 0x01,

        /// <summary>Tickets.</summary>
        Tickets = 0x02,

        /// <summary>Route-B credentials, and the channel that was chosen for them.</summary>
        RouteB = 0x04,

        /// <summary>Logs and readings kept.</summary>
        Logs = 0x08,

        /// <summary>The factory keys.</summary>
        FactoryKeys = 0x10,

        /// <summary>Settings of the customer: location, Wi-Fi network, limits and lists.</summary>
        Settings = 0x20,
    }
}
