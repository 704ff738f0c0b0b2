using NanoComm.Pairing;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class TicketTests
    {
        // docs/pairing.md, "Vectors".
        private const string Dk = "101112131415161718191A1B1C1D1E1F";
        private const string OwnTitle = "4E43430000000003";
        private const string MeterTitle = "4E434D0000000002";
        private const string Guek = "909192939495969798999A9B9C9D9E9F";
        private const string Gak = "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF";
        private const string Id = "606162636465666768696A6B6C6D6E6F";
        private const string Message =
            "DD10606162636465666768696A6B6C6D6E6F084E434B0000000001084E434D0000000002000001010018A34BFB2E62D85AA787EEB4"
            + "074F38A7F0FF55ABA1DDDC3973583000000000F6D3E45CF34EFC28B1191FA4B81D67C74717EA86C0CD94E36D890241344E7F8FA4"
            + "275C69A2D341F39A828B871408C49E2DE697F6E29B9F4313A145EEF25BAFD925F0EE19E7F603E1D8423A640569CB9197B024";

        private const string File =
            "4E4354310081DD10606162636465666768696A6B6C6D6E6F084E434B0000000001084E43430000000003000001010018C0BAA85FF0"
            + "2017E68A78EA179B82BA3868F6E5E043E511DE3E30000000001E27A8011BDD1F35076BAEE8DB3E74EE3FA5329B95823C332A2835"
            + "16FFAA22666DF42284B5CC892E77A38069833CBECD579EEE0F0FD26A9A52009B" + Message;

        private const string RetireFile =
            "4E4354310061DD10D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF084E434B0000000001084E43430000000003000001010018D485A82F50"
            + "9018885C6A48593E9F45BDE5F0697F0CA747BD1E3000000000B9B48BA566B60AEBD7ADF29462FB6C778F8F0122380DFFEBAF0000";

        // Of M: header and container, 72 bytes, less the wrapped key, which the metering unit alone can check.
        private const int MessageAt = 4 + 2 + 129 + 2;
        private const int WrappedKeyAt = MessageAt + 42;
        private const int LengthAt = MessageAt + 66;
        private const int TextAt = MessageAt + 72;

        [TestMethod]
        public static void OpensTheDocumentedTicket()
        {
            byte[] file = Hex.Parse(File);
            Ticket ticket = Open(file, file.Length, OwnTitle, Dk);
            Assert.IsNotNull(ticket);
            Assert.AreEqual((int)TicketKind.Pair, (int)ticket.Kind);
            AssertBytes(Id, ticket.Id);
            AssertBytes(MeterTitle, ticket.MeterTitle);
            Assert.AreEqual((uint)0x0C237498, ticket.Epoch);
            AssertBytes(Guek, ticket.Guek);
            AssertBytes(Gak, ticket.Gak);
            Assert.AreEqual(Message, Hex.Format(file, ticket.MessageOffset, ticket.MessageLength));
            byte[] guek = ticket.Guek;
            byte[] gak = ticket.Gak;
            ticket.Clear();
            AssertBytes(Hex.Repeat("00", 16), guek);
            AssertBytes(Hex.Repeat("00", 16), gak);
        }

        [TestMethod]
        public static void OpensTheDocumentedOrderToRetire()
        {
            byte[] file = Hex.Parse(RetireFile);
            Ticket ticket = Open(file, file.Length, OwnTitle, Dk);
            Assert.IsNotNull(ticket);
            Assert.AreEqual((int)TicketKind.Retire, (int)ticket.Kind);
            AssertBytes("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF", ticket.Id);
            AssertBytes(MeterTitle, ticket.MeterTitle);
            Assert.AreEqual((uint)0x0C237499, ticket.Epoch);
            Assert.IsNull(ticket.Guek);
            Assert.IsNull(ticket.Gak);
            Assert.AreEqual(0, ticket.MessageLength);
            ticket.Clear();
        }

        [TestMethod]
        public static void ATicketAlteredInAnyByteThatThisUnitSeesIsRefused()
        {
            byte[] file = Hex.Parse(File);
            for (int i = 0; i < file.Length; i++)
            {
                bool isUnseen = (i >= WrappedKeyAt && i < LengthAt) || i >= TextAt;
                file[i] ^= (byte)(1 << (i & 7));
                Assert.AreEqual(isUnseen, Opens(file, file.Length), i.ToString());
                file[i] ^= (byte)(1 << (i & 7));
            }

            Assert.IsTrue(Opens(file, file.Length));
        }

        [TestMethod]
        public static void AnOrderToRetireAlteredInAnyByteIsRefused()
        {
            byte[] file = Hex.Parse(RetireFile);
            for (int i = 0; i < file.Length; i++)
            {
                file[i] ^= (byte)(1 << (i & 7));
                Assert.IsFalse(Opens(file, file.Length), i.ToString());
                file[i] ^= (byte)(1 << (i & 7));
            }

            Assert.IsTrue(Opens(file, file.Length));
        }

        [TestMethod]
        public static void ATicketCutOffAnywhereOrWithAByteBehindIsRefused()
        {
            byte[] file = Hex.Parse(File + "00");
            for (int length = 0; length < file.Length - 1; length++)
            {
                Assert.IsFalse(Opens(file, length), length.ToString());
            }

            Assert.IsFalse(Opens(file, file.Length));
            Assert.IsTrue(Opens(file, file.Length - 1));
        }

        [TestMethod]
        [DataRow("4E43430000000004", "101112131415161718191A1B1C1D1E1F")]
        [DataRow("4E43430000000003", "101112131415161718191A1B1C1D1E1E")]
        public static void ATicketOfAnotherUnitIsRefused(string ownTitle, string dk)
        {
            byte[] file = Hex.Parse(File);
            Assert.IsNull(Open(file, file.Length, ownTitle, dk));
        }

        // All of these are sealed well: only what they say is wrong.
        [TestMethod]
        public static void AWellSealedTicketThatContradictsItselfIsRefused()
        {
            var ticket = new TestTicket(1, 7);
            string text = DlmsPeer.ServerTitle + ticket.EpochText + ticket.Guek + ticket.Gak;
            Assert.IsTrue(IsGood(ticket.With("01" + text, ticket.Message)));

            Assert.IsFalse(IsGood(ticket.With("03" + text, ticket.Message)), "a kind that there is not");
            Assert.IsFalse(IsGood(ticket.With("02" + text, ticket.Message)), "retire with keys");
            Assert.IsFalse(IsGood(ticket.With("01" + text + "00", ticket.Message)), "too long");
            Assert.IsFalse(IsGood(ticket.With("01" + text.Substring(2), ticket.Message)), "too short");
            Assert.IsFalse(IsGood(ticket.With("01" + text, "")), "pair without M");
            Assert.IsFalse(IsGood(ticket.With("02" + text.Substring(0, 24), ticket.Message)), "retire with M");
            Assert.IsTrue(IsGood(ticket.With("02" + text.Substring(0, 24), "")));
            Assert.IsFalse(IsGood(ticket.With("01" + text.Substring(0, 24), "")), "pair without keys");
            Assert.IsFalse(IsGood(ticket.With("01" + text, new TestTicket(2, 7).Message)), "M of another ticket");
            Assert.IsFalse(IsGood(ticket.With("01" + text, new TestTicket(1, 7, TestTicket.OtherMeter).Message)),
                "M for another metering unit");
            Assert.IsFalse(IsGood(new TestTicket(1, 7, DlmsPeer.ClientTitle).File), "the unit itself");
        }

        private static bool IsGood(string file)
        {
            byte[] bytes = Hex.Parse(file);
            return Open(bytes, bytes.Length, DlmsPeer.ClientTitle, TestTicket.Dk) != null;
        }

        private static bool Opens(byte[] file, int length)
        {
            var copy = new byte[file.Length];
            file.CopyTo(copy, 0);
            return Open(copy, length, OwnTitle, Dk) != null;
        }

        private static Ticket Open(byte[] file, int length, string ownTitle, string dk)
        {
            return Ticket.Open(file, length, Hex.Parse(ownTitle), new PortableAes(Hex.Parse(dk)), new FakeBoard());
        }

        private static void AssertBytes(string expected, byte[] bytes)
        {
            Assert.AreEqual(expected, Hex.Format(bytes, 0, bytes.Length));
        }
    }
}
