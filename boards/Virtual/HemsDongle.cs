using System;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Simulators;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Virtual
{
    /// <summary>The Wi-SUN module at the HEMS end of the simulated air, as a serial port that other programs open. The
    /// name is a link, and is gone at the end. It goes by way of this process, so that one of a board that was killed leads
    /// nowhere, whoever has the terminal's number by then.</summary>
    internal sealed class HemsDongle : IDisposable
    {
        private readonly PseudoTerminal _terminal;
        private readonly string _path;

        /// <summary>Offers the module under a path.</summary>
        /// <exception cref="UserError">It cannot be done here, or not under this path.</exception>
        public HemsDongle(string path, SimulatedModule module)
        {
            _path = path;
            try
            {
                _terminal = new PseudoTerminal();
                Link(path, _terminal.LinkName);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                _terminal?.Dispose();
                throw new UserError("--hems-dongle: " + failure.Message);
            }

            module.Attach(_terminal);
            _terminal.Start();
        }

        public void Dispose()
        {
            if (new FileInfo(_path).LinkTarget == _terminal.LinkName)
            {
                File.Delete(_path);
            }

            _terminal.Dispose();
        }

        private static void Link(string path, string device)
        {
            var present = new FileInfo(path);
            if (present.LinkTarget is not null && !present.ResolveLinkTarget(true).Exists)
            {
                // To nowhere: what a board that was killed left behind.
                present.Delete();
            }
            else if (Path.Exists(path))
            {
                throw new IOException($"{path} is there already; remove it if no other board uses it, or name another path");
            }

            File.CreateSymbolicLink(path, device);
        }
    }
}
