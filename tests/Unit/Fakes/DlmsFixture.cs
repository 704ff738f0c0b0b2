using NanoComm.Dlms;

namespace NanoComm.Tests
{
    /// <summary>A client and its peer.</summary>
    public sealed class DlmsFixture : IInvocationCounter, IRowSink
    {
        public const int Active = 2;
        public const int Public = 16;
        public const string Clock = "00080000010000FF02";

        public readonly DlmsPeer Peer = new DlmsPeer();
        public readonly LinkSettings Settings = new LinkSettings();
        public readonly SecurityContext Security;
        public DlmsClient Client;
        public uint Counter = 0x100;
        public bool IsExhausted;
        public string Rows = "";

        public DlmsFixture()
        {
            Security = new SecurityContext(
                Hex.Parse(DlmsPeer.ClientTitle),
                Hex.Parse(DlmsPeer.ServerTitle),
                new PortableAes(Hex.Parse(DlmsPeer.Guek)),
                Hex.Parse(DlmsPeer.Gak),
                this);
            Make();
        }

        /// <summary>Whether the client has the association that <see cref="Associate"/> asks for.</summary>
        public bool IsAssociated => Client.IsAssociatedWith(Active, Security);

        /// <summary>Makes the client anew, after a change of the settings.</summary>
        public void Make()
        {
            Client = new DlmsClient(Peer, Peer, Peer, Peer, Settings);
        }

        public static GetItem ClockTime()
        {
            return new GetItem(new CosemDescriptor(8, 0, 0, 1, 0, 0, 2));
        }

        public static GetItem Register(byte c)
        {
            return new GetItem(new CosemDescriptor(3, 1, 0, c, 8, 0, 2));
        }

        public static GetItem MinuteProfile(IAccessSelector selector)
        {
            return new GetItem(new CosemDescriptor(7, 1, 0, 99, 2, 0, 2), selector);
        }

        public static string Text(GetItem item)
        {
            return item.Buffer == null ? null : Hex.Format(item.Buffer, item.Offset, item.Length);
        }

        public DlmsResult Associate()
        {
            return Client.Associate(Active, Security);
        }

        public bool Next(out uint value)
        {
            value = Counter++;
            return !IsExhausted;
        }

        public void Put(byte[] buffer, int offset, int length)
        {
            Rows += Hex.Format(buffer, offset, length) + " ";
        }
    }
}
