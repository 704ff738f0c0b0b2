namespace NanoComm.Tool
{
    /// <summary>Shows a controller's work to someone.</summary>
    internal interface IHemsView
    {
        /// <summary>Something happened. Called on the controller's thread.</summary>
        /// <param name="kind">One word.</param>
        /// <param name="text">For people.</param>
        /// <param name="data">The same for programs, or null.</param>
        void Tell(string kind, string text, object data);
    }
}
