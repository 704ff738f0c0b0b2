using NanoComm.Echonet;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class NodeProfileTests
    {
        private const string InfMap = "0280D5";
        private const string GetMap = "0D8082838A8C9D9E9FD3D4D5D6D7";

        [TestMethod]
        [DataRow(0x80, "30")]
        [DataRow(0x82, "010E0100")]
        [DataRow(0x83, "FE00000B0102030405060708090A0B0C0D")]
        [DataRow(0x8A, "00000B")]
        [DataRow(0x8C, "4E4331303000000000000000")]
        [DataRow(0x9D, InfMap)]
        [DataRow(0x9E, "00")]
        [DataRow(0x9F, GetMap)]
        [DataRow(0xD3, "000001")]
        [DataRow(0xD4, "0002")]
        [DataRow(0xD5, "01028801")]
        [DataRow(0xD6, "01028801")]
        [DataRow(0xD7, "010288")]
        public static void ValuesWithTheMeter(int epc, string edt)
        {
            Assert.AreEqual(edt, Get(EchonetFixture.WithReading(), epc));
        }

        [TestMethod]
        [DataRow(0x80, "30")]
        [DataRow(0xD3, "000000")]
        [DataRow(0xD4, "0001")]
        [DataRow(0xD5, "00")]
        [DataRow(0xD6, "00")]
        [DataRow(0xD7, "00")]
        public static void ValuesBeforeTheMeterIsThere(int epc, string edt)
        {
            var fixture = new EchonetFixture();
            Assert.AreEqual(edt, Get(fixture, epc));

            fixture.Identify();
            Assert.AreEqual(epc == 0x80, edt == Get(fixture, epc), "the first request after it came");
        }

        [TestMethod]
        public static void MapsAreWhatCanBeDone()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            byte[] readable = Hex.Parse(GetMap);
            for (int epc = 0; epc <= 0xFF; epc++)
            {
                bool expected = false;
                for (int i = 1; i < readable.Length; i++)
                {
                    expected |= readable[i] == epc;
                }

                string edt = Get(fixture, epc);
                Assert.AreEqual(expected, edt.Length > 0, "Get " + epc.ToString("X2"));

                string set = edt.Length > 0 ? edt : "00";
                Assert.AreEqual(Answer("51", epc, set), fixture.Ask(Request("61", epc, set)));

                bool announced = epc == 0x80 || epc == 0xD5;
                Assert.AreEqual(
                    announced ? Answer("73", epc, edt) : Answer("53", epc, ""),
                    fixture.Ask(Request("63", epc, "")));
            }
        }

        [TestMethod]
        [DataRow((int)Epc.SelfNodeInstances, "000003", "000000")]
        [DataRow((int)Epc.SelfNodeClasses, "0003", "0001")]
        [DataRow((int)Epc.InstanceListNotification, "03028A01028801028802", "00")]
        [DataRow((int)Epc.SelfNodeInstanceListS, "03028A01028801028802", "00")]
        [DataRow((int)Epc.SelfNodeClassListS, "02028A0288", "00")]
        public static void EveryDeviceIsListedAndEachClassOnce(int epc, string present, string absent)
        {
            var fixture = new EchonetFixture();
            var values = new MeterValues(EchonetFixture.Identity(), fixture.Location, fixture.Data);
            var profile = new NodeProfile(EchonetFixture.Identity(), new TestMeter(0x028A01, values),
                new TestMeter(0x028801, values), new TestMeter(0x028802, values));
            Assert.AreEqual(absent, Read(profile, epc, fixture.Now));
            fixture.Identify();
            Assert.AreEqual(present, Read(profile, epc, fixture.Now));
        }

        private static string Read(NodeProfile profile, int epc, long now)
        {
            var buffer = new byte[EchonetNode.BufferLength];
            profile.Refresh(now);
            return Hex.Format(buffer, 0, profile.Read((byte)epc, null, buffer, 0));
        }

        private static string Get(EchonetFixture fixture, int epc)
        {
            string answer = fixture.Ask(Request("62", epc, ""));
            string edt = answer.Substring(2 * (EchonetFrame.PropertiesOffset + 2));
            Assert.AreEqual(Answer(edt.Length > 0 ? "72" : "52", epc, edt), answer);
            return edt;
        }

        private static string Request(string esv, int epc, string edt)
        {
            return "1081000105FF010EF001" + esv + "01" + epc.ToString("X2") + (edt.Length / 2).ToString("X2") + edt;
        }

        private static string Answer(string esv, int epc, string edt)
        {
            return "108100010EF00105FF01" + esv + "01" + epc.ToString("X2") + (edt.Length / 2).ToString("X2") + edt;
        }
    }
}
