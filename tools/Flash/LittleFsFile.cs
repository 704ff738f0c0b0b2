using System;

namespace NanoComm.Flash
{
    /// <summary>A file of a littlefs volume.</summary>
    /// <param name="Path">Folders and name, with '/' between them and none before.</param>
    /// <param name="Bytes">What is in it; empty where it could not be read.</param>
    /// <param name="Fault">Why it could not be read; null when it could.</param>
    public sealed record LittleFsFile(string Path, ReadOnlyMemory<byte> Bytes, string Fault);
}
