using NanoComm.Bytes;
using NanoComm.Crypto;

namespace NanoComm.Tests
{
    /// <summary>An order as the key office makes it.</summary>
    public sealed class TestOrder
    {
        public const uint Never = 0xFFFFFFFF;

        private const int TextLength = 128;

        /// <summary>Makes an order.</summary>
        /// <param name="kind">Its kind, two digits.</param>
        /// <param name="number">Its number; the last byte of it is in its id, too.</param>
        /// <param name="body">Its body.</param>
        public TestOrder(string kind, uint number, string body = "")
        {
            Kind = kind;
            Number = number;
            Body = Hex.Compact(body);
            Id = Hex.Repeat(Hex.Format(new byte[] { (byte)number }, 0, 1), 16);
        }

        public string Kind;
        public uint Number;
        public string Body;
        public string Id;
        public uint NotAfter = Never;
        public string MeterTitle = DlmsPeer.ServerTitle;
        public string UnitTitle = DlmsPeer.ClientTitle;

        /// <summary>In place of the zeros behind the body, from their end; "" for zeros.</summary>
        public string Padding = "";

        /// <summary>In place of the length of the body; "" for the truth.</summary>
        public string Length = "";

        /// <summary>The number as it stands in files and records.</summary>
        public string NumberText => U32(Number);

        /// <summary>The record of it begins with this.</summary>
        public string Head => NumberText + Id + MeterTitle;

        /// <summary>The order file.</summary>
        public string File => "4E434F3100D5" + Sealed;

        /// <summary>C.</summary>
        public string Sealed
        {
            get
            {
                string text = Kind + MeterTitle + NumberText + U32(NotAfter)
                    + (Length.Length > 0 ? Length : Hex.Format(new byte[] { (byte)(Body.Length / 2) }, 0, 1)) + Body;
                text += Hex.Repeat("0", (TextLength * 2) - text.Length - Padding.Length) + Padding;
                return Seal(text);
            }
        }

        /// <summary>The answer without a body: what is under the code.</summary>
        /// <param name="result">The result, two digits.</param>
        /// <param name="time">The date-time; "" for one that is not known.</param>
        public string Answer(string result, string time = "")
        {
            return "02" + UnitTitle + Id + NumberText + result + (time.Length > 0 ? time : Hex.Repeat("FF", 12));
        }

        private static string U32(uint value)
        {
            var bytes = new byte[4];
            BigEndian.WriteU32(bytes, 0, value);
            return Hex.Format(bytes, 0, 4);
        }

        private string Seal(string plain)
        {
            string head = Hex.Compact("DD10" + Id + "08" + TestTicket.KeyManagement + "08" + UnitTitle + "0000010100 18");
            var gcm = new AesGcm(new PortableAes(Hex.Parse(TestTicket.FreshKey)));
            byte[] aad = Hex.Parse("30" + Hex.Repeat("00", 16) + head.Substring(2, 37 * 2));
            gcm.SetAad(aad, 0, aad.Length);
            byte[] text = Hex.Parse(plain + Hex.Repeat("00", 12));
            gcm.Encrypt(Hex.Parse(TestTicket.KeyManagement + "00000000"), text, 0, text.Length - 12);
            return head + TestTicket.WrappedKey + "81" + Hex.Format(new byte[] { (byte)(text.Length + 5) }, 0, 1)
                + "3000000000" + Hex.Format(text, 0, text.Length);
        }
    }
}
