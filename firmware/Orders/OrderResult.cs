using NanoComm.Policy;

namespace NanoComm.Orders
{
    /// <summary>What became of an order (docs/orders.md, "Results"). The numbers are those of the answer.</summary>
    internal enum OrderResult
    {
        /// <summary>Done.</summary>
        Done = (int)PolicyResult.Done,

        /// <summary>Its number is not above the last order's, or not above the pairing's epoch.</summary>
        Overtaken = 1,

        /// <summary>It came after its end.</summary>
        Expired = 2,

        /// <summary>The unit knows no such order.</summary>
        UnknownKind = 3,

        /// <summary>Its body is not of the form that it must have.</summary>
        Malformed = (int)PolicyResult.Malformed,

        /// <summary>Open networks, WEP and TKIP are not used.</summary>
        SecurityNotAllowed = (int)PolicyResult.SecurityNotAllowed,

        /// <summary>The board has no such path, radio or role.</summary>
        NoPath = (int)PolicyResult.NoPath,

        /// <summary>The lists are full.</summary>
        NoPlace = (int)PolicyResult.NoPlace,

        /// <summary>The store did not take what was ordered.</summary>
        StoreFailed = (int)PolicyResult.StoreFailed,

        /// <summary>It is not for the metering unit that this unit is paired with, or it is paired with none.</summary>
        WrongMeter = 9,
    }
}
