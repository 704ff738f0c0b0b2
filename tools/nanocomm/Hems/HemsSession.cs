using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>One run of a controller: until Ctrl-C, a request to terminate, or the end of the time asked for.</summary>
    internal sealed class HemsSession : IDisposable
    {
        private readonly HemsSettings _settings;
        private readonly StreamByteLine _line;
        private readonly CancellationTokenSource _end = new();

        public HemsSession(HemsSettings settings)
        {
            _settings = settings;
            try
            {
                _line = StreamByteLine.OpenPort(settings.Port, settings.Baud);
            }
            catch (IOException error)
            {
                throw new UserError("--port: " + error.Message);
            }
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

            if (!_settings.Json && HemsLiveView.IsPossible)
            {
                HemsLiveView.Run(view => Work(view), _settings.Port);
            }
            else
            {
                Work(_settings.Json ? new HemsJsonView() : new HemsLineView());
            }
        }

        public void Dispose()
        {
            _line.Dispose();
            _end.Dispose();
        }

        private void Work(IHemsView view)
        {
            var module = new HemsModule(_line, _settings.Port, _end.Token);
            var controller = new HemsController(module, _settings.Credentials, _settings.Every, view, _end.Token);
            _line.Start();
            try
            {
                controller.Run();
            }
            catch (HemsFault fault)
            {
                throw new UserError(fault.Message);
            }
            finally
            {
                controller.Leave();
            }
        }

        private void End(PosixSignalContext context)
        {
            context.Cancel = true;
            _end.Cancel();
        }
    }
}
