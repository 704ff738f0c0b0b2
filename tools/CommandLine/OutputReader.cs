using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace NanoComm.CommandLine
{
    /// <summary>Who reads a program's output at the other end of a pipe. What is said to nobody is lost without an error in .NET, so that
    /// a program that runs until it is ended would run on, unread, behind a <c>head</c> that has what it wanted.</summary>
    public static class OutputReader
    {
        private const int StandardOutput = 1;
        private const int Forever = -1;
        private const int Interrupted = 4;
        private const short PollError = 0x8;
        private const string Pipe = "pipe:";

        private static readonly Lazy<CancellationToken> Watch = new(Begin);

        /// <summary>Cancelled when nobody reads the output any more; on Linux, and of a pipe alone. A terminal that is hung up sends a
        /// signal of its own, and a service outlives what takes down its journal (a socket).</summary>
        public static CancellationToken Gone => Watch.Value;

        private static CancellationToken Begin()
        {
            if (!OperatingSystem.IsLinux() || new FileInfo($"/proc/self/fd/{StandardOutput}").LinkTarget?.StartsWith(Pipe, StringComparison.Ordinal) != true)
            {
                return CancellationToken.None;
            }

            var gone = new CancellationTokenSource();
            new Thread(() => Await(gone)) { IsBackground = true, Name = "reader of the output" }.Start();
            return gone.Token;
        }

        // The kernel tells an error of a pipe whose other end is closed, whatever was asked for, and nothing before that.
        private static void Await(CancellationTokenSource gone)
        {
            var request = new PollRequest { Descriptor = StandardOutput };
            int result;
            do
            {
                result = poll(ref request, 1, Forever);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);

            if (result > 0 && (request.Returned & PollError) != 0)
            {
                gone.Cancel();
            }
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int poll(ref PollRequest requests, nuint count, int milliseconds);

        private struct PollRequest
        {
            public int Descriptor;
            public short Events;
            public short Returned;
        }
    }
}
