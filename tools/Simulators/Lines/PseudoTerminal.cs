using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace NanoComm.Simulators
{
    /// <summary>
    /// A serial port made of nothing: this object is the device behind it, and other programs open <see cref="Name"/>
    /// as they open any serial port, one after another. Linux only. There is no flow control: what a program does not
    /// read is lost once the port's buffer is full, and nobody waits for it.
    /// </summary>
    public sealed class PseudoTerminal : IByteLine, IDisposable
    {
        // What the line discipline keeps for the reader; the kernel counts no further.
        private const int FullBuffer = 4095;
        private const int WakeMilliseconds = 250;
        private const int LongestName = 128;
        private const int LongestTermios = 256;

        private const int ReadWrite = 0x2;
        private const int NoControllingTerminal = 0x100;
        private const int NonBlocking = 0x800;
        private const int CloseOnExecute = 0x80000;
        private const int Now = 0;
        private const short PollIn = 1;
        private const nuint BytesWaiting = 0x541B;

        private readonly Lock _gate = new();
        private readonly SafeFileHandle _device;
        private readonly SafeFileHandle _port;
        private readonly Thread _reader;
        private volatile bool _isEnding;

        /// <summary>Makes one, raw: every byte passes as it is, both ways.</summary>
        /// <exception cref="IOException">This system has none to give; the message says why.</exception>
        public PseudoTerminal()
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new IOException("a serial port out of nothing takes the pseudo terminals of Linux");
            }

            const int Flags = ReadWrite | NoControllingTerminal | CloseOnExecute;
            _device = new SafeFileHandle(Check(posix_openpt(Flags | NonBlocking)), true);
            var name = new byte[LongestName];
            Check(grantpt(_device));
            Check(unlockpt(_device));
            int error = ptsname_r(_device, name, (nuint)name.Length);
            Name = error == 0
                ? Encoding.UTF8.GetString(name, 0, Array.IndexOf(name, (byte)0))
                : throw new IOException(Marshal.GetPInvokeErrorMessage(error));

            // Held open, so that the device does not see a hang-up whenever a program closes the port.
            _port = new SafeFileHandle(Check(open(name, Flags)), true);
            var termios = new byte[LongestTermios];
            Check(tcgetattr(_port, termios));
            cfmakeraw(termios);
            Check(tcsetattr(_port, Now, termios));
            _reader = new Thread(Read) { IsBackground = true, Name = "pseudo terminal " + Name };
        }

        /// <inheritdoc/>
        /// <remarks>On a thread of its own.</remarks>
        public event Action<ReadOnlyMemory<byte>> Received;

        /// <summary>What other programs open: /dev/pts/4 …</summary>
        public string Name { get; }

        /// <summary>What every <see cref="LinkName"/> of this process begins with.</summary>
        public static string OwnLinks => $"/proc/{Environment.ProcessId}/";

        /// <summary>The same port by way of this process: a name that leads nowhere once the process is gone.</summary>
        public string LinkName => $"{OwnLinks}fd/{_port.DangerousGetHandle()}";

        /// <summary>Bytes lost because nobody read them.</summary>
        public long Overrun { get; private set; }

        /// <summary>Begins to read; subscribe first.</summary>
        public void Start()
        {
            _reader.Start();
        }

        /// <inheritdoc/>
        /// <remarks>From any thread; at the end nothing is sent any more.</remarks>
        public void Send(ReadOnlyMemory<byte> bytes)
        {
            lock (_gate)
            {
                if (_isEnding)
                {
                    return;
                }

                int sent = 0;
                if (ioctl(_port, BytesWaiting, out int waiting) == 0 && waiting < FullBuffer)
                {
                    sent = (int)Math.Max(write(_device, in MemoryMarshal.GetReference(bytes.Span), (nuint)bytes.Length), 0);
                }

                Overrun += bytes.Length - sent;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _isEnding = true;
            if (_reader.IsAlive && _reader != Thread.CurrentThread)
            {
                _reader.Join();
            }

            // Who is at it with Send finishes.
            lock (_gate)
            {
                _port.Dispose();
                _device.Dispose();
            }
        }

        private static int Check(int result)
        {
            return result >= 0
                ? result
                : throw new IOException("no pseudo terminal: " + Marshal.GetLastPInvokeErrorMessage());
        }

        private void Read()
        {
            var buffer = new byte[1024];
            var request = new PollRequest { Descriptor = (int)_device.DangerousGetHandle(), Events = PollIn };
            while (!_isEnding)
            {
                request.Returned = 0;
                if (poll(ref request, 1, WakeMilliseconds) <= 0)
                {
                    continue;
                }

                nint count = read(_device, buffer, (nuint)buffer.Length);
                if (count > 0)
                {
                    Received?.Invoke(buffer.AsMemory(0, (int)count));
                }
            }
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int posix_openpt(int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int grantpt(SafeFileHandle device);

        [DllImport("libc", SetLastError = true)]
        private static extern int unlockpt(SafeFileHandle device);

        [DllImport("libc")]
        private static extern int ptsname_r(SafeFileHandle device, byte[] name, nuint length);

        [DllImport("libc", SetLastError = true)]
        private static extern int open(byte[] path, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int tcgetattr(SafeFileHandle port, byte[] termios);

        [DllImport("libc")]
        private static extern void cfmakeraw(byte[] termios);

        [DllImport("libc", SetLastError = true)]
        private static extern int tcsetattr(SafeFileHandle port, int when, byte[] termios);

        [DllImport("libc")]
        private static extern int ioctl(SafeFileHandle port, nuint request, out int value);

        [DllImport("libc")]
        private static extern int poll(ref PollRequest requests, nuint count, int milliseconds);

        [DllImport("libc")]
        private static extern nint read(SafeFileHandle device, byte[] buffer, nuint length);

        [DllImport("libc")]
        private static extern nint write(SafeFileHandle device, in byte bytes, nuint length);

        private struct PollRequest
        {
            public int Descriptor;
            public short Events;
            public short Returned;
        }
    }
}
