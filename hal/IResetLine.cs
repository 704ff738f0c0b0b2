namespace NanoComm.Hal
{
    /// <summary>The reset input of a part beside the processor. Belongs to one loop.</summary>
    public interface IResetLine
    {
        /// <summary>Holds the part in reset, or lets it run. How long it must be held is its driver's knowledge.</summary>
        /// <param name="held">True to hold it.</param>
        void Set(bool held);
    }
}
