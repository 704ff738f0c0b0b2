using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Data
{
    /// <summary>What a client of a broker hears, in order.</summary>
    /// <param name="lines">Its output: whether it was retained, the topic, and what was published.</param>
    internal sealed class MqttListener(TextReader lines)
    {
        private const int Patience = 60_000;

        /// <summary>Waits for what is published under a topic.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="isWanted">Which; the first without.</param>
        public string WaitFor(string topic, Func<string, bool> isWanted = null)
        {
            var clock = Stopwatch.StartNew();
            while (true)
            {
                Task<string> line = lines.ReadLineAsync();
                Assert.That(line.Wait(Math.Max(0, Patience - (int)clock.ElapsedMilliseconds)), $"nothing is published under {topic}");
                Assert.That(line.Result, Is.Not.Null, "the broker is gone");
                string[] parts = line.Result.Split(' ', 3);
                if (parts[1] == topic && (isWanted == null || isWanted(parts[2])))
                {
                    return parts[2];
                }
            }
        }

        /// <summary>The same, as JSON.</summary>
        public JsonElement WaitForJson(string topic, Func<string, bool> isWanted = null)
        {
            return JsonDocument.Parse(WaitFor(topic, isWanted)).RootElement;
        }
    }
}
