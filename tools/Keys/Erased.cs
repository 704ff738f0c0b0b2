using System;

namespace NanoComm.Keys
{
    /// <summary>What a unit erased.</summary>
    [Flags]
    public enum Erased
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>The active pairing.</summary>
        Pairing = 1,

        /// <summary>Tickets.</summary>
        Tickets = 2,

        /// <summary>Route-B credentials.</summary>
        RouteB = 4,

        /// <summary>Logs and readings kept.</summary>
        Logs = 8,

        /// <summary>The factory keys: no ticket can be made for the unit any more.</summary>
        FactoryKeys = 16,

        /// <summary>Settings of the customer: location, Wi-Fi.</summary>
        Settings = 32,
    }
}
