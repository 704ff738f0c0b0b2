using System;
using NanoComm.Virtual;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Virtual
{
    /// <summary>What the views that tell everything go by.</summary>
    internal static class EventOrderTests
    {
        private static readonly DateTime Noon = new(2026, 11, 29, 12, 0, 0);

        [Test]
        public static void What_is_younger_than_the_look_waits_for_the_next_one()
        {
            var order = new EventOrder<string>();
            order.Add(Noon.AddSeconds(1), "a log line, taken first");
            order.Add(Noon.AddSeconds(3), "one that came while the look went on");
            order.Add(Noon, "an exchange, taken after it");
            order.Add(Noon.AddSeconds(2), "what is seen now");
            order.Add(Noon.AddSeconds(2), "and what is seen now too");

            Assert.That(order.Take(Noon.AddSeconds(2)), Is.EqualTo(new[]
            {
                "an exchange, taken after it", "a log line, taken first", "what is seen now", "and what is seen now too",
            }));

            order.Add(Noon.AddSeconds(2.5), "an exchange that was stamped before it");
            Assert.That(order.Take(Noon.AddSeconds(4)), Is.EqualTo(new[]
            {
                "an exchange that was stamped before it", "one that came while the look went on",
            }));
            Assert.That(order.Take(DateTime.MaxValue), Is.Empty);
        }
    }
}
