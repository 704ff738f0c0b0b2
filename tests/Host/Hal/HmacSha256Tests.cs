using System;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    [TestFixture]
    public sealed class HmacSha256Tests
    {
        // RFC 4231, test case 2.
        private const string Code = "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843";

        private static readonly byte[] Message = "?what do ya want for nothing??"u8.ToArray();

        [Test]
        public void It_is_the_code_of_the_standard_and_the_key_is_copied()
        {
            byte[] key = "Jefe"u8.ToArray();
            var mac = new HmacSha256(key);
            Array.Clear(key);
            var code = new byte[mac.Length];

            mac.Compute(Message, 1, Message.Length - 2, code);

            Assert.That(Convert.ToHexString(code), Is.EqualTo(Code));
        }

        [Test]
        public void A_call_allocates_nothing()
        {
            var mac = new HmacSha256(new byte[32]);
            var code = new byte[mac.Length];
            mac.Compute(Message, 0, Message.Length, code);

            long before = GC.GetAllocatedBytesForCurrentThread();
            mac.Compute(Message, 0, Message.Length, code);

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
    }
}
