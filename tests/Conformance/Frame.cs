using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tests.Conformance
{
    /// <summary>A frame that a mutant takes apart and puts together again; it shares nothing with what looks at it.</summary>
    internal sealed class Frame
    {
        public const byte SetCSna = 0x51;
        public const byte GetSna = 0x52;
        public const byte SetC = 0x61;
        public const byte Get = 0x62;
        public const byte SetRes = 0x71;
        public const byte GetRes = 0x72;
        public const byte Inf = 0x73;

        private const int HeaderLength = 12;

        private Frame(byte[] header)
        {
            Header = header;
        }

        /// <summary>EHD, TID, SEOJ, DEOJ, ESV.</summary>
        public byte[] Header { get; }

        public List<(byte Epc, byte[] Edt)> Properties { get; } = [];

        public byte Esv
        {
            get => Header[10];
            set => Header[10] = value;
        }

        public int Seoj => U24(4);

        public int Deoj => U24(7);

        public bool IsAnswer => Esv is GetRes or GetSna;

        /// <summary>Null for what has not one whole list.</summary>
        public static Frame Parse(byte[] bytes)
        {
            if (bytes.Length < HeaderLength || bytes[0] != 0x10 || bytes[1] != 0x81)
            {
                return null;
            }

            var frame = new Frame(bytes[..11]);
            int at = HeaderLength;
            for (int i = 0; i < bytes[11]; i++)
            {
                if (at + 2 > bytes.Length || at + 2 + bytes[at + 1] > bytes.Length)
                {
                    return null;
                }

                frame.Properties.Add((bytes[at], bytes[(at + 2)..(at + 2 + bytes[at + 1])]));
                at += 2 + bytes[at + 1];
            }

            return at == bytes.Length ? frame : null;
        }

        /// <summary>The answer to this request.</summary>
        public Frame Answer(byte esv)
        {
            var answer = new Frame([.. Header[..4], .. Header[7..10], .. Header[4..7], esv]);
            answer.Properties.AddRange(Properties);
            return answer;
        }

        /// <summary>Changes the data of a property, wherever it has data.</summary>
        public void Change(byte epc, Func<byte[], byte[]> change)
        {
            for (int i = 0; i < Properties.Count; i++)
            {
                if (Properties[i].Epc == epc && Properties[i].Edt.Length > 0)
                {
                    Properties[i] = (epc, change(Properties[i].Edt));
                }
            }
        }

        /// <summary>Whether a property has data.</summary>
        public bool Has(byte epc)
        {
            return Properties.Exists(property => property.Epc == epc && property.Edt.Length > 0);
        }

        public byte[] ToBytes()
        {
            return [.. Header, (byte)Properties.Count,
                .. Properties.SelectMany(property => (byte[])[property.Epc, (byte)property.Edt.Length, .. property.Edt])];
        }

        private int U24(int at)
        {
            return (Header[at] << 16) | (Header[at + 1] << 8) | Header[at + 2];
        }
    }
}
