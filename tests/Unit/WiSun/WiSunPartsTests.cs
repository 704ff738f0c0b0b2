using NanoComm.Policy;
using NanoComm.Records;
using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class WiSunPartsTests
    {
        [TestMethod]
        [DataRow(0, -10427)]
        [DataRow(0x59, -7980)]
        [DataRow(0xFF, -3415)]
        public static void LqiIsPower(int lqi, int hundredths)
        {
            Assert.AreEqual(hundredths, LinkQuality.FromLqi(lqi));
        }

        [TestMethod]
        public static void ALinkAtTheLimitDoesNotFlutter()
        {
            var link = new LinkQuality();
            Assert.IsFalse(link.Take(0x60));
            int crossings = 0;
            for (int i = 0; i < 200; i++)
            {
                crossings += link.Take(i % 2 == 0 ? 0x56 : 0x5A) ? 1 : 0;
            }

            Assert.IsTrue(crossings <= 1, crossings.ToString());
            for (int i = 0; i < 50; i++)
            {
                link.Take(0x50);
            }

            Assert.IsFalse(link.IsUsable);
            for (int i = 0; i < 50; i++)
            {
                link.Take(0x62);
            }

            Assert.IsTrue(link.IsUsable);
        }

        [TestMethod]
        [DataRow(1232, 110, 130)]
        [DataRow(40, 5, 20)]
        public static void AirTimeIsEstimated(int length, int least, int most)
        {
            int estimate = TransmitAccount.Estimate(length);
            Assert.IsTrue(estimate >= least && estimate <= most, estimate.ToString());
        }

        [TestMethod]
        public static void AnHourIsForgottenMinuteByMinute()
        {
            var account = new TransmitAccount();
            for (int minute = 0; minute < 60; minute++)
            {
                account.Send(1232, minute * 60000L);
            }

            int each = TransmitAccount.Estimate(1232);
            Assert.AreEqual(60 * each, account.Used(59 * 60000L));
            Assert.AreEqual(59 * each, account.Used(60 * 60000L));
            Assert.AreEqual(each, account.Used((60 + 58) * 60000L));
            Assert.AreEqual(0, account.Used((60 + 59) * 60000L));
            Assert.AreEqual(0, account.Used(1000L * 3600000));
        }

        [TestMethod]
        public static void TheModuleKnowsBetterWhenItSentMore()
        {
            var account = new TransmitAccount();
            account.TakeReport(5000, 0);
            Assert.AreEqual(0, account.Used(0), "what it counted before is nobody's");
            account.Send(1232, 0);
            account.TakeReport(5100, 0);
            Assert.AreEqual(TransmitAccount.Estimate(1232), account.Used(0), "we were more careful");
            account.TakeReport(5600, 0);
            Assert.AreEqual(TransmitAccount.Estimate(1232) + 500, account.Used(0));
            account.TakeReport(0, 0);
            Assert.AreEqual(TransmitAccount.Estimate(1232) + 500, account.Used(0), "it started over");
        }

        [TestMethod]
        [DataRow("0123456789ABCDEF0123456789ABCDEFPassw0rd0123", true)]
        [DataRow("0123456789abcdef0123456789abcdefPassw0rd0123", false)]
        [DataRow("0123456789ABCDEF0123456789ABCDEFPassw0rd012", false)]
        [DataRow("0123456789ABCDEF0123456789ABCDEFPassw0rd01234", false)]
        [DataRow("0123456789ABCDEF0123456789ABCDEGPassw0rd0123", false)]
        [DataRow("0123456789ABCDEF0123456789ABCDEFPassw0rd012 ", false)]
        [DataRow("0123456789ABCDEF0123456789ABCDEFPassw\rrd0123", false)]
        public static void CredentialsHaveOneForm(string text, bool isGood)
        {
            var store = new DurableStore(new FakeFiles());
            Assert.IsNull(RouteBCredentials.Read(store));
            byte[] record = SkReader.Bytes(text);
            store.Write(RouteBCredentials.Record, record, record.Length);

            RouteBCredentials credentials = RouteBCredentials.Read(store);

            Assert.AreEqual(isGood, credentials != null);
            if (isGood)
            {
                Assert.AreEqual(-1, credentials.ToString().IndexOf("Passw0rd"));
                Assert.AreEqual(-1, credentials.ToString().IndexOf("012345"));
            }
        }

        [TestMethod]
        public static void AmongQuietChannelsChanceDecides()
        {
            var energies = new byte[SkParser.ChannelCount];
            for (int i = 0; i < energies.Length; i++)
            {
                energies[i] = (byte)(i % 7 == 3 ? 4 : 0x20);
            }

            int[] chosen = new int[SkParser.ChannelCount];
            var random = new FakeRandom();
            for (int i = 0; i < 100; i++)
            {
                var plan = new ChannelPlan(new DurableStore(new FakeFiles()), random);
                plan.TakeEnergies(energies);
                Assert.IsTrue(plan.Choose());
                chosen[plan.Channel - SkParser.FirstChannel]++;
            }

            for (int i = 0; i < energies.Length; i++)
            {
                Assert.AreEqual(i % 7 == 3, chosen[i] > 0, i.ToString());
            }
        }

        [TestMethod]
        public static void APanThatSomebodyUsesIsNotChosen()
        {
            var plan = new ChannelPlan(new DurableStore(new FakeFiles()), new FakeRandom());
            plan.TakePan(0x0203);
            plan.Choose();
            Assert.AreEqual(0x0405, plan.PanId, "0203 came first");
        }

        [TestMethod]
        [DataRow("201234")]
        [DataRow("3D1234")]
        [DataRow("21FFFF")]
        [DataRow("2112")]
        public static void ADamagedPlanIsNone(string record)
        {
            var store = new DurableStore(new FakeFiles());
            byte[] bytes = Hex.Parse(record);
            store.Write(ChannelPlan.Record, bytes, bytes.Length);
            Assert.IsFalse(new ChannelPlan(store, new FakeRandom()).IsChosen);
        }
    }
}
