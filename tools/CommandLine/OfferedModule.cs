using System;
using System.IO;
using NanoComm.Simulators;
using NanoComm.Simulators.WiSun;

namespace NanoComm.CommandLine
{
    /// <summary>A simulated Wi-SUN module, as a serial port that other programs open under a name of the user's. The name is a link, and is
    /// gone at the end. It goes by way of this process, so that one of a process that was killed leads nowhere, whoever has the terminal's
    /// number by then.</summary>
    public sealed class OfferedModule : IDisposable
    {
        private readonly PseudoTerminal _terminal;

        /// <summary>Offers a module under a path.</summary>
        /// <param name="option">The option that names the path, for the error.</param>
        /// <param name="path">The path; there is nothing yet, or a link that a process left behind when it was killed.</param>
        /// <param name="module">The module; it has no other line.</param>
        /// <exception cref="UserError">It cannot be done here, or not under this path.</exception>
        public OfferedModule(string option, string path, SimulatedModule module)
        {
            Path = path;
            try
            {
                _terminal = new PseudoTerminal();
                Link(path, _terminal.LinkName);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                _terminal?.Dispose();
                throw new UserError($"{option}: {failure.Message}");
            }

            module.Attach(_terminal);
            _terminal.Start();
        }

        /// <summary>Under what it is offered.</summary>
        public string Path { get; }

        /// <summary>Bytes of the module's that were lost because nobody read them.</summary>
        public long Overrun => _terminal.Overrun;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (new FileInfo(Path).LinkTarget == _terminal.LinkName)
            {
                File.Delete(Path);
            }

            _terminal.Dispose();
        }

        private static void Link(string path, string device)
        {
            var present = new FileInfo(path);
            if (IsLeftBehind(present))
            {
                present.Delete();
            }
            else if (System.IO.Path.Exists(path))
            {
                throw new IOException($"{path} is there already; remove it if no other program offers it, or name another path");
            }

            File.CreateSymbolicLink(path, device);
        }

        // To nowhere, or into this process, which has not made it yet: in a container each start may have the number of the one before.
        private static bool IsLeftBehind(FileInfo present)
        {
            return present.LinkTarget is string target
                && (target.StartsWith(PseudoTerminal.OwnLinks, StringComparison.Ordinal) || !present.ResolveLinkTarget(true).Exists);
        }
    }
}
