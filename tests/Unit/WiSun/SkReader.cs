using System.Collections;
using NanoComm.WiSun;

namespace NanoComm.Tests
{
    /// <summary>Reads what a module says, and writes the events down: "Ok", "Fail 5", "Event 21 0574 0" and so on. In
    /// texts, @ stands for the terminal's address, # for another's, $ for our own, * for the head of a datagram of the
    /// terminal to us: test assemblies of the device have little room for strings.</summary>
    public sealed class SkReader
    {
        /// <summary>Address of the terminal.</summary>
        public const string Hems = "FE80:0000:0000:0000:021D:1291:0000:0574";

        /// <summary>Address of another terminal.</summary>
        public const string Other = "FE80:0000:0000:0000:021D:1291:0000:0666";

        /// <summary>Our own address.</summary>
        public const string Own = "FE80:0000:0000:0000:021D:1290:0003:8C21";

        /// <summary>Makes one with room for the longest datagram.</summary>
        public SkReader()
            : this(new DatagramQueue(SkParser.MaxDataLength, 1))
        {
        }

        /// <summary>Makes one.</summary>
        /// <param name="received">Where data go.</param>
        public SkReader(DatagramQueue received)
        {
            Parser = new SkParser(received);
        }

        /// <summary>The parser.</summary>
        public SkParser Parser { get; }

        /// <summary>The events, oldest first.</summary>
        public ArrayList Events { get; } = new ArrayList();

        /// <summary>Puts in what the signs stand for.</summary>
        public static string Expand(string text)
        {
            string expanded = "";
            for (int i = 0; i < text.Length; i++)
            {
                switch (text[i])
                {
                    case '@':
                        expanded += Hems;
                        break;
                    case '#':
                        expanded += Other;
                        break;
                    case '$':
                        expanded += Own;
                        break;
                    case '*':
                        expanded += "ERXUDP " + Hems + " " + Own + " 0E1A 0E1A 001D129100000574 ";
                        break;
                    default:
                        expanded += text[i].ToString();
                        break;
                }
            }

            return expanded;
        }

        /// <summary>Text as the bytes it is sent as, each character one byte.</summary>
        public static byte[] Bytes(string text)
        {
            text = Expand(text);
            var bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        /// <summary>Everything that one text says, with a semicolon between events.</summary>
        public static string Read(string text)
        {
            var reader = new SkReader();
            reader.Hear(text);
            return reader.Take();
        }

        /// <summary>Hears text, and takes everything said up to now.</summary>
        public string Take()
        {
            string all = "";
            for (int i = 0; i < Events.Count; i++)
            {
                all += (i > 0 ? "; " : "") + Events[i];
            }

            Events.Clear();
            return all;
        }

        /// <summary>Hears text at once.</summary>
        public void Hear(string text)
        {
            byte[] bytes = Bytes(text);
            Hear(bytes, 0, bytes.Length);
        }

        /// <summary>Hears a part of a buffer.</summary>
        public void Hear(byte[] bytes, int offset, int end)
        {
            SkEventKind kind;
            while ((kind = Parser.Take(bytes, ref offset, end)) != SkEventKind.None)
            {
                Events.Add(Describe(kind));
            }
        }

        private string Describe(SkEventKind kind)
        {
            switch (kind)
            {
                case SkEventKind.Ok:
                    return Parser.Value < 0 ? "Ok" : "Ok " + Parser.Value.ToString("X");
                case SkEventKind.Fail:
                    return "Fail " + Parser.Number.ToString();
                case SkEventKind.Event:
                    return "Event " + Parser.Number.ToString("X2") + " " + Tail(Parser.Address)
                        + (Parser.Parameter < 0 ? "" : " " + Parser.Parameter.ToString());
                case SkEventKind.Datagram:
                    return "Datagram " + Tail(Parser.Address) + ">" + Tail(Parser.Destination) + " "
                        + Parser.RemotePort.ToString("X4") + ">" + Parser.LocalPort.ToString("X4")
                        + (Parser.Lqi < 0 ? "" : " lqi " + Parser.Lqi.ToString("X2"))
                        + (Parser.IsSecured ? " secured " : " plain ") + (Parser.HasData
                        ? Hex.Format(Parser.Received.Bytes, Parser.Received.End, Parser.DataLength) : "no room");
                case SkEventKind.Info:
                    return "Info " + Tail(Parser.Address) + " " + Parser.Channel.ToString("X2") + " "
                        + Parser.PanId.ToString("X4") + (Parser.Dialect == SkDialect.C2 ? " C2" : " A1");
                case SkEventKind.Version:
                    return "Version";
                case SkEventKind.Register:
                    return "Register " + Parser.Value.ToString("X");
                case SkEventKind.Energies:
                    return "Energies " + Hex.Format(Parser.Energies, 0, SkParser.ChannelCount);
                case SkEventKind.Pan:
                    return "Pan " + Parser.Channel.ToString("X2") + " " + Parser.PanId.ToString("X4") + " "
                        + Hex.Format(Parser.Mac, 0, SkParser.MacLength) + " " + Parser.Lqi.ToString("X2");
                case SkEventKind.Port:
                    return "Port " + Parser.Value.ToString();
                default:
                    return "Address " + Hex.Format(Parser.Address, 0, SkParser.AddressLength);
            }
        }

        // The last two bytes are enough to tell addresses apart.
        private static string Tail(byte[] address)
        {
            return Hex.Format(address, SkParser.AddressLength - 2, 2);
        }
    }
}
