using System;
using System.IO;
using System.IO.Ports;
using System.Linq;
using System.Runtime.InteropServices;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;

namespace NanoComm.Tool
{
    /// <summary>Looks at what was given for a serial port before anything is asked of it; opening it would restart many boards.</summary>
    internal static class SerialPortCheck
    {
        private const int ReadAndWrite = 6;

        /// <summary>Looks.</summary>
        /// <param name="port">COM3, /dev/ttyUSB0 …</param>
        /// <exception cref="UserError">It is not there, is none, or may not be used; the message says what to do.</exception>
        public static void Check(string port)
        {
            if (OperatingSystem.IsWindows())
            {
                if (!SerialPort.GetPortNames().Contains(port, StringComparer.OrdinalIgnoreCase))
                {
                    throw new UserError(Words.Of($"--port: there is no port {port}; {Ports()}"));
                }

                return;
            }

            if (Directory.Exists(port))
            {
                throw new UserError(Words.Of($"--port: {port} is a folder, not a serial port; {Ports()}"));
            }

            if (!File.Exists(port))
            {
                throw new UserError(Words.Of($"--port: there is no {port}; {Ports()}"));
            }

            if (!SerialPortTrouble.IsDevice(port))
            {
                throw new UserError(Words.Of($"--port: {port} is a file, not a serial port; {Ports()}"));
            }

            if (Access(port, ReadAndWrite) != 0)
            {
                throw new UserError(Words.Of($"--port: this user may not use {port}: be in the group that owns it, as a rule by sudo usermod -aG dialout $USER, and log in "
                    + $"anew"));
            }
        }

        private static string Ports()
        {
            string[] ports = SerialPort.GetPortNames();
            return ports.Length == 0 ? Words.Of("this computer shows no serial port at all: plug the board in, with a cable that carries data")
                : Words.Of($"this computer has {string.Join(", ", ports.Order(StringComparer.Ordinal))}");
        }

        [DllImport("libc", EntryPoint = "access", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
    }
}
