using System;

namespace NanoComm.Flash
{
    /// <summary>A file or directory as a metadata pair has it.</summary>
    internal sealed class MetadataEntry
    {
        /// <summary>Its type and name, or nothing yet.</summary>
        public int Type { get; set; }

        public ReadOnlyMemory<byte> Name { get; set; }

        /// <summary>How its content is kept, and the words of that.</summary>
        public int Struct { get; set; }

        public ReadOnlyMemory<byte> Content { get; set; }
    }
}
