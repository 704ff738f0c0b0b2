using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Orders
{
    /// <summary>Authentic orders that say whatever may be said: each is answered, and none stops the unit. One that did would
    /// do so again at every start.</summary>
    internal static class OrderFuzzTests
    {
        private const int MostBytes = 110;
        private const string Address = "0110FE80000000000000021D129012345678";

        private static readonly (int Kind, string Body)[] Orders =
        [
            (0x10, OrderFixture.Credentials), (0x11, ""), (0x12, "0003046E616D65083837363534333231"),
            (0x12, "0000046E616D65083837363534333231"), (0x12, "0103046E616D65083837363534333231"), (0x13, ""),
            (0x14, "0102000302050010"), (0x14, "02050010"), (0x15, Address), (0x15, Address + OrderFixture.Credentials),
            (0x15, "0204C0A8010200"), (0x15, "0204C0A80102083837363534333231"), (0x16, "0204C0A80102"), (0x16, Address),
            (0x17, "020204C0A8010210FE800000000000000000000000000001"), (0x17, "0100"), (0x18, ""),
        ];

        [TestCase(1, 1500)]
        public static void Every_authentic_order_is_answered(int seed, int count)
        {
            var random = new Random(seed);
            var f = new OrderFixture();
            var results = new SortedDictionary<string, int>();
            for (uint i = 0; i < count; i++)
            {
                (int kind, string body) = Orders[random.Next(Orders.Length)];
                byte[] bytes = Convert.FromHexString(body.Replace(" ", ""));
                bytes = random.Next(2) == 0 ? Mutate(bytes, random) : bytes;
                kind = random.Next(5) == 0 ? random.Next(0x0F, 0x1A) : kind;
                var order = new TestOrder(kind.ToString("X2"), 200 + i, Convert.ToHexString(bytes))
                {
                    Length = random.Next(10) == 0 ? random.Next(256).ToString("X2") : "",
                    Padding = random.Next(20) == 0 && bytes.Length < MostBytes ? "FF" : "",
                };
                string where = $"{i}: {order.Kind} {order.Length} {order.Body}";
                Assert.That(f.Post(order), where);
                Assert.That(f.Record, Does.StartWith(order.Head), where);
                Assert.That(f.State, Does.StartWith("02"), where);
                string said = f.Box.LastAnswer[..^64];
                Assert.That(f.Box.LastAnswer, Is.EqualTo(said + OrderFixture.CodeOf(said)), where);
                string result = f.State[2..];
                results[result] = results.GetValueOrDefault(result) + 1;
            }

            TestContext.Out.WriteLine(string.Join(", ", results.Select(pair => $"result {pair.Key}: {pair.Value}")));
            Assert.That(results.Keys, Is.EqualTo(new[] { "00", "03", "04", "05", "06", "07" }));
        }

        private static byte[] Mutate(byte[] bytes, Random random)
        {
            for (int changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(20));
            }

            return random.Next(6) switch
            {
                0 => bytes[..random.Next(bytes.Length + 1)],
                1 => [.. bytes, .. new byte[random.Next(MostBytes - bytes.Length)]],
                2 => [.. bytes, .. bytes.Take(MostBytes - bytes.Length)],
                _ => bytes,
            };
        }
    }
}
