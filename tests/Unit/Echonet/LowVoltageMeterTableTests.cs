using NanoComm.Echonet;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>The object against the standard's table of class 0x0288 and the super class, Release R, as the project's
    /// reference has it.</summary>
    [TestClass]
    public static class LowVoltageMeterTableTests
    {
        // What the application interface wants to be read (1.10), with the reverse direction and history 2.
        private const string Required = "80 81 82 88 8A 8D 97 98 9D 9E 9F C0 D0 D3 D7"
            + "E0 E1 E2 E3 E4 E5 E7 E8 EA EB EC ED EE EF";
        private const string Optional = "83 89 8C";
        private const string Settable = "81 E5 ED EF";
        private const string Announced = "80 81 88 EA EB";

        [TestMethod]
        public static void MapsAreTheStandardsLists()
        {
            var fixture = new EchonetFixture();
            fixture.Identify();
            AssertMap(fixture, Epc.GetMap, Required + Optional);
            AssertMap(fixture, Epc.SetMap, Settable);
            AssertMap(fixture, Epc.InfMap, Announced);
        }

        [TestMethod]
        [DataRow((int)Epc.OperationStatus, 1)]
        [DataRow((int)Epc.InstallationLocation, 1)]
        [DataRow((int)Epc.StandardVersion, 4)]
        [DataRow((int)Epc.IdentificationNumber, 17)]
        [DataRow((int)Epc.FaultStatus, 1)]
        [DataRow((int)Epc.FaultDescription, 2)]
        [DataRow((int)Epc.ManufacturerCode, 3)]
        [DataRow((int)Epc.ProductCode, 12)]
        [DataRow((int)Epc.ProductionNumber, 12)]
        [DataRow((int)Epc.CurrentTime, 2)]
        [DataRow((int)Epc.CurrentDate, 4)]
        [DataRow((int)Epc.RouteBId, 16)]
        [DataRow((int)Epc.OneMinuteEnergy, 15)]
        [DataRow((int)Epc.Coefficient, 4)]
        [DataRow((int)Epc.EffectiveDigits, 1)]
        [DataRow((int)Epc.NormalEnergy, 4)]
        [DataRow((int)Epc.EnergyUnit, 1)]
        [DataRow((int)Epc.NormalHistory1, 194)]
        [DataRow((int)Epc.ReverseEnergy, 4)]
        [DataRow((int)Epc.ReverseHistory1, 194)]
        [DataRow((int)Epc.History1Day, 1)]
        [DataRow((int)Epc.InstantaneousPower, 4)]
        [DataRow((int)Epc.InstantaneousCurrents, 4)]
        [DataRow((int)Epc.NormalFixedTimeEnergy, 11)]
        [DataRow((int)Epc.ReverseFixedTimeEnergy, 11)]
        [DataRow((int)Epc.History2, 15)]
        [DataRow((int)Epc.History2Time, 7)]
        [DataRow((int)Epc.History3, 15)]
        [DataRow((int)Epc.History3Time, 7)]
        public static void EveryPropertyHasItsLength(int epc, int length)
        {
            var fixture = new EchonetFixture();
            fixture.Identify();
            Assert.AreEqual(2 * length, fixture.Get(epc).Length, "without a reading");
            Assert.AreEqual(2 * length, EchonetFixture.WithReading().Get(epc).Length, "with one");
        }

        [TestMethod]
        public static void TheLongestRowsAreTheStandards()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EB021C0C000C"));
            Assert.IsTrue(fixture.Set(Epc.History3Time, "07EB021C0C000A"));
            Assert.AreEqual(2 * (7 + (12 * 8)), fixture.Get(Epc.History2).Length);
            Assert.AreEqual(2 * (7 + (10 * 8)), fixture.Get(Epc.History3).Length);
        }

        [TestMethod]
        public static void AnotherClassOnTheSameNodeHasSelectorsOfItsOwn()
        {
            var fixture = new EchonetFixture();
            var values = new MeterValues(EchonetFixture.Identity(), fixture.Location, fixture.Data);
            var meter = new LowVoltageMeter(values);
            var other = new TestMeter(0x028A01, values);
            var node = new EchonetNode(0, new NodeProfile(EchonetFixture.Identity(), meter, other), meter, other);
            fixture.Identify();
            fixture.TakeReading(EchonetFixture.ReadingTime);
            meter.Refresh(fixture.Now);
            other.Refresh(fixture.Now);
            var terminal = new Terminal(node);
            Assert.AreEqual("FF", Read(other, 0xE1, terminal));
            Assert.AreEqual("FFFFFFFFFFFF01", Read(other, 0xEF, terminal));
            Assert.IsTrue(Write(other, 0xE1, "2D", terminal), "as far back as its own table says");
            Assert.IsFalse(Write(other, 0xE1, "2E", terminal));
            Assert.IsTrue(Write(other, 0xEF, "07EB021C0C1E03", terminal));
            Assert.IsFalse(Write(other, 0xEF, "07EB021C0C1E04", terminal));
            Assert.IsTrue(Write(meter, Epc.History1Day, "63", terminal));

            Assert.AreEqual("2D", Read(other, 0xE1, terminal));
            Assert.IsTrue(Read(other, 0xC6, terminal).StartsWith("002D"));
            Assert.IsTrue(Read(other, 0xED, terminal).StartsWith("07EB021C0C1E03"));
            Assert.AreEqual(Read(other, 0xED, terminal), Read(other, 0xEE, terminal), "one selector, two properties");
            Assert.AreEqual("63", Read(meter, Epc.History1Day, terminal));
            Assert.AreEqual("FFFFFFFFFFFF01", Read(meter, Epc.History2Time, terminal));
            terminal.Reset();
            Assert.AreEqual("FF", Read(other, 0xE1, terminal));
            Assert.AreEqual("FF", Read(meter, Epc.History1Day, terminal));
            Assert.AreEqual("07EB021C0C22000001E23F00000314", Read(meter, Epc.OneMinuteEnergy, terminal));
        }

        private static void AssertMap(EchonetFixture fixture, int map, string epcs)
        {
            byte[] wanted = Hex.Parse(epcs);
            byte[] edt = Hex.Parse(fixture.Get(map));
            Assert.AreEqual(wanted.Length, (int)edt[0]);
            for (int i = 0; i < wanted.Length; i++)
            {
                Assert.IsTrue(IsIn(edt, wanted[i]), wanted[i].ToString("X2"));
            }
        }

        private static bool IsIn(byte[] edt, int epc)
        {
            if (edt[0] >= 16)
            {
                return (edt[1 + (epc & 0x0F)] & (1 << ((epc >> 4) - 8))) != 0;
            }

            bool isIn = false;
            for (int i = 1; i < edt.Length; i++)
            {
                isIn |= edt[i] == epc;
            }

            return isIn;
        }

        private static string Read(EchonetObject o, int epc, Terminal terminal)
        {
            var buffer = new byte[EchonetNode.BufferLength];
            return Hex.Format(buffer, 0, o.Read((byte)epc, terminal, buffer, 0));
        }

        private static bool Write(EchonetObject o, int epc, string edt, Terminal terminal)
        {
            byte[] value = Hex.Parse(edt);
            return o.Write((byte)epc, terminal, value, 0, value.Length);
        }
    }
}
