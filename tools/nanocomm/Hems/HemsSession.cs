using System;
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

        public HemsSession(HemsSettings settings)
        {
            _settings = settings;
            _pump = new HemsPump(settings);
        }

        /// <summary>Runs it.</summary>
        /// <exception cref="UserError">The meter was not reached; the message says which side to look at.</exception>
        public void Run()
        {
            using var end = new EndSignals();
            end.EndAfter(_settings.For?.TotalSeconds);
            end.EndUnread();
            if (!_settings.Json && LiveScreen.IsPossible)
            {
                HemsLiveView.Run(view => Work(view, end.Token), _settings.Name,
                    _settings.Ip == null ? Words.Of("no module yet") : "IP");
            }
            else
            {
                Work(_settings.Json ? new HemsJsonView() : new HemsLineView(), end.Token);
            }
        }

        public void Dispose()
        {
            _pump.Dispose();
        }

        private void Work(IHemsView view, CancellationToken end)
        {
            var report = new HemsReport(_pump.Link, view);
            _pump.Run(() => report.Failure != null, end);
            if (report.Failure != null)
            {
                throw new UserError(report.Failure);
            }
        }
    }
}
