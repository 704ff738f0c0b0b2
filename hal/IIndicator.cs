namespace NanoComm.Hal
{
    /// <summary>The unit's one indicator light.</summary>
    public interface IIndicator
    {
        /// <summary>Switches the light.</summary>
        /// <param name="lit">True for light.</param>
        void Set(bool lit);
    }
}
