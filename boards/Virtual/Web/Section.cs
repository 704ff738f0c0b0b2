using System;
using System.Buffers;
using System.Text.Json;

namespace NanoComm.Virtual.Web
{
    /// <summary>A part of the picture that is told as a whole when it has changed.</summary>
    /// <param name="name">The event's name in the stream.</param>
    /// <param name="write">Writes it as a JSON object.</param>
    internal sealed class Section(string name, Action<Utf8JsonWriter> write)
    {
        private readonly ArrayBufferWriter<byte> _buffer = new();

        /// <summary>The message that it was told by last; null before.</summary>
        public byte[] Last { get; private set; }

        /// <summary>Forgets it: the next look finds it changed.</summary>
        public void Forget()
        {
            Last = null;
        }

        /// <summary>Whether it is another one than at the last look.</summary>
        public bool HasChanged()
        {
            _buffer.ResetWrittenCount();
            Message.Write(_buffer, name, write);
            bool hasChanged = !_buffer.WrittenSpan.SequenceEqual(Last);
            Last = hasChanged ? _buffer.WrittenSpan.ToArray() : Last;
            return hasChanged;
        }
    }
}
