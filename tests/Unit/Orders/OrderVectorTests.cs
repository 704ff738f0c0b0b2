using NanoComm.Audit;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Orders;
using NanoComm.Pairing;
using NanoComm.Policy;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>The vectors of docs/orders.md, as the unit takes and answers them.</summary>
    [TestClass]
    public static class OrderVectorTests
    {
        private const string UnitTitle = "4E43430000000003";
        private const string MeterTitle = "4E434D0000000002";
        private const string OrderId = "2F2E2D2C2B2A29282726252423222120";
        private const string Number = "0C24C61A";
        private const string OrderFile =
            "4E434F3100D5DD102F2E2D2C2B2A29282726252423222120084E434B0000000001084E434300000000030000010100184BD8E0B7"
            + "AD1DED154F7BEFD415BF8680DEDC1CBD8209CFD981913000000000143F23FC5DE784418B5EF8DCC9D42BAEF06A17D2B9E94C8DEE"
            + "E3D946E23287AC422E4B12130E39FC5C547E09620820B4CBEEFE1F4C8D2112FAFFC67E7DAB268E05EFE600E8F23C0F762F4FA072"
            + "EE6542E4E2CD6EF90FB6437C023DB26E9C55BA146C8331806A00874899BC942F541CCE2290861CEA09A63C5BFAC396FA224AF124"
            + "653B9D58CC037D5029FD26";

        private const string Answer =
            "024E434300000000032F2E2D2C2B2A292827262524232221200C24C61A0007EA0610FF0A2300008000005002B069961AFE615F01"
            + "FDCB34B4CD3B5003CE1721911BF4BAC900CE06E1755E";

        private const string Expired =
            "024E434300000000032F2E2D2C2B2A292827262524232221200C24C61A0207EA0801FF00000000800000A1F6DF6183F922D75E77"
            + "022171B6A18BC51C3AA3FE9714A24888BDED09FA6D83";

        private const string Overtaken =
            "024E434300000000032F2E2D2C2B2A292827262524232221200C24C61A01FFFFFFFFFFFFFFFFFFFFFFFF0D74D1D7F790596CF387"
            + "E7D66C093B0371E0CB6081029C63157ADB9D1378CEB9";

        private const string ReportFile =
            "4E434F3100D5DD105F5E5D5C5B5A59585756555453525150084E434B0000000001084E434300000000030000010100182CB00F55"
            + "DE621C9C3DDB9A5933611EF92EF30A94DACADD7E81913000000000039F26D26BEC3B18722B1D95E7CC3CCB54EA0EABB76C84458F"
            + "87E81694ACDC6A1824EB8DF401467F2919A1B897C5E2D8A14EA3A9406C432819CDACB2175DEE01E9BBFA1F85EB18CF80A9197E22"
            + "7C3F4F81AF40912776BFDD79EAD3B70621623339FD1730CAC9E753B8527903C9099958653EDE074A80236D2E747088DF8CD9FAF7"
            + "B18509D95EA63C7F7E4421";

        private const string ReportBody =
            "010C2374980202C3C9030102000186A00000000C000000070002A20FEA596A76A497275F9FE136D62277094C2A4C95AE8FED8079"
            + "30D72575819C";

        private const string ReportAnswer =
            "024E434300000000035F5E5D5C5B5A595857565554535251500C24C6560007EA0610FF0A240000800000010C2374980202C3C903"
            + "0102000186A00000000C000000070002A20FEA596A76A497275F9FE136D62277094C2A4C95AE8FED807930D72575819CA3FEB789"
            + "67F878E872CEBAC574C94D7473E51FC8370012CC6B6EB05373B53FC7";

        // Seconds since 2000-01-01 00:00:00.
        private const uint Done = 834921300;
        private const uint AfterTheEnd = 838857600;

        [TestMethod]
        public static void TheOrderToOpenTheRouteIsDoneAndAnswered()
        {
            var f = new Fixture(0x0C237498);
            f.Seconds = Done;
            f.Take(OrderFile);
            Assert.AreEqual(Number + OrderId + MeterTitle + "0100" + Answer, f.Record("order"));
            Assert.AreEqual("3030313132323333343435353636373738383939414142424343444445454646303132333435363738394142", f.Record("route-b"));
        }

        [TestMethod]
        public static void AfterItsEndItIsExpired()
        {
            var f = new Fixture(0x0C237498);
            f.Seconds = AfterTheEnd;
            f.Take(OrderFile);
            Assert.AreEqual(Number + OrderId + MeterTitle + "0102" + Expired, f.Record("order"));
            Assert.AreEqual("", f.Record("route-b"));
            f = new Fixture(0x0C237498);
            f.Seconds = AfterTheEnd - 1;
            f.Take(OrderFile);
            Assert.AreEqual("0100", f.Record("order").Substring(56, 4), "to the second");
        }

        // A pairing of its own number or above it. Nothing is recorded; the answer is what would be handed over.
        [TestMethod]
        public static void WithANewerPairingItIsOvertaken()
        {
            var f = new Fixture(0x0C24C61A);
            f.Take(OrderFile);
            Assert.AreEqual("", f.Record("order"));
            byte[] answer = OrderAnswer.Make(f.Board, Hex.Parse(Number + OrderId), OrderResult.Overtaken, MeterTime.Unknown, 0, null);
            Assert.AreEqual(Overtaken, Hex.Format(answer, 0, answer.Length));
        }

        [TestMethod]
        public static void TheOrderToReportIsAnswered()
        {
            var f = new Fixture(0x0C237498);
            f.Seconds = Done + 60;
            f.Take(ReportFile);
            Assert.AreEqual("0100" + ReportAnswer, f.Record("order").Substring(56));
            Assert.AreEqual("", f.Record("route-b"));
        }

        /// <summary>A unit with the page's keys and titles, and no line.</summary>
        private sealed class Fixture : ITimeSource, IRouteBReport, ISecurityLog
        {
            public readonly FakeBoard Board;
            public uint Seconds;

            private readonly OrderKeeper _keeper;

            public Fixture(uint epoch)
            {
                var peer = new DlmsPeer();
                Board = new FakeBoard
                {
                    Clock = peer, Loops = peer, Random = peer, Store = new DurableStore(new FakeFiles()),
                };
                byte[] factory = Hex.Parse(UnitTitle + TestTicket.Dk
                    + "404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F");
                Board.Store.Write("factory", factory, factory.Length);
                ActivePairing.Install(Board.Store, peer, epoch, Hex.Parse(MeterTitle), Hex.Parse(UnitTitle), new byte[16], new byte[16]);
                var client = new DlmsClient(peer, peer, peer, peer, new LinkSettings());
                var policy = new RouteBPolicy(Board.Store, RouteParts.WiSun, true);
                var pairing = new PairingKeeper(Board, client, new MeterData(1), this, policy);
                _keeper = new OrderKeeper(Board, client, pairing, policy, this, this, this);
            }

            public int Length => (ReportBody.Length / 2) - 5;

            public void Take(string file)
            {
                byte[] bytes = Hex.Parse(file);
                Board.Store.Write("ticket-in", bytes, bytes.Length);
                Assert.IsTrue(_keeper.Attend());
                Assert.AreEqual("", Record("ticket-in"));
            }

            public string Record(string name)
            {
                var buffer = new byte[DurableStore.MaxLength];
                int length = Board.Store.Read(name, buffer);
                return length < 0 ? "" : Hex.Format(buffer, 0, length);
            }

            public void Write(byte[] body, int offset, IMac proof)
            {
                Hex.Parse(ReportBody.Substring(10)).CopyTo(body, offset);
            }

            public bool TryTell(long at, out uint seconds)
            {
                seconds = Seconds;
                return Seconds != 0;
            }

            public void Add(SecurityEvent e)
            {
            }
        }
    }
}
