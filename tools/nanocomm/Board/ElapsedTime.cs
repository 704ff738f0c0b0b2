using System;
using System.Diagnostics;
using System.Threading;

namespace NanoComm.Tool
{
    /// <summary>Shows on a terminal that time passes, while a program works that says nothing.</summary>
    internal sealed class ElapsedTime : IDisposable
    {
        private const int Interval = 1000;

        private readonly Timer _timer;

        public ElapsedTime()
        {
            if (!Console.IsOutputRedirected)
            {
                long start = Stopwatch.GetTimestamp();
                _timer = new Timer(_ => Console.Write($"\r{Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s "), null, Interval, Interval);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_timer is not null)
            {
                _timer.Dispose();
                Console.WriteLine();
            }
        }
    }
}
