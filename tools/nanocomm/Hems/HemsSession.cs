using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hems;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>One run of a controller at a real line: until Ctrl-C, a request to terminate, or the end of the time asked
    /// for.</summary>
    internal sealed class HemsSession : IDisposable
    {
        private const int LeavePatience = 5000;
        private const int LongestWait = 60_000;

        private readonly HemsSettings _settings;
        private readonly IByteLine _line;
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly BlockingCollection<byte[]> _heard = new();
        private readonly CancellationTokenSource _end = new();

        public HemsSession(HemsSettings settings)
        {
            _settings = settings;
            _line = Open(settings);
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
            (_line as IDisposable)?.Dispose();
            _end.Dispose();
        }

        private void Work(IHemsView view)
        {
            HemsLink hems = _settings.Ip == null ? new HemsController(_settings.ToOptions())
                : new HemsIpController(_settings.ToOptions());
            var report = new HemsReport(hems, view);
            bool hasLeft = false;
            hems.Left += () => hasLeft = true;
            hems.Send += _line.Send;
            _line.Received += bytes => _heard.Add(bytes.ToArray());
            Start();
            hems.Start();
            Drive(hems, () => report.Failure != null, long.MaxValue, _end.Token);
            bool wasJoined = hems.State == HemsState.Joined;
            hems.Stop();
            Drive(hems, () => hasLeft || !wasJoined, _clock.ElapsedMilliseconds + LeavePatience, CancellationToken.None);
            if (report.Failure != null)
            {
                throw new UserError(report.Failure);
            }
        }

        private static IByteLine Open(HemsSettings settings)
        {
            try
            {
                return settings.Ip == null ? StreamByteLine.OpenPort(settings.Port, settings.Baud) : new HemsUdp(settings.Ip);
            }
            catch (IOException error)
            {
                throw new UserError((settings.Ip == null ? "--port: " : "--ip: ") + Words.OfOther(error.Message));
            }
        }

        private void Start()
        {
            if (_line is HemsUdp udp)
            {
                udp.Start();
            }
            else
            {
                ((StreamByteLine)_line).Start();
            }
        }

        // Once at least, so that what was asked of it is done.
        private void Drive(HemsLink hems, Func<bool> isDone, long until, CancellationToken end)
        {
            do
            {
                long next = Math.Min(hems.Step(_clock.ElapsedMilliseconds), until);
                int wait = (int)Math.Clamp(next - _clock.ElapsedMilliseconds, 0, LongestWait);
                if (!isDone() && TryHear(wait, end, out byte[] bytes))
                {
                    hems.Take(_clock.ElapsedMilliseconds, bytes);
                }
            }
            while (!isDone() && !end.IsCancellationRequested && _clock.ElapsedMilliseconds < until);
        }

        private bool TryHear(int wait, CancellationToken end, out byte[] bytes)
        {
            bytes = null;
            try
            {
                return _heard.TryTake(out bytes, wait, end);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        private void End(PosixSignalContext context)
        {
            context.Cancel = true;
            _end.Cancel();
        }
    }
}
