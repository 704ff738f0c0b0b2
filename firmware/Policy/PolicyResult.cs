namespace NanoComm.Policy
{
    /// <summary>What became of a wish of the utility. The numbers are those of the answer to an order (docs/orders.md,
    /// "Results"), whose other numbers are the order's own.</summary>
    public enum PolicyResult
    {
        /// <summary>It is in effect, and durable.</summary>
        Done = 0,

        /// <summary>It is not of the form that it must have.</summary>
        Malformed = 4,

        /// <summary>Open networks, WEP and TKIP are not used (requirement R19).</summary>
        SecurityNotAllowed = 5,

        /// <summary>The board has no such path, radio or role.</summary>
        NoPath = 6,

        /// <summary>The list is full.</summary>
        NoPlace = 7,

        /// <summary>The store did not take it.</summary>
        StoreFailed = 8,
    }
}
