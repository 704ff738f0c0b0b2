using System.Collections.Generic;

namespace NanoComm.Tool
{
    /// <summary>What is to be seen at the broker; all of it is retained.</summary>
    /// <param name="Configs">The sensors' announcements, by topic.</param>
    /// <param name="State">The last reading.</param>
    /// <param name="IsAvailable">Whether the meter answers.</param>
    internal sealed record MqttPicture(IReadOnlyDictionary<string, byte[]> Configs, byte[] State, bool IsAvailable)
    {
        public const string Online = "online";
        public const string Offline = "offline";

        /// <summary><see cref="IsAvailable"/> as it is published.</summary>
        public string Availability => IsAvailable ? Online : Offline;
    }
}
