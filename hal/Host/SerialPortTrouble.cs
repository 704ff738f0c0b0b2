using System;
using System.IO;

namespace NanoComm.Hal.Host
{
    /// <summary>Why a serial port cannot be opened, as far as the file system tells.</summary>
    public static class SerialPortTrouble
    {
        private const string Devices = "/dev/";

        /// <summary>Says it.</summary>
        /// <param name="port">COM3, /dev/ttyUSB0 …</param>
        /// <returns>What is wrong and what to do, without a full stop; null when nothing is to be seen.</returns>
        public static string Describe(string port)
        {
            if (OperatingSystem.IsWindows())
            {
                return null;
            }

            return Directory.Exists(port) ? "it is a folder; name the port's device, such as /dev/ttyUSB0"
                : !File.Exists(port) ? "there is no such port; plug the adapter in ('ls /dev/serial/by-id' shows what is there)"
                : !IsDevice(port) ? "it is a file, not a serial port; name the port's device, such as /dev/ttyUSB0"
                : DescribeRights(port);
        }

        /// <summary>Whether a path leads to a device, by links or not.</summary>
        public static bool IsDevice(string port)
        {
            string path = Path.GetFullPath(port);
            return (File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).StartsWith(Devices, StringComparison.Ordinal);
        }

        private static string DescribeRights(string port)
        {
            try
            {
                new FileStream(port, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
                return null;
            }
            catch (UnauthorizedAccessException)
            {
                return "this user may not use it; 'sudo usermod -aG dialout $USER', then log in anew";
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
