using NanoComm.Audit;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Policy;
using NanoComm.Records;

namespace NanoComm.Tests
{
    /// <summary>A keeper of the pairing with its records, and a metering unit at its line.</summary>
    public sealed class KeeperFixture : ISecurityLog, IDurableStore
    {
        private const RouteParts Parts = RouteParts.WiSun | RouteParts.Ip | RouteParts.Wifi;

        public readonly DlmsPeer Peer = new DlmsPeer();
        public readonly PairingPeer Meter;
        public readonly FakeFiles Files = new FakeFiles();
        public FakeBoard Board;
        public DlmsClient Client;
        public PairingKeeper Keeper;
        public RouteBPolicy Policy;

        /// <summary>Name of a record that the store cannot delete; "" for none.</summary>
        public string Undeletable = "";

        /// <summary>Security events, in order.</summary>
        public string Events = "";

        public KeeperFixture(bool hasFactoryKeys = true)
        {
            Meter = new PairingPeer(Peer);
            Peer.Pairings = Meter;
            if (hasFactoryKeys)
            {
                Write("factory", DlmsPeer.ClientTitle + TestTicket.Dk + Hex.Repeat("00", 32));
            }

            Restart();
        }

        public DurableStore Store
        {
            get { return new DurableStore(Files); }
        }

        /// <summary>"State/Detail" as numbers.</summary>
        public string State
        {
            get { return ((int)Keeper.State).ToString() + "/" + ((int)Keeper.Detail).ToString(); }
        }

        /// <summary>Switches the unit off and on; the metering unit does not notice.</summary>
        public void Restart()
        {
            Board = new FakeBoard { Clock = Peer, Loops = Peer, Random = Peer, Store = this };
            Client = new DlmsClient(Peer, Peer, Peer, Peer, new LinkSettings());
            Policy = new RouteBPolicy(this, Parts, true);
            Keeper = new PairingKeeper(Board, Client, new MeterData(1), this, Policy);
        }

        /// <summary>Makes a ticket, known to the metering unit.</summary>
        public TestTicket Issue(byte number, uint epoch)
        {
            var ticket = new TestTicket(number, epoch);
            Meter.Know(ticket);
            return ticket;
        }

        /// <summary>Puts a file into the inbox.</summary>
        public void Give(string file)
        {
            Write(RecordCatalogue.Inbox, file);
        }

        /// <summary>Gives a ticket, and lets the keeper find it.</summary>
        public bool Take(string file)
        {
            Give(file);
            return NextInbox();
        }

        /// <summary>Lets time pass until the inbox is looked at, and attends.</summary>
        public bool NextInbox()
        {
            Peer.Milliseconds += 10000;
            return Keeper.Attend();
        }

        /// <summary>Pairs both sides, without a line in the records of events and SAPs.</summary>
        public TestTicket Pair(byte number, uint epoch)
        {
            TestTicket ticket = Issue(number, epoch);
            Take(ticket.File);
            Events = "";
            Meter.Saps = "";
            return ticket;
        }

        /// <summary>The tombstone for a pairing, as the metering unit makes it.</summary>
        public static string TombstoneOf(TestTicket old, TestTicket next)
        {
            string head = "72657469726564" + old.MeterTitle + DlmsPeer.ClientTitle + next.EpochText;
            byte[] aad = Hex.Parse("10" + old.Gak + head);
            var tag = new byte[12];
            new NanoComm.Crypto.AesGcm(new PortableAes(Hex.Parse(old.Guek))).Gmac(
                Hex.Parse(old.MeterTitle + "FFFFFFFF"), aad, 0, aad.Length, tag, 0);
            return head + Hex.Format(tag, 0, 12);
        }

        public string Record(string name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = Store.Read(name, buffer);
            return length < 0 ? "" : Hex.Format(buffer, 0, length);
        }

        public void Write(string name, string record)
        {
            byte[] bytes = Hex.Parse(record);
            if (!Store.Write(name, bytes, bytes.Length))
            {
                throw new System.InvalidOperationException();
            }
        }

        public int Read(string name, byte[] buffer)
        {
            return Store.Read(name, buffer);
        }

        public int LengthOf(string name)
        {
            return Store.LengthOf(name);
        }

        public bool Write(string name, byte[] buffer, int length)
        {
            return Store.Write(name, buffer, length);
        }

        public bool Delete(string name)
        {
            return name != Undeletable && Store.Delete(name);
        }

        public void Add(SecurityEvent e)
        {
            Events += ((int)e).ToString() + " ";
        }
    }
}
