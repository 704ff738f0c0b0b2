using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;

namespace NanoComm.Tool
{
    /// <summary>
    /// A folder for what nobody else may see, records and copies of a flash: for its owner alone, in memory where the system has
    /// a place for that, and gone afterwards, after Ctrl-C too. What a program that was killed left behind is cleared away by
    /// the next one.
    /// </summary>
    internal sealed class PrivateFolder : IDisposable
    {
        private const string Memory = "/dev/shm";
        private const string Prefix = "nanocomm-private-";

        private static readonly PosixSignal[] Ends = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

        private readonly PosixSignalRegistration[] _signals;
        private Process _user;

        /// <summary>Makes it.</summary>
        /// <param name="room">Bytes that there must be room for.</param>
        /// <exception cref="UserError">It cannot be made.</exception>
        public PrivateFolder(long room)
        {
            string place = PlaceFor(room);
            Sweep(place);
            Path = System.IO.Path.Combine(place, string.Create(CultureInfo.InvariantCulture,
                $"{Prefix}{Environment.ProcessId}-{System.IO.Path.GetRandomFileName()}"));
            try
            {
                OwnerOnly.MakeFolder(Path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError(Words.Of($"no folder can be made in {place}: {Words.OfOther(failure.Message)}; TMPDIR names another place"));
            }

            _signals = [.. Ends.Select(signal => PosixSignalRegistration.Create(signal, _ => End()))];
        }

        /// <summary>The folder.</summary>
        public string Path { get; }

        /// <summary>Names the program that uses it: it is ended before the folder goes when this one is interrupted.</summary>
        public void UsedBy(Process user)
        {
            _user = user;
        }

        /// <summary>Makes a file in it.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="content">What is in it.</param>
        /// <returns>Its path.</returns>
        /// <exception cref="UserError">It cannot be written.</exception>
        public string Put(string name, ReadOnlySpan<byte> content)
        {
            string path = System.IO.Path.Combine(Path, name);
            try
            {
                using FileStream file = OwnerOnly.Create(path);
                file.Write(content);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError(Words.Of($"{path} cannot be written: {Words.OfOther(failure.Message)}"));
            }

            return path;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (PosixSignalRegistration signal in _signals)
            {
                signal.Dispose();
            }

            Remove(Path);
        }

        private static string PlaceFor(long room)
        {
            try
            {
                if (OperatingSystem.IsLinux() && Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > room)
                {
                    return Memory;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Then on disk.
            }

            return System.IO.Path.GetTempPath();
        }

        private static void Sweep(string place)
        {
            foreach (string folder in Directory.EnumerateDirectories(place, Prefix + "*"))
            {
                string owner = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
                if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && !IsRunning(id))
                {
                    Remove(folder);
                }
            }
        }

        private static bool IsRunning(int id)
        {
            try
            {
                using Process process = Process.GetProcessById(id);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        private static void Remove(string folder)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // It is gone.
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                HostProgram.Warn(Words.Of($"{folder} holds what nobody else should see, and cannot be removed: {Words.OfOther(failure.Message)}"));
            }
        }

        // The program ends by the signal afterwards.
        private void End()
        {
            try
            {
                _user?.Kill(entireProcessTree: true);
                _user?.WaitForExit();
            }
            catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It has ended by itself.
            }

            Remove(Path);
        }
    }
}
