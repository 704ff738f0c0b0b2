using System;
using System.IO;

namespace NanoComm.Tool
{
    /// <summary>What to do about a serial port that cannot be opened, as far as the file system tells.</summary>
    internal static class SerialPortAdvice
    {
        /// <summary>One more sentence for the message, or nothing.</summary>
        /// <param name="port">The port.</param>
        public static string For(string port)
        {
            if (OperatingSystem.IsWindows())
            {
                return "";
            }

            if (!File.Exists(port))
            {
                return " There is no such device: plug the adapter in ('ls /dev/serial/by-id' shows what is there).";
            }

            try
            {
                using var stream = new FileStream(port, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                return "";
            }
            catch (UnauthorizedAccessException)
            {
                return " This user may not use it: 'sudo usermod -aG dialout $USER', then log in anew.";
            }
            catch (IOException)
            {
                return "";
            }
        }
    }
}
