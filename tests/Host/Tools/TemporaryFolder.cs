using System;
using System.IO;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>A folder for one test.</summary>
    internal sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("nanocomm-").FullName;

        public void Dispose()
        {
            Directory.Delete(Path, true);
        }
    }
}
