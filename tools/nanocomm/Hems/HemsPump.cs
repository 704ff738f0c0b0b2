using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hems;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>Drives a controller at a real line: bytes in, bytes out, and the time.</summary>
    internal sealed class HemsPump : IDisposable
    {
        private const int LeavePatience = 5000;
        private const int LongestWait = 60_000;

        private readonly IByteLine _line;
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly BlockingCollection<byte[]> _heard = new();

        /// <summary>Opens the line; nothing is sent before <see cref="Run"/>.</summary>
        /// <exception cref="UserError">It cannot be opened.</exception>
        public HemsPump(HemsSettings settings)
        {
            _line = Open(settings);
            Link = settings.Ip == null ? new HemsController(settings.ToOptions()) : new HemsIpController(settings.ToOptions());
        }

        /// <summary>The controller.</summary>
        public HemsLink Link { get; }

        /// <summary>The controller's time, ms.</summary>
        public long Now => _clock.ElapsedMilliseconds;

        /// <summary>Starts the controller, drives it until the end, and ends its session.</summary>
        /// <param name="isDone">Whether it is the end; asked after whatever happens, and once a minute at least.</param>
        /// <param name="end">The end as well.</param>
        public void Run(Func<bool> isDone, CancellationToken end)
        {
            bool hasLeft = false;
            Link.Left += () => hasLeft = true;
            Link.Send += _line.Send;
            _line.Received += bytes => _heard.Add(bytes.ToArray());
            Start();
            Link.Start();
            Drive(isDone, long.MaxValue, end);
            bool wasJoined = Link.State == HemsState.Joined;
            Link.Stop();
            Drive(() => hasLeft || !wasJoined, Now + LeavePatience, CancellationToken.None);
        }

        public void Dispose()
        {
            (_line as IDisposable)?.Dispose();
        }

        private static IByteLine Open(HemsSettings settings)
        {
            try
            {
                return settings.Ip == null ? StreamByteLine.OpenPort(settings.Port, settings.Baud) : new HemsUdp(settings.Ip);
            }
            catch (IOException error)
            {
                throw new UserError((settings.Ip == null ? settings.PortOption : settings.IpOption) + ": " + Words.OfOther(error.Message));
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
        private void Drive(Func<bool> isDone, long until, CancellationToken end)
        {
            do
            {
                long next = Math.Min(Link.Step(Now), until);
                int wait = (int)Math.Clamp(next - Now, 0, LongestWait);
                if (!isDone() && TryHear(wait, end, out byte[] bytes))
                {
                    Link.Take(Now, bytes);
                }
            }
            while (!isDone() && !end.IsCancellationRequested && Now < until);
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
    }
}
