using System;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;

namespace NanoComm.Fleet
{
    /// <summary>The folder of a fleet's records: one lock for all of them.</summary>
    internal static class FleetStore
    {
        /// <summary>Makes it where it is not there, and takes its lock.</summary>
        /// <exception cref="UserError">It cannot be had, or another fleet has it.</exception>
        public static FolderLock Take(string folder)
        {
            try
            {
                _ = new FolderFiles(folder);
                return FolderLock.TryTake(folder, "nanocomm fleet", out string holder)
                    ?? throw new UserError($"--store: {folder} is in use by {holder}: end that one first, or give another folder");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--store: {error.Message.TrimEnd('.')}");
            }
        }
    }
}
