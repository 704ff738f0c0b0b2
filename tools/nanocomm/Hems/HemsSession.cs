using System;
using System.Runtime.InteropServices;
using System.Threading;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>One run of a controller at a real line: until Ctrl-C, a request to terminate, or the end of the time asked
    /// for.</summary>
    internal sealed class HemsSession : IDisposable
    {
        private readonly HemsSettings _settings;
        private readonly HemsPump _pump;
        private readonly CancellationTokenSource _end = new();

        public HemsSession(HemsSettings settings)
        {
            _settings = settings;
            _pump = new HemsPump(settings);
        }

        /// <summary>Runs it.</summary>
        /// <exception cref="UserError">The meter was not reached; the message says which side to look at.</exception>
        public void Run()
        {
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            if (_settings.For is TimeSpan time)
            {
                _end.CancelAfter(time);
            }

            if (!_settings.Json && LiveScreen.IsPossible)
            {
                HemsLiveView.Run(view => Work(view), _settings.Name,
                    _settings.Ip == null ? Words.Of("no module yet") : "IP");
            }
            else
            {
                Work(_settings.Json ? new HemsJsonView() : new HemsLineView());
            }
        }

        public void Dispose()
        {
            _pump.Dispose();
            _end.Dispose();
        }

        private void Work(IHemsView view)
        {
            var report = new HemsReport(_pump.Link, view);
            _pump.Run(() => report.Failure != null, _end.Token);
            if (report.Failure != null)
            {
                throw new UserError(report.Failure);
            }
        }

        private void End(PosixSignalContext context)
        {
            context.Cancel = true;
            _end.Cancel();
        }
    }
}
