using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Orders;
using NanoComm.Policy;

namespace NanoComm.Tests
{
    /// <summary>A keeper of orders with its records, paired with a metering unit that has an Order box, on a board that has
    /// both paths.</summary>
    public sealed class OrderFixture : ITimeSource, IRouteBReport
    {
        public const uint Epoch = 100;
        public const string Id = "30303131323233333434353536363737 38383939414142424343444445454646";
        public const string Password = "303132333435363738394142";
        public const string Credentials = Id + Password;

        public readonly KeeperFixture Pairing = new KeeperFixture();
        public readonly OrderPeer Box = new OrderPeer();
        public RouteBPolicy Policy;
        public OrderKeeper Keeper;

        /// <summary>The metering clock; <see cref="Unknown"/> where it is not known.</summary>
        public uint Seconds = Unknown;

        public const uint Unknown = 0;

        public OrderFixture(bool isPaired = true)
        {
            if (isPaired)
            {
                Pairing.Pair(1, Epoch);
            }

            Pairing.Meter.Box = Box;
            MakeKeeper();
        }

        /// <summary>What the unit tells of its customer side.</summary>
        public int Length => 3;

        /// <summary>Names of the security events, as numbers in order.</summary>
        public string Events
        {
            get { return Pairing.Events; }
            set { Pairing.Events = value; }
        }

        /// <summary>The record `order`.</summary>
        public string Record => Pairing.Record("order");

        /// <summary>Phase and result in it.</summary>
        public string State => Record.Length < 60 ? "" : Record.Substring(56, 4);

        /// <summary>The code of an answer or of a record, 64 digits.</summary>
        public static string CodeOf(string said)
        {
            var code = new byte[32];
            byte[] bytes = Hex.Parse(said);
            new PortableMac(new byte[32]).Compute(bytes, 0, bytes.Length, code);
            return Hex.Format(code, 0, 32);
        }

        public void Write(byte[] body, int offset, IMac proof)
        {
            var code = new byte[32];
            proof.Compute(body, 0, 0, code);
            body[offset] = 0xAA;
            body[offset + 1] = 0xBB;
            body[offset + 2] = code[0];
        }

        public bool TryTell(long at, out uint seconds)
        {
            seconds = Seconds;
            return Seconds != Unknown;
        }

        /// <summary>Switches the unit off and on, and associates again as the metering loop does.</summary>
        public void Restart()
        {
            Pairing.Restart();
            MakeKeeper();
        }

        /// <summary>The metering loop reads: it opens the association.</summary>
        public void Read()
        {
            if (Pairing.Client.Associate(2, Pairing.Keeper.Active) != Dlms.DlmsResult.Ok)
            {
                throw new System.InvalidOperationException();
            }
        }

        /// <summary>Puts an order into the box, and lets its time come.</summary>
        public bool Post(TestOrder order)
        {
            Box.Order = order.File;
            return NextTurn();
        }

        /// <summary>Lets the time of the box come, and attends.</summary>
        public bool NextTurn()
        {
            Pairing.Peer.Milliseconds += 300000;
            return Keeper.Attend();
        }

        /// <summary>Puts a file into the inbox, and lets its time come.</summary>
        public bool Give(string file)
        {
            Pairing.Give(file);
            Pairing.Peer.Milliseconds += 10000;
            return Keeper.Attend();
        }

        private void MakeKeeper()
        {
            Policy = Pairing.Policy;
            Keeper = new OrderKeeper(Pairing.Board, Pairing.Client, Pairing.Keeper, Policy, this, this, Pairing);
        }
    }
}
