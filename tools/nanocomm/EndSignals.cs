using System;
using System.Runtime.InteropServices;
using System.Threading;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>Ctrl-C and requests to terminate, as a token: what runs ends by itself.</summary>
    internal sealed class EndSignals : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly PosixSignalRegistration _interrupt;
        private readonly PosixSignalRegistration _terminate;
        private CancellationTokenRegistration _unread;

        public EndSignals()
        {
            _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        }

        /// <summary>Cancelled by the first of them.</summary>
        public CancellationToken Token => _end.Token;

        /// <summary>Waits for them.</summary>
        /// <param name="milliseconds">How long at most.</param>
        /// <returns>Whether one has come.</returns>
        public bool Wait(int milliseconds) => Token.WaitHandle.WaitOne(milliseconds);

        /// <summary>Ends as well after a time; null for never.</summary>
        public void EndAfter(double? seconds)
        {
            if (seconds is double time)
            {
                _end.CancelAfter(TimeSpan.FromSeconds(time));
            }
        }

        /// <summary>Ends as well when nobody reads the output any more: for what has no other end.</summary>
        public void EndUnread() => _unread = OutputReader.Gone.Register(End);

        /// <summary>Ends now.</summary>
        public void End() => _end.Cancel();

        public void Dispose()
        {
            _interrupt.Dispose();
            _terminate.Dispose();
            _unread.Dispose();
            _end.Dispose();
        }

        private void End(PosixSignalContext context)
        {
            context.Cancel = true;
            End();
        }
    }
}
