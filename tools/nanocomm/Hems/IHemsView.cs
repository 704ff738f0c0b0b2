using System.Text.Json.Nodes;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>Shows a controller's work to someone.</summary>
    internal interface IHemsView
    {
        /// <summary>The kind of <see cref="TellReading"/>.</summary>
        const string Reading = "reading";

        /// <summary>Something happened. Called on the controller's thread.</summary>
        /// <param name="kind">One word.</param>
        /// <param name="text">For people.</param>
        /// <param name="data">The same for programs, or null; the view may add to it.</param>
        void Tell(string kind, string text, JsonObject data);

        /// <summary>The meter was read. Called on the controller's thread.</summary>
        /// <param name="text">For people.</param>
        /// <param name="reading">The same for programs.</param>
        void TellReading(string text, HemsReading reading);
    }
}
