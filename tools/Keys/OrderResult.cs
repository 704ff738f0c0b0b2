namespace NanoComm.Keys
{
    /// <summary>What a unit answers to an order (docs/orders.md).</summary>
    public enum OrderResult
    {
        /// <summary>It is in effect.</summary>
        Done = 0,

        /// <summary>Its number is not above that of the last order, or not above the epoch of the pairing.</summary>
        Overtaken = 1,

        /// <summary>Its end was over.</summary>
        Expired = 2,

        /// <summary>The unit does not know that kind.</summary>
        UnknownKind = 3,

        /// <summary>What it says makes no sense.</summary>
        Malformed = 4,

        /// <summary>The network is not protected well enough.</summary>
        SecurityNotAllowed = 5,

        /// <summary>The board has no such path, radio or role.</summary>
        NoSuchPath = 6,

        /// <summary>The lists of terminals are full.</summary>
        NoPlace = 7,

        /// <summary>The unit's store did not take it.</summary>
        StoreFailed = 8,

        /// <summary>The unit is not paired, or with another metering unit.</summary>
        OtherMeter = 9,
    }
}
