using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>Something that the meter announced.</summary>
    /// <param name="Message">What.</param>
    /// <param name="Time">When, ms on the path's clock.</param>
    /// <param name="IsToGroup">Whether to the multicast group.</param>
    public sealed record HeardNotification(EchonetMessage Message, long Time, bool IsToGroup);
}
