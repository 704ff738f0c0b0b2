using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>The topics of one meter.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="meter">What the meter calls itself.</param>
    internal sealed class MqttTopics(MqttSettings settings, string meter)
    {
        /// <summary>The meter's name, in letters, digits, '-' and '_' alone, as Home Assistant wants it.</summary>
        public string Id { get; } = string.Concat(meter.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));

        /// <summary>Where the last reading is.</summary>
        public string State => $"{settings.Topic}/{Id}/state";

        /// <summary>Whether there are readings.</summary>
        public string Availability => $"{settings.Topic}/{Id}/availability";

        /// <summary>Where a sensor is announced.</summary>
        public string Config(MeterSensor sensor) => $"{settings.Discovery}/sensor/nanocomm_{Id}/{sensor.Key}/config";
    }
}
