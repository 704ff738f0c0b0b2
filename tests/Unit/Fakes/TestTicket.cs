using NanoComm.Bytes;
using NanoComm.Crypto;

namespace NanoComm.Tests
{
    /// <summary>
    /// A ticket as the key management makes it, and where in it things are. M has the form that the unit can see; what
    /// is in it nobody opens here, and the metering unit of the test knows it by its bytes.
    /// </summary>
    public sealed class TestTicket
    {
        public const string Dk = "101112131415161718191A1B1C1D1E1F";
        public const string KeyManagement = "4E434B0000000001";
        public const string OtherMeter = "4E434D0000009999";

        public const string FreshKey = "707172737475767778797A7B7C7D7E7F";

        // FreshKey under Dk (RFC 3394, as openssl enc -id-aes128-wrap has it).
        public const string WrappedKey = "C0BAA85FF02017E68A78EA179B82BA3868F6E5E043E511DE";

        /// <summary>Makes a ticket.</summary>
        /// <param name="number">Tells it from others, 0…255: in its id and its keys.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="meterTitle">The metering unit.</param>
        public TestTicket(byte number, uint epoch, string meterTitle = DlmsPeer.ServerTitle)
        {
            Epoch = epoch;
            MeterTitle = meterTitle;
            Id = Hex.Repeat(Hex.Format(new byte[] { number }, 0, 1), 16);
            Guek = Hex.Repeat(Hex.Format(new byte[] { (byte)(number ^ 0x40) }, 0, 1), 16);
            Gak = Hex.Repeat(Hex.Format(new byte[] { (byte)(number ^ 0x80) }, 0, 1), 16);
            Message = Head(Id, meterTitle) + Hex.Repeat("C7", 24) + "5830 00000000" + Hex.Repeat(Id, 5) + "010203";
            Message = Hex.Compact(Message);
            File = "4E435431" + Part(Seal(DlmsPeer.ClientTitle, "01" + meterTitle + EpochText + Guek + Gak))
                + Part(Message);
        }

        /// <summary>The epoch.</summary>
        public uint Epoch { get; }

        /// <summary>As it stands in records.</summary>
        public string EpochText
        {
            get
            {
                var bytes = new byte[4];
                BigEndian.WriteU32(bytes, 0, Epoch);
                return Hex.Format(bytes, 0, 4);
            }
        }

        /// <summary>The metering unit.</summary>
        public string MeterTitle { get; }

        /// <summary>The ticket id.</summary>
        public string Id { get; }

        /// <summary>The encryption key.</summary>
        public string Guek { get; }

        /// <summary>The authentication key.</summary>
        public string Gak { get; }

        /// <summary>M.</summary>
        public string Message { get; }

        /// <summary>The ticket file.</summary>
        public string File { get; }

        /// <summary>The receipt for it.</summary>
        public string Receipt
        {
            get
            {
                return "01" + MeterTitle + DlmsPeer.ClientTitle + EpochText + Id + "07EA0B16FF160002FF800000"
                    + Hex.Repeat("AB", 32);
            }
        }

        /// <summary>An order to retire.</summary>
        /// <param name="number">In its id.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="meterTitle">The metering unit.</param>
        public static string Retire(byte number, uint epoch, string meterTitle = DlmsPeer.ServerTitle)
        {
            var ticket = new TestTicket(number, epoch, meterTitle);
            return "4E435431" + Part(ticket.Seal(DlmsPeer.ClientTitle, "02" + meterTitle + ticket.EpochText)) + "0000";
        }

        /// <summary>A file with this C, sealed for the right unit, and this M.</summary>
        public string With(string plain, string message)
        {
            return "4E435431" + Part(Seal(DlmsPeer.ClientTitle, plain)) + Part(message);
        }

        private static string Head(string id, string recipient)
        {
            return "DD10" + id + "08" + KeyManagement + "08" + recipient + "0000010100 18";
        }

        private static string Part(string part)
        {
            return "00" + Hex.Format(new byte[] { (byte)(part.Length / 2) }, 0, 1) + part;
        }

        // C: fresh key under DK, text under the fresh key.
        private string Seal(string recipient, string plain)
        {
            string head = Hex.Compact(Head(Id, recipient));
            var gcm = new AesGcm(new PortableAes(Hex.Parse(FreshKey)));
            byte[] aad = Hex.Parse("30" + Hex.Repeat("00", 16) + head.Substring(2, 37 * 2));
            gcm.SetAad(aad, 0, aad.Length);
            byte[] text = Hex.Parse(plain + Hex.Repeat("00", 12));
            gcm.Encrypt(Hex.Parse(KeyManagement + "00000000"), text, 0, text.Length - 12);
            return head + WrappedKey + Hex.Format(new byte[] { (byte)(text.Length + 5) }, 0, 1)
                + "3000000000" + Hex.Format(text, 0, text.Length);
        }
    }
}
