using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;

namespace NanoComm.Tool
{
    /// <summary>The files that a user names, one by one or by their folders.</summary>
    internal sealed class ProofFiles
    {
        private const int MostBytes = 1024;

        // A link to a folder above would never come to an end.
        private static readonly EnumerationOptions Deep = new()
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
        };

        private readonly string[] _named;
        private readonly string _extension;

        /// <summary>Takes what was named.</summary>
        /// <param name="named">Files and folders.</param>
        /// <param name="extension">How the names of files in folders end.</param>
        public ProofFiles(string[] named, string extension)
        {
            _named = named;
            _extension = extension;
        }

        /// <summary>Whether there is a folder among them.</summary>
        public bool HasFolder => _named.Any(Directory.Exists);

        /// <summary>All files, those of folders in the order in which the file system has them.</summary>
        /// <exception cref="UserError">A folder has none.</exception>
        public IEnumerable<string> All()
        {
            foreach (string named in _named)
            {
                bool isFolder = Directory.Exists(named);
                bool isEmpty = isFolder;
                foreach (string file in isFolder ? Directory.EnumerateFiles(named, "*" + _extension, Deep) : [named])
                {
                    isEmpty = false;
                    yield return file;
                }

                if (isEmpty)
                {
                    throw new UserError($"there is no file *{_extension} in the folder {named}: files with other names are to be named");
                }
            }
        }

        /// <summary>Reads one: bytes, or their hexadecimal digits.</summary>
        /// <exception cref="IOException">It cannot be read.</exception>
        public static byte[] Read(string file)
        {
            var bytes = new byte[MostBytes];
            int length = RegularFile.Read(file, bytes);
            if (length < 0)
            {
                throw new IOException("there is no such file");
            }

            byte[] content = bytes[..length];
            try
            {
                return Convert.FromHexString(Encoding.ASCII.GetString(content).Trim());
            }
            catch (FormatException)
            {
                return content;
            }
        }
    }
}
