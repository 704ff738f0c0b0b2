namespace NanoComm.Supervision
{
    /// <summary>Knows what the unit's light is to tell.</summary>
    public interface ILightSource
    {
        /// <summary>The pattern for the unit's state right now. Safe to call from any loop.</summary>
        LightPattern Pattern { get; }
    }
}
