using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;

namespace NanoComm.Tool
{
    /// <summary>Reads a meter's history from a JSON array, object by object.</summary>
    internal static partial class JsonRows
    {
        /// <summary>Reads it object by object.</summary>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="InvalidDataException">It is no such file; told at the object.</exception>
        public static IEnumerable<MeterRow> Read(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            using IEnumerator<JsonElement> objects = JsonSerializer
                .DeserializeAsyncEnumerable(file, Elements.Default.JsonElement, CancellationToken.None)
                .ToBlockingEnumerable().GetEnumerator();
            for (int number = 1; TryNext(objects); number++)
            {
                yield return ToRow(objects.Current, $"object {number}");
            }
        }

        private static bool TryNext(IEnumerator<JsonElement> objects)
        {
            try
            {
                return objects.MoveNext();
            }
            catch (JsonException error)
            {
                throw new InvalidDataException(error.Message, error);
            }
        }

        private static MeterRow ToRow(JsonElement one, string place)
        {
            if (one.ValueKind != JsonValueKind.Object || MeterRowFields.Names.Any(name => !one.TryGetProperty(name, out _)))
            {
                throw new InvalidDataException($"{place} has not each of {string.Join(", ", MeterRowFields.Names)}");
            }

            return new RawRow
            {
                Meter = Text(one, MeterRowFields.Meter),
                Time = Text(one, MeterRowFields.Time),
                Interval = Text(one, MeterRowFields.Interval),
                Quantity = Text(one, MeterRowFields.Quantity),
                Direction = Text(one, MeterRowFields.Direction),
                Value = Text(one, MeterRowFields.Value),
                Register = Text(one, MeterRowFields.Register),
            }.ToRow(place);
        }

        private static string Text(JsonElement one, string name)
        {
            JsonElement value = one.GetProperty(name);
            return value.ValueKind == JsonValueKind.Null ? null : value.ToString();
        }

        [JsonSerializable(typeof(JsonElement))]
        private sealed partial class Elements : JsonSerializerContext;
    }
}
