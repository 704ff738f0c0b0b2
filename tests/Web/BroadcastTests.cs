using System;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Virtual;
using NanoComm.Virtual.Web;

namespace NanoComm.Tests.Web
{
    /// <summary>What a browser is told, without one.</summary>
    [Parallelizable(ParallelScope.All)]
    internal static class BroadcastTests
    {
        private const int Lines = 1000;
        private const int Kept = 200;

        // However long the board has run: who comes now is told the last lines, and stays.
        [Test]
        public static async Task Who_comes_late_is_told_the_last_lines_and_stays()
        {
            var log = new LogTail();
            for (int i = 0; i < Lines; i++)
            {
                log.Add(new LogLine(DateTime.Now, LogLevel.Info, "test", $"line {i}"));
            }

            var broadcast = new Broadcast(new Picture(log, new SiteActions(true)));
            var viewer = new Viewer();
            Assert.That(broadcast.Join(viewer));
            log.Add(new LogLine(DateTime.Now, LogLevel.Info, "test", "the newest"));
            var pipe = new Pipe();
            Task run = viewer.Run(pipe.Writer, CancellationToken.None);
            using var reader = new StreamReader(pipe.Reader.AsStream());
            int count = 0;
            string line;
            do
            {
                line = await reader.ReadLineAsync();
                Assert.That(line, Is.Not.Null, "the stream goes on");
                count += line == "event: log" ? 1 : 0;
            }
            while (!line.Contains("the newest"));
            Assert.That(count, Is.EqualTo(Kept + 1));
            broadcast.Close();
            await run;
        }

        // A browser that takes nothing is let go, and nothing piles up for it.
        [Test]
        public static async Task Who_takes_nothing_is_let_go()
        {
            var viewer = new Viewer();
            byte[] message = new byte[1000];
            foreach (int _ in Enumerable.Range(0, Lines))
            {
                viewer.Send(message);
            }

            var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
            await viewer.Run(pipe.Writer, CancellationToken.None);
            await pipe.Writer.CompleteAsync();
            Assert.That((await pipe.Reader.ReadAtLeastAsync(int.MaxValue)).Buffer.Length, Is.LessThan(100 * message.Length));
        }
    }
}
