namespace NanoComm.Keys
{
    /// <summary>What an answer has changed.</summary>
    /// <param name="Before">The order as it was before: replaced or dead, it is worth a word.</param>
    /// <param name="Now">As it is now.</param>
    /// <param name="IsAnother">Whether the unit had taken the order before and answered otherwise: it has forgotten that, and
    /// the first answer stays.</param>
    public sealed record TakenAnswer(OrderEntry Before, OrderEntry Now, bool IsAnother);
}
