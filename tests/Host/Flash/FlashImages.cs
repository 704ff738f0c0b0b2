using System.IO;
using System.IO.Compression;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Flash
{
    /// <summary>The compressed images of the tests.</summary>
    internal static class FlashImages
    {
        /// <summary>A file beside the tests.</summary>
        public static string PathOf(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Flash", "Images", file);

        /// <summary>Unpacks an image.</summary>
        public static byte[] Load(string image)
        {
            using FileStream file = File.OpenRead(PathOf(image + ".img.gz"));
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            unpacked.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
