using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>Protection of APDUs, HLS mechanism 5, and what the client refuses to believe.</summary>
    [TestClass]
    public static class DlmsSecurityTests
    {
        private const string VectorTitle = "4D4D4D0000BC614E";
        private const string OtherTitle = "4D4D4D0000000001";
        private const string Plain = "C0010000080000010000FF0200";
        private const string Ciphered = "3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B";

        // IEC 62056-5-3, the worked example of authenticated encryption.
        [TestMethod]
        public static void ExampleOfTheStandardIsSealed()
        {
            byte[] buffer = Hex.Parse("0000000000" + Plain + "000000000000000000000000");
            Begin(VectorTitle, OtherTitle).Seal(0x01234567, buffer, 5, 13);
            Assert.AreEqual(Ciphered, Hex.Format(buffer, 0, buffer.Length));
        }

        [TestMethod]
        public static void ExampleOfTheStandardIsOpenedOnce()
        {
            Ciphering ciphering = Begin(OtherTitle, VectorTitle);
            byte[] buffer = Hex.Parse(Ciphered);
            DlmsDetail detail = ciphering.Open(buffer, 0, buffer.Length, out int plain, out int length);
            Assert.AreEqual((int)DlmsDetail.None, (int)detail);
            Assert.AreEqual(Plain, Hex.Format(buffer, plain, length));
            buffer = Hex.Parse(Ciphered);
            detail = ciphering.Open(buffer, 0, buffer.Length, out plain, out length);
            Assert.AreEqual((int)DlmsDetail.Replay, (int)detail);
            Assert.AreEqual(Ciphered, Hex.Format(buffer, 0, buffer.Length));
        }

        [TestMethod]
        public static void EveryFlippedBitIsRefused()
        {
            byte[] buffer = Hex.Parse(Ciphered);
            for (int i = 0; i < buffer.Length; i++)
            {
                for (int bit = 1; bit < 0x100; bit <<= 1)
                {
                    buffer[i] ^= (byte)bit;
                    DlmsDetail detail = Begin(OtherTitle, VectorTitle)
                        .Open(buffer, 0, buffer.Length, out int _, out int _);
                    DlmsDetail expected = i == 0 ? DlmsDetail.SecurityControl : DlmsDetail.Tag;
                    Assert.AreEqual((int)expected, (int)detail);
                    buffer[i] ^= (byte)bit;
                }

                // The portable cipher is slow: one bit of most bytes is enough.
                i += i < 5 ? 0 : 6;
            }
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(4)]
        [DataRow(16)]
        public static void ShortMessagesAreMalformed(int length)
        {
            byte[] buffer = Hex.Parse(Ciphered);
            DlmsDetail detail = Begin(OtherTitle, VectorTitle).Open(buffer, 0, length, out int _, out int plain);
            Assert.AreEqual((int)DlmsDetail.Malformed, (int)detail);
            Assert.AreEqual(0, plain);
        }

        [TestMethod]
        public static void ReservedCounterIsRefused()
        {
            byte[] buffer = Hex.Parse("0000000000" + Plain + "000000000000000000000000");
            Begin(VectorTitle, OtherTitle).Seal(0xFFFFFFFF, buffer, 5, 13);
            DlmsDetail detail = Begin(OtherTitle, VectorTitle).Open(buffer, 0, buffer.Length, out int _, out int _);
            Assert.AreEqual((int)DlmsDetail.Replay, (int)detail);
        }

        // IEC 62056-5-3, the worked example of HLS mechanism 5: both proofs.
        [TestMethod]
        public static void ProofsOfTheStandard()
        {
            var proof = new byte[Ciphering.ProofLength];
            Begin(OtherTitle, VectorTitle).Prove(1, Hex.Parse("503677524A323146"), 8, proof, 0);
            Assert.AreEqual("1000000001" + "1A52FE7DD3E72748973C1E28", Hex.Format(proof, 0, proof.Length));
            byte[] challenge = Hex.Parse("4B35366956616759");
            byte[] answer = Hex.Parse("1001234567" + "FE1466AFB3DBCD4F9389E2B7");
            Ciphering ciphering = Begin(OtherTitle, VectorTitle);
            Assert.AreEqual((int)DlmsDetail.None, (int)ciphering.Verify(challenge, 8, answer, 0, 17));

            // It is the floor from now on: the message with the same counter is one of an earlier association.
            byte[] buffer = Hex.Parse(Ciphered);
            DlmsDetail detail = ciphering.Open(buffer, 0, buffer.Length, out int _, out int _);
            Assert.AreEqual((int)DlmsDetail.Replay, (int)detail);
        }

        [TestMethod]
        [DataRow("1001234567FE1466AFB3DBCD4F9389E2B6", 17, (int)DlmsDetail.Tag)]
        [DataRow("1001234566FE1466AFB3DBCD4F9389E2B7", 17, (int)DlmsDetail.Tag)]
        [DataRow("3001234567FE1466AFB3DBCD4F9389E2B7", 17, (int)DlmsDetail.SecurityControl)]
        [DataRow("10FFFFFFFFFE1466AFB3DBCD4F9389E2B7", 17, (int)DlmsDetail.Replay)]
        [DataRow("1001234567FE1466AFB3DBCD4F9389E2B7", 16, (int)DlmsDetail.Malformed)]
        [DataRow("1001234567FE1466AFB3DBCD4F9389E2B700", 18, (int)DlmsDetail.Malformed)]
        public static void OtherProofsAreRefused(string proof, int length, int expected)
        {
            byte[] challenge = Hex.Parse("4B35366956616759");
            DlmsDetail detail = Begin(OtherTitle, VectorTitle).Verify(challenge, 8, Hex.Parse(proof), 0, length);
            Assert.AreEqual(expected, (int)detail);
        }

        [TestMethod]
        public static void AarqIsWhatTheStandardSays()
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            var aarq = (string)f.Peer.Frames[1];

            // Random bytes of the peer, and our counter.
            string challenge = "5A5B5C5D5E5F606162636465" + "00000100";
            Assert.IsTrue(aarq.IndexOf(
                "E6E600605DA109060760857405080103A60A0408" + DlmsPeer.ClientTitle
                + "8A0207808B0760857405080205AC128010" + challenge + "BE230421211F3000000100") == 16);
            Assert.AreEqual((uint)0x103, f.Counter);
        }

        [TestMethod]
        public static void ServerMustBeTheExpectedOne()
        {
            var f = new DlmsFixture();
            f.Peer.Title = "4D4D4D0000BC614F";
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Title);
            f = new DlmsFixture();
            f.Peer.Title = DlmsPeer.ClientTitle;
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Title);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("50367752 4A3231")]
        public static void ShortChallengeIsRefused(string challenge)
        {
            var f = new DlmsFixture();
            f.Peer.StoC = Hex.Compact(challenge);
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Challenge);
        }

        [TestMethod]
        public static void OwnChallengeIsNotProvenBack()
        {
            var f = new DlmsFixture();
            f.Peer.EchoChallenge = true;
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Challenge);

            // SNRM and AARQ; no proof was sent.
            Assert.AreEqual(2, f.Peer.Frames.Count);
        }

        [TestMethod]
        public static void LongChallengesAreFine()
        {
            var f = new DlmsFixture();
            f.Peer.StoC = Hex.Repeat("A5", 64);
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            f = new DlmsFixture();
            f.Peer.StoC = Hex.Repeat("A5", 65);
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Challenge);
        }

        [TestMethod]
        public static void WrongTagsAndProofsAreRefused()
        {
            var f = new DlmsFixture();
            f.Peer.CorruptTag = true;
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Tag);
            f = new DlmsFixture();
            f.Peer.CorruptProof = true;
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Tag);
            f = new DlmsFixture();
            f.Peer.SecurityControl = 0x20;
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.SecurityControl);
        }

        [TestMethod]
        [DataRow("00", "00", (int)DlmsResult.ProtocolError, (int)DlmsDetail.Context, 0)]
        [DataRow("00", "01", (int)DlmsResult.ProtocolError, (int)DlmsDetail.Context, 1)]
        [DataRow("01", "0D", (int)DlmsResult.Refused, (int)DlmsDetail.Diagnostic, 13)]
        [DataRow("02", "01", (int)DlmsResult.Refused, (int)DlmsDetail.Diagnostic, 1)]
        public static void AssociationThatIsNotAcceptedForHlsIsNone(
            string aareResult, string diagnostic, int result, int detail, int code)
        {
            var f = new DlmsFixture();
            f.Peer.Result = aareResult;
            f.Peer.Diagnostic = diagnostic;
            Assert.AreEqual(code, AssertRefused(f, (DlmsResult)result, (DlmsDetail)detail));
        }

        [TestMethod]
        public static void AnotherServerIsToldByItsTitleAlsoWhenItRejects()
        {
            var f = new DlmsFixture();
            f.Peer.Result = "01";
            f.Peer.Diagnostic = "0D";
            f.Peer.Title = "4D4D4D0000BC614F";
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.Title);
        }

        [TestMethod]
        public static void CounterOfTheServerMustRise()
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            f.Peer.Script.Add("C401C1001100");
            f.Peer.Script.Add("C401C2001100");
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Client.Get(DlmsFixture.ClockTime()));
            f.Peer.Counter--;
            Assert.AreEqual((int)DlmsResult.SecurityError, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual((int)DlmsDetail.Replay, (int)f.Client.Detail);
            Assert.IsFalse(f.IsAssociated);
        }

        [TestMethod]
        public static void PlainAnswersAreNotBelieved()
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            f.Peer.Script.Add("!C401C1001100");
            GetItem item = DlmsFixture.ClockTime();
            Assert.AreEqual((int)DlmsResult.SecurityError, (int)f.Client.Get(item));
            Assert.AreEqual((int)DlmsDetail.SecurityControl, (int)f.Client.Detail);
            Assert.IsNull(item.Buffer);
        }

        [TestMethod]
        public static void WithoutCounterNothingIsSent()
        {
            var f = new DlmsFixture();
            f.IsExhausted = true;
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.NoCounter);
            Assert.AreEqual(1, f.Peer.Frames.Count);
            f.IsExhausted = false;
            f.Counter = Ciphering.ReservedCounter;
            AssertRefused(f, DlmsResult.SecurityError, DlmsDetail.NoCounter);
            f.Counter = 1;
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            f.IsExhausted = true;
            int sent = f.Peer.Frames.Count;
            Assert.AreEqual((int)DlmsResult.SecurityError, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual(sent, f.Peer.Frames.Count);
        }

        [TestMethod]
        public static void CounterInAnExceptionIsNotFollowed()
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            uint counter = f.Counter;
            f.Peer.Script.Add("!D8020600FFFFFF");
            f.Peer.Script.Add("C401C2001100");
            Assert.AreEqual((int)DlmsResult.Refused, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual((int)DlmsDetail.Exception, (int)f.Client.Detail);
            Assert.AreEqual(0x0206, f.Client.DetailCode);
            Assert.AreEqual(counter + 1, f.Counter);
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            Assert.IsTrue(f.Counter > counter + 1 && f.Counter < counter + 10, "our own counter goes on");
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Client.Get(DlmsFixture.ClockTime()));
        }

        private static Ciphering Begin(string client, string server)
        {
            var ciphering = new Ciphering();
            ciphering.Begin(new SecurityContext(
                Hex.Parse(client),
                Hex.Parse(server),
                new PortableAes(Hex.Parse(DlmsPeer.Guek)),
                Hex.Parse(DlmsPeer.Gak),
                new DlmsFixture()));
            return ciphering;
        }

        private static int AssertRefused(DlmsFixture f, DlmsResult result, DlmsDetail detail)
        {
            Assert.AreEqual((int)result, (int)f.Associate());
            Assert.AreEqual((int)detail, (int)f.Client.Detail);
            Assert.IsFalse(f.IsAssociated);
            int code = f.Client.DetailCode;
            int sent = f.Peer.Frames.Count;
            Assert.AreEqual((int)DlmsResult.NotAssociated, (int)f.Client.Get(DlmsFixture.ClockTime()));
            Assert.AreEqual(sent, f.Peer.Frames.Count);
            return code;
        }
    }
}
