using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Flash;

namespace NanoComm.Tool
{
    /// <summary>A copy of a board's flash: where it comes from, and the files of the unit in it.</summary>
    internal static class BoardFlash
    {
        // The largest flash of a supported chip, and what nanoff keeps beside it.
        private const long RoomForBackup = 48L << 20;
        private const long LongestBackup = 32L << 20;
        private const string BackupFile = "flash.bin";
        private const string Folder = "records/";

        /// <summary>Reads the flash of a board, which restarts it. The copy holds the unit's keys: it is in a folder of this user
        /// alone while it is made, and in this program's memory afterwards.</summary>
        /// <param name="nanoff">The tool that reads it.</param>
        /// <param name="port">The serial port.</param>
        /// <param name="tell">Told what nanoff says; null for nobody.</param>
        /// <returns>All bytes of the flash; to be cleared after use.</returns>
        /// <exception cref="UserError">It could not be read; the message says why, and what to do.</exception>
        public static byte[] Read(NanoffTool nanoff, string port, Action<string> tell)
        {
            if (!nanoff.Dialect.Can(NanoffCommand.Backup))
            {
                throw new UserError(Words.Of($"nanoff {nanoff.Version} copies a flash only before it writes firmware: take version {NanoffDialect.Pinned.Name} (dotnet tool "
                    + $"restore in the repository), or read the flash by another tool, and give the copy by --from"));
            }

            using var folder = new PrivateFolder(RoomForBackup);
            NanoffRun run = nanoff.Run(nanoff.Dialect.Arguments(NanoffCommand.Backup, (NanoffDialect.Port, port),
                (NanoffDialect.Path, folder.Path), (NanoffDialect.File, BackupFile)), folder, tell);
            string copy = Path.Combine(folder.Path, BackupFile);
            return run.ErrorCode is null && File.Exists(copy) ? File.ReadAllBytes(copy)
                : throw new UserError(Words.Of($"the flash was not read: {run.Explain(port)}"));
        }

        /// <summary>Reads a copy that was made before.</summary>
        /// <exception cref="UserError">It cannot be read.</exception>
        public static byte[] Load(string path)
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
                return file.Length <= LongestBackup ? ReadAll(file)
                    : throw new UserError($"--from: {path} is longer than any flash: {file.Length:N0} bytes");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--from: {path}: {failure.Message}");
            }
        }

        /// <summary>Finds the records of the unit.</summary>
        /// <param name="flash">All of the flash, or the partition of the records alone. It is not to be cleared before the records are done
        /// with.</param>
        /// <exception cref="UserError">There is no volume; the message says why.</exception>
        public static BoardRecords Records(byte[] flash)
        {
            try
            {
                LittleFsVolume volume = LittleFsVolume.Read(Volume(flash));
                Dictionary<string, LittleFsFile> files = volume.Files.Where(file => file.Path.StartsWith(Folder, StringComparison.Ordinal))
                    .GroupBy(file => file.Path[Folder.Length..], StringComparer.Ordinal)
                    .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
                return new BoardRecords(files, volume.Faults);
            }
            catch (InvalidDataException failure)
            {
                throw new UserError(Words.Of($"the copy of the flash: {Words.OfOther(failure.Message)}"));
            }
        }

        private static byte[] ReadAll(FileStream file)
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }

        // A copy may be of the partition alone.
        private static ReadOnlyMemory<byte> Volume(byte[] flash)
        {
            const int MagicAt = 8;
            ReadOnlySpan<byte> magic = "littlefs"u8;
            if (flash.Length > MagicAt + magic.Length && flash.AsSpan(MagicAt, magic.Length).SequenceEqual(magic))
            {
                return flash;
            }

            Partition partition = PartitionTable.Read(flash).FirstOrDefault(row => row.IsLittleFs)
                ?? throw new InvalidDataException(Words.Of("the partition table has no partition with littlefs: this is not a firmware image of nanoFramework"));
            return flash.AsMemory((int)partition.Offset, (int)partition.Length);
        }
    }
}
