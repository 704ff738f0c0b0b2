using System;
using System.Text;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>Published vectors: Green Book 9.2.3.3, CRC catalogue.</summary>
    public class ServerVectorTests
    {
        private static readonly byte[] Title = Convert.FromHexString("4D4D4D0000BC614E");
        private static readonly byte[] Plaintext = Convert.FromHexString("C0010000080000010000FF0200");

        private static Suite0 Suite()
        {
            return new Suite0(ServerBench.Key(0x00), ServerBench.Key(0xD0));
        }

        [Test]
        public void AuthenticatedEncryption()
        {
            const string expected = "3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B";
            using Suite0 suite = Suite();

            Assert.That(Convert.ToHexString(suite.Protect(Title, 0x01234567, Plaintext)), Is.EqualTo(expected));
            byte[] plain = suite.Unprotect(Title, Convert.FromHexString(expected), out uint counter);
            Assert.That(plain, Is.EqualTo(Plaintext));
            Assert.That(counter, Is.EqualTo(0x01234567));
        }

        [Test]
        public void AuthenticationOnly()
        {
            using Suite0 suite = Suite();

            Assert.That(Convert.ToHexString(suite.Gmac(Title, 0x01234567, Plaintext)),
                Is.EqualTo("06725D910F9221D263877516"));
        }

        [TestCase("4D4D4D0000000001", 1u, "503677524A323146", "1A52FE7DD3E72748973C1E28",
            TestName = "Proof of the client")]
        [TestCase("4D4D4D0000BC614E", 0x01234567u, "4B35366956616759", "FE1466AFB3DBCD4F9389E2B7",
            TestName = "Proof of the server")]
        public void HlsProof(string title, uint counter, string challenge, string expected)
        {
            using Suite0 suite = Suite();

            Assert.That(Convert.ToHexString(suite.Gmac(Convert.FromHexString(title), counter,
                Convert.FromHexString(challenge))),
                Is.EqualTo(expected));
        }

        [Test]
        public void EveryBitOfAMessageIsAuthenticated()
        {
            using Suite0 suite = Suite();
            byte[] message = suite.Protect(Title, 0x01234567, Plaintext);
            for (int bit = 0; bit < message.Length * 8; bit++)
            {
                message[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.That(suite.Unprotect(Title, message, out _), Is.Null, $"bit {bit}");
                message[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.That(suite.Unprotect(Title, message, out _), Is.Not.Null);
        }

        [Test]
        public void CheckSequence()
        {
            Assert.That(Crc16.Compute(Encoding.ASCII.GetBytes("123456789")), Is.EqualTo(0x906E));
        }

        [Test]
        public void SnrmAndUaWithoutParameters()
        {
            var frame = new HdlcFrame(1, 2, HdlcControl.Snrm, false, default);

            Assert.That(Convert.ToHexString(frame.ToBytes()[..6]), Is.EqualTo("7EA007030593"));
            Assert.That(HdlcFrame.TryParse(frame.ToBytes().AsSpan()[1..^1], out HdlcFrame back), Is.True);
            Assert.That((back.Destination, back.Source), Is.EqualTo(((HdlcAddress)1, (HdlcAddress)2)));
            Assert.That(back.Control, Is.EqualTo(HdlcControl.Snrm));
        }
    }
}
