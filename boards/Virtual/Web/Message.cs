using System;
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace NanoComm.Virtual.Web
{
    /// <summary>A server-sent event with one JSON object.</summary>
    internal static class Message
    {
        /// <summary>Writes one.</summary>
        /// <param name="to">Takes it.</param>
        /// <param name="name">The event's name.</param>
        /// <param name="write">Writes what is in the object.</param>
        public static void Write(IBufferWriter<byte> to, string name, Action<Utf8JsonWriter> write)
        {
            to.Write("event: "u8);
            Encoding.ASCII.GetBytes(name, to);
            to.Write("\ndata: "u8);
            using (var json = new Utf8JsonWriter(to))
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            to.Write("\n\n"u8);
        }

        /// <summary>Makes one.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="write">Writes what is in the object.</param>
        public static byte[] Make(string name, Action<Utf8JsonWriter> write)
        {
            var buffer = new ArrayBufferWriter<byte>();
            Write(buffer, name, write);
            return buffer.WrittenSpan.ToArray();
        }
    }
}
