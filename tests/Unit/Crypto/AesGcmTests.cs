using System;
using NanoComm.Bytes;
using NanoComm.Crypto;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class AesGcmTests
    {
        private const string ZeroKey = "00000000000000000000000000000000";
        private const string ZeroIv = "000000000000000000000000";
        private const string McGrewViegaKey = "FEFFE9928665731C6D6A8F9467308308";
        private const string McGrewViegaIv = "CAFEBABEFACEDBADDECAF888";

        // The worked example of the DLMS UA Green Book for security suite 0.
        private const string Ek = "000102030405060708090A0B0C0D0E0F";
        private const string Ak = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF";
        private const string DlmsIv = "4D4D4D0000BC614E" + "01234567";
        private const string DlmsPlain = "C0010000080000010000FF0200";
        private const string DlmsCipher = "411312FF935A47566827C467BC";
        private const string DlmsTag = "7D825C3BE4A77C3FCC056B6B";

        [TestMethod]
        // McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 1 to 4, with the first 96
        // bits of their tags.
        [DataRow(ZeroKey, ZeroIv, "", "", "", "58E2FCCEFA7E3061367F1D57")]
        [DataRow(ZeroKey, ZeroIv, "", "00000000000000000000000000000000", "0388DACE60B6A392F328C2B971B2FE78",
            "AB6E47D42CEC13BDF53A67B2")]
        [DataRow(McGrewViegaKey, McGrewViegaIv, "",
            "D9313225F88406E5A55909C5AFF5269A86A7A9531534F7DA2E4C303D8A318A72"
            + "1C3C0C95956809532FCF0E2449A6B525B16AEDF5AA0DE657BA637B391AAFD255",
            "42831EC2217774244B7221B784D0D49CE3AA212F2C02A4E035C17E2329ACA12E"
            + "21D514B25466931C7D8F6A5AAC84AA051BA30B396A0AAC973D58E091473F5985", "4D5C2AF327CD64A62CF35ABD")]
        [DataRow(McGrewViegaKey, McGrewViegaIv, "FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2",
            "D9313225F88406E5A55909C5AFF5269A86A7A9531534F7DA2E4C303D8A318A72"
            + "1C3C0C95956809532FCF0E2449A6B525B16AEDF5AA0DE657BA637B39",
            "42831EC2217774244B7221B784D0D49CE3AA212F2C02A4E035C17E2329ACA12E"
            + "21D514B25466931C7D8F6A5AAC84AA051BA30B396A0AAC973D58E091", "5BC94FBC3221A5DB94FAE95A")]
        // NIST CAVP, gcmEncryptExtIV128, 96-bit IV, count 0: no text and no AAD, 128 bits of text, 128 bits of AAD.
        [DataRow("11754CD72AEC309BF52F7687212E8957", "3C819D9A9BED087615030B65", "", "", "",
            "250327C674AAF477AEF26757")]
        [DataRow("7FDDB57453C241D03EFBED3AC44E371C", "EE283A3FC75575E33EFD4887", "",
            "D5DE42B461646C255C87BD2962D3B9A2", "2CCDA4A5415CB91E135C2A0F78C9B2FD", "B36D1DF9B9D5E596F83E8B7F")]
        [DataRow("77BE63708971C4E240D1CB79E8D77FEB", "E0E00F19FED7BA0136A797F3", "7A43EC1D9C0A5A78A0B16533A6213CAB",
            "", "", "209FCC8D3675ED938E9C7166")]
        [DataRow(Ek, DlmsIv, "30" + Ak, DlmsPlain, DlmsCipher, DlmsTag)]
        public static void EncryptsAndDecryptsTheVector(string key, string iv, string aad, string plain, string cipher,
            string tag)
        {
            AesGcm gcm = Make(key, aad);
            byte[] buffer = Hex.Parse("A5" + plain + ZeroIv + "5A");
            int length = plain.Length / 2;

            gcm.Encrypt(Hex.Parse(iv), buffer, 1, length);
            Assert.AreEqual("A5" + cipher + tag + "5A", Hex.Format(buffer, 0, buffer.Length));

            Assert.IsTrue(gcm.Decrypt(Hex.Parse(iv), buffer, 1, length));
            Assert.AreEqual("A5" + plain + tag + "5A", Hex.Format(buffer, 0, buffer.Length));
        }

        [TestMethod]
        // The Green Book's example, authenticated only.
        [DataRow(Ek, DlmsIv, "10" + Ak + DlmsPlain, "06725D910F9221D263877516")]
        // HLS mechanism 5: the client answers StoC, the server CtoS.
        [DataRow(Ek, "4D4D4D0000000001" + "00000001", "10" + Ak + "503677524A323146", "1A52FE7DD3E72748973C1E28")]
        [DataRow(Ek, "4D4D4D0000BC614E" + "01234567", "10" + Ak + "4B35366956616759", "FE1466AFB3DBCD4F9389E2B7")]
        // CAVP as above: GMAC is GCM without text.
        [DataRow("77BE63708971C4E240D1CB79E8D77FEB", "E0E00F19FED7BA0136A797F3", "7A43EC1D9C0A5A78A0B16533A6213CAB",
            "209FCC8D3675ED938E9C7166")]
        public static void GmacOfTheVector(string key, string iv, string data, string tag)
        {
            AesGcm gcm = Make(key, "FFFF");
            byte[] aad = Hex.Parse("A5" + data);
            var buffer = new byte[14];

            gcm.Gmac(Hex.Parse(iv), aad, 1, aad.Length - 1, buffer, 1);
            Assert.AreEqual("00" + tag + "00", Hex.Format(buffer, 0, buffer.Length));

            Assert.IsTrue(gcm.VerifyGmac(Hex.Parse(iv), aad, 1, aad.Length - 1, buffer, 1));
            buffer[12] ^= 0x01;
            Assert.IsFalse(gcm.VerifyGmac(Hex.Parse(iv), aad, 1, aad.Length - 1, buffer, 1));
        }

        [TestMethod]
        public static void TheAadStaysWhateverComesBetween()
        {
            AesGcm gcm = Make(Ek, "30" + Ak);
            byte[] iv = Hex.Parse(DlmsIv);
            byte[] buffer = Hex.Parse(DlmsPlain + ZeroIv);

            for (int i = 0; i < 3; i++)
            {
                gcm.Gmac(iv, buffer, 0, 20, new byte[12], 0);
                Assert.IsFalse(gcm.Decrypt(iv, new byte[20], 0, 8));
                gcm.Encrypt(iv, buffer, 0, 13);
                Assert.AreEqual(DlmsCipher + DlmsTag, Hex.Format(buffer, 0, buffer.Length));
                Assert.IsTrue(gcm.Decrypt(iv, buffer, 0, 13));
            }
        }

        [TestMethod]
        public static void TheAadCanBeReplacedAndTakenAway()
        {
            AesGcm gcm = Make(ZeroKey, "0123456789");
            var tag = new byte[12];

            gcm.SetAad(tag, 0, 0);
            gcm.Encrypt(Hex.Parse(ZeroIv), tag, 0, 0);

            Assert.AreEqual("58E2FCCEFA7E3061367F1D57", Hex.Format(tag, 0, 12));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(12)]
        [DataRow(13)]
        [DataRow(24)]
        public static void RefusesAChangedByteAndLeavesTheBufferAlone(int position)
        {
            AesGcm gcm = Make(Ek, "30" + Ak);
            byte[] buffer = Hex.Parse(DlmsCipher + DlmsTag);
            buffer[position] ^= 0x80;
            string changed = Hex.Format(buffer, 0, buffer.Length);

            Assert.IsFalse(gcm.Decrypt(Hex.Parse(DlmsIv), buffer, 0, 13));
            Assert.AreEqual(changed, Hex.Format(buffer, 0, buffer.Length));
        }

        [TestMethod]
        public static void AMessageTooShortForATagIsRefused()
        {
            Assert.IsFalse(Make(Ek, "").Decrypt(Hex.Parse(DlmsIv), new byte[11], 0, -1));
        }

        [TestMethod]
        // Text longer than a batch of key stream: zeros, so that the ciphertext is the stream. Made with OpenSSL.
        [DataRow(256, "8B44CF997F4051B18FE83F2017CD4F81", "79E4846F2308C64E1985F067")]
        [DataRow(257, "44CF997F4051B18FE83F2017CD4F81C9", "D7ECD410BA13BDF79C27148B")]
        [DataRow(600, "1159BB6C58AA93D7158E452D679DA9A5", "468C9138FAB37D3C57809B82")]
        public static void LongTextEndsAsTheVectorDoes(int length, string end, string tag)
        {
            AesGcm gcm = Make(Ek, "30" + Ak);
            byte[] iv = Hex.Parse(DlmsIv);
            var buffer = new byte[length + 12];

            gcm.Encrypt(iv, buffer, 0, length);
            Assert.AreEqual(end + tag, Hex.Format(buffer, length - 16, 28));

            Assert.IsTrue(gcm.Decrypt(iv, buffer, 0, length));
            for (int i = 0; i < length; i++)
            {
                Assert.AreEqual(0, (int)buffer[i], i.ToString());
            }
        }

        [TestMethod]
        [DataRow(11, 0, 4)]
        [DataRow(13, 0, 4)]
        [DataRow(12, -1, 4)]
        [DataRow(12, 0, -1)]
        [DataRow(12, 1, 4)]
        [DataRow(12, 0, 5)]
        [DataRow(12, 2147483647, 4)]
        [DataRow(12, 0, 2147483647)]
        public static void ARangeOutsideTheBufferIsAnErrorBeforeAnythingIsChanged(int ivLength, int offset, int length)
        {
            AesGcm gcm = Make(Ek, "");
            var buffer = new byte[16];

            Assert.ThrowsException(
                typeof(ArgumentException),
                () => gcm.Encrypt(new byte[ivLength], buffer, offset, length));
            Assert.AreEqual("00000000000000000000000000000000", Hex.Format(buffer, 0, 16));
        }

        [TestMethod]
        public static void EqualityLooksAtTheRangesAlone()
        {
            byte[] a = Hex.Parse("0011223344");
            byte[] b = Hex.Parse("FF112233FF");

            Assert.IsTrue(Octets.AreEqual(a, 1, b, 1, 3));
            Assert.IsTrue(Octets.AreEqual(a, 0, b, 0, 0));
            Assert.IsFalse(Octets.AreEqual(a, 0, b, 0, 4));
            Assert.IsFalse(Octets.AreEqual(a, 1, b, 1, 4));
            Assert.IsFalse(Octets.AreEqual(a, 1, b, 2, 2));
        }

        private static AesGcm Make(string key, string aad)
        {
            var gcm = new AesGcm(new PortableAes(Hex.Parse(key)));
            gcm.SetAad(Hex.Parse(aad), 0, aad.Length / 2);
            return gcm;
        }
    }
}
