using System;
using System.Text.Json.Serialization;

namespace NanoComm.Virtual.Events
{
    /// <summary>One line of <c>--log json</c>.</summary>
    /// <param name="Event">What happened; which other properties there are follows from it.</param>
    internal abstract record JsonEvent([property: JsonPropertyOrder(-1)] string Event)
    {
        /// <summary>When, by the PC's clock.</summary>
        [JsonPropertyOrder(-2)]
        public required DateTime At { get; init; }
    }
}
