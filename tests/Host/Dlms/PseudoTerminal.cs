using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>The master side of a pseudo terminal of Linux, whose other side is a serial port for everybody
    /// else.</summary>
    internal sealed class PseudoTerminal : IDisposable
    {
        private const int ReadWrite = 2;
        private const int NoControllingTerminal = 0x100;

        private readonly FileStream _master;

        public PseudoTerminal()
        {
            int handle = posix_openpt(ReadWrite | NoControllingTerminal);
            var name = new byte[128];
            if (handle < 0 || grantpt(handle) != 0 || unlockpt(handle) != 0
                || ptsname_r(handle, name, name.Length) != 0)
            {
                throw new IOException("no pseudo terminal");
            }

            Name = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
            _master = new FileStream(new SafeFileHandle((nint)handle, true), FileAccess.ReadWrite, 0);
        }

        public string Name { get; }

        public void Start(Action<byte[]> received)
        {
            new Thread(() =>
            {
                var buffer = new byte[256];
                try
                {
                    int count;
                    while ((count = _master.Read(buffer, 0, buffer.Length)) > 0)
                    {
                        received(buffer[..count]);
                    }
                }
                catch (Exception failure) when (failure is IOException or ObjectDisposedException)
                {
                    // The other side is closed.
                }
            })
            { IsBackground = true }.Start();
        }

        public void Write(byte[] bytes)
        {
            _master.Write(bytes);
        }

        public void Dispose()
        {
            _master.Dispose();
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int posix_openpt(int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int grantpt(int handle);

        [DllImport("libc", SetLastError = true)]
        private static extern int unlockpt(int handle);

        [DllImport("libc", SetLastError = true)]
        private static extern int ptsname_r(int handle, byte[] name, nint length);
    }
}
