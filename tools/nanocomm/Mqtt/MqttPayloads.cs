using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>What is published of a meter, as JSON.</summary>
    internal static class MqttPayloads
    {
        private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        /// <summary>A reading: each sensor by its key, null for "no data".</summary>
        /// <param name="reading">The reading.</param>
        /// <param name="sensors">The meter's sensors.</param>
        /// <param name="at">When it was read, by this computer's clock.</param>
        public static byte[] State(HemsReading reading, IEnumerable<MeterSensor> sensors, DateTimeOffset at)
        {
            return Write(json =>
            {
                json.WriteString("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                foreach (MeterSensor sensor in sensors)
                {
                    if (sensor.Value(reading) is decimal value)
                    {
                        json.WriteNumber(sensor.Key, value);
                    }
                    else
                    {
                        json.WriteNull(sensor.Key);
                    }
                }
            });
        }

        /// <summary>Announces a sensor to Home Assistant (MQTT discovery).</summary>
        /// <param name="sensor">The sensor.</param>
        /// <param name="meter">The meter.</param>
        /// <param name="number">What it calls itself.</param>
        /// <param name="name">What the user calls it; null for its number.</param>
        /// <param name="topics">Its topics.</param>
        public static byte[] Config(MeterSensor sensor, HemsMeter meter, string number, string name, MqttTopics topics)
        {
            return Write(json =>
            {
                json.WriteString("name", sensor.Name);
                json.WriteString("unique_id", $"nanocomm_{topics.Id}_{sensor.Key}");
                json.WriteString("state_topic", topics.State);
                json.WriteString("value_template", $"{{{{ value_json.{sensor.Key} }}}}");
                json.WriteString("unit_of_measurement", sensor.Unit);
                if (sensor.DeviceClass != null)
                {
                    json.WriteString("device_class", sensor.DeviceClass);
                }

                json.WriteString("state_class", sensor.IsTotal ? "total_increasing" : "measurement");
                json.WriteNumber("suggested_display_precision", sensor.Decimals);
                json.WriteString("availability_topic", topics.Availability);
                json.WriteString("payload_available", MqttPicture.Online);
                json.WriteString("payload_not_available", MqttPicture.Offline);
                WriteDevice(json, meter, number, name, topics);
                json.WriteStartObject("origin");
                json.WriteString("name", "nanocomm");
                json.WriteEndObject();
            });
        }

        private static void WriteDevice(Utf8JsonWriter json, HemsMeter meter, string number, string name, MqttTopics topics)
        {
            json.WriteStartObject("device");
            json.WriteStartArray("identifiers");
            json.WriteStringValue($"nanocomm_{topics.Id}");
            json.WriteEndArray();
            json.WriteString("name", name ?? $"Smart meter {number}");
            json.WriteString("model", (meter is HemsHighVoltageMeter ? "High-voltage" : "Low-voltage") + " smart meter");
            json.WriteString("model_id", $"ECHONET Lite 0x{meter.Eoj >> 8:X4}");
            json.WriteString("serial_number", number);
            json.WriteEndObject();
        }

        private static byte[] Write(Action<Utf8JsonWriter> write)
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(bytes, Format))
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            return bytes.WrittenSpan.ToArray();
        }
    }
}
