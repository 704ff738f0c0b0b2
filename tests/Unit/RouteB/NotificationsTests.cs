using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.RouteB;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class NotificationsTests
    {
        // What follows the transaction id.
        private const string InstanceList = "0EF001 0EF001 73 01 D5 04 01 028801";
        private const string NoInstances = "0EF001 0EF001 73 01 D5 01 00";
        private const string FixedTime = "028801 05FF01 73 02 EA 0B 07EB021C0C1E00 0001E208 EB 0B 07EB021C0C1E00 0000030C";
        private const string Fault = "028801 0EF001 73 01 88 01 41";
        private const string NoFault = "028801 0EF001 73 01 88 01 42";
        private const long FreshMilliseconds = 120000;

        [TestMethod]
        public static void NothingIsAnnouncedBeforeTheLinkIsUp()
        {
            AssertNext("", Make(new EchonetFixture()), new EchonetFixture());
        }

        [TestMethod]
        public static void LinkUpAnnouncesTheInstanceListOnce()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            Notifications notifications = Make(fixture);
            notifications.LinkUp();
            AssertNext(InstanceList, notifications, fixture);
            AssertNext("", notifications, fixture);

            notifications.LinkUp();
            AssertNext(InstanceList, notifications, fixture);
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        public static void TheMeterThatComesLaterIsAnnounced()
        {
            var fixture = new EchonetFixture();
            Notifications notifications = Make(fixture);
            notifications.LinkUp();
            AssertNext(NoInstances, notifications, fixture);
            AssertNext("", notifications, fixture);

            fixture.Identify();
            AssertNext(InstanceList, notifications, fixture);
            AssertNext("", notifications, fixture);

            fixture.TakeReading(EchonetFixture.ReadingTime);
            AssertNext(NoFault, notifications, fixture);
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        [DataRow(0, true)]
        [DataRow(5, true)]
        [DataRow(299, true)]
        [DataRow(300, false)]
        [DataRow(1799, false)]
        public static void AHalfHourIsAnnouncedOnceWithinFiveMinutes(int secondsAfter, bool announced)
        {
            EchonetFixture fixture = UpAndQuiet(secondsAfter, out Notifications notifications);
            TakeHalfHour(fixture);
            AssertNext(announced ? FixedTime : "", notifications, fixture);
            AssertNext("", notifications, fixture);

            // What is read again is not announced again.
            TakeHalfHour(fixture);
            fixture.TakeReading(HalfHour() + secondsAfter);
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        public static void EachHalfHourIsAnnounced()
        {
            EchonetFixture fixture = UpAndQuiet(1, out Notifications notifications);
            TakeHalfHour(fixture);
            AssertNext(FixedTime, notifications, fixture);

            fixture.Now += 1800000;
            fixture.TakeReading(HalfHour() + 1801);
            fixture.TakeHalfHour(HalfHour() + 1800, 123500, 790);
            AssertNext(
                "028801 05FF01 73 02 EA 0B 07EB021C0D0000 0001E26C EB 0B 07EB021C0D0000 00000316",
                notifications,
                fixture);
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        public static void AHalfHourWithoutDataIsNotAnnounced()
        {
            EchonetFixture fixture = UpAndQuiet(1, out Notifications notifications);
            fixture.Data.HalfHours.MoveTo(HalfHour());
            fixture.Data.HalfHours.MarkAsked(HalfHour(), HalfHour());
            fixture.Data.PublishHalfHour();
            AssertNext("", notifications, fixture);

            // It was there after all.
            TakeHalfHour(fixture);
            AssertNext(FixedTime, notifications, fixture);
        }

        [TestMethod]
        public static void AChangedLocationIsAnnounced()
        {
            EchonetFixture fixture = UpAndQuiet(1, out Notifications notifications);
            Assert.IsTrue(fixture.Set(Epc.InstallationLocation, "08"));
            AssertNext("028801 0EF001 73 01 81 01 08", notifications, fixture);
            AssertNext("", notifications, fixture);

            Assert.IsTrue(fixture.Set(Epc.InstallationLocation, "08"));
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        public static void EachPathAnnouncesAChangedLocation()
        {
            EchonetFixture fixture = UpAndQuiet(1, out Notifications notifications);
            Notifications other = Make(fixture);
            other.LinkUp();
            AssertNext(InstanceList, other, fixture);
            Assert.IsTrue(fixture.Set(Epc.InstallationLocation, "10"));
            AssertNext("028801 0EF001 73 01 81 01 10", notifications, fixture);
            AssertNext("028801 0EF001 73 01 81 01 10", other, fixture);
        }

        [TestMethod]
        public static void AFaultIsAnnouncedWhenItComesAndWhenItGoes()
        {
            EchonetFixture fixture = UpAndQuiet(1, out Notifications notifications);
            Assert.AreEqual(fixture.Now + FreshMilliseconds, notifications.NextDeadline());
            fixture.Now += FreshMilliseconds - 1;
            AssertNext("", notifications, fixture);

            fixture.Now += 1;
            AssertNext(Fault, notifications, fixture);
            AssertNext("", notifications, fixture);
            Assert.AreEqual(Deadline.Never, notifications.NextDeadline(), "only a reading ends it");

            fixture.TakeReading(EchonetFixture.ReadingTime);
            AssertNext(NoFault, notifications, fixture);
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        public static void EverythingDueComesOneFrameAtATime()
        {
            EchonetFixture fixture = UpAndQuiet(200, out Notifications notifications);
            notifications.LinkUp();
            TakeHalfHour(fixture);
            Assert.IsTrue(fixture.Set(Epc.InstallationLocation, "08"));
            fixture.Now += 99000;
            AssertNext(InstanceList, notifications, fixture);
            AssertNext(FixedTime, notifications, fixture);
            AssertNext("028801 0EF001 73 01 81 01 08", notifications, fixture);
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        public static void AskingWhenToComeBackChangesNothing()
        {
            EchonetFixture fixture = UpAndQuiet(1, out Notifications notifications);
            Assert.IsTrue(fixture.Set(Epc.InstallationLocation, "08"));
            Assert.AreEqual(notifications.NextDeadline(), notifications.NextDeadline());
            Assert.AreEqual(0, fixture.Files.Changes, "nothing is written");
            AssertNext("028801 0EF001 73 01 81 01 08", notifications, fixture);
        }

        [TestMethod]
        public static void EachObjectOfTheNodeAnnouncesItsOwn()
        {
            var fixture = new EchonetFixture();
            var values = new MeterValues(EchonetFixture.Identity(), fixture.Location, fixture.Data);
            var meter = new LowVoltageMeter(values);
            var other = new TestMeter(0x028A01, values);
            var node = new EchonetNode(0, new NodeProfile(EchonetFixture.Identity(), meter, other), meter, other);
            var notifications = new Notifications(node);
            notifications.LinkUp();
            AssertNext(NoInstances, notifications, fixture);
            fixture.Identify();
            AssertNext("0EF001 0EF001 73 01 D5 07 02 028801 028A01", notifications, fixture);
            fixture.TakeReading(HalfHour() + 1);
            AssertNext(NoFault, notifications, fixture);
            AssertNext("028A01 0EF001 73 01 88 01 42", notifications, fixture);
            AssertNext("", notifications, fixture);

            TakeHalfHour(fixture);
            AssertNext(FixedTime, notifications, fixture);
            AssertNext("028A01 05FF01 73 01 E3 0F 07EB021C0C1E00 0001E208 0000030C", notifications, fixture);
            AssertNext("", notifications, fixture);
            Assert.AreEqual(fixture.Now + FreshMilliseconds, notifications.NextDeadline());
        }

        // Real meters send what belongs together in one frame; each object speaks for itself.
        [TestMethod]
        [DataRow(0x02, "03", " CB 0B 07EB021C0C1E00 000013EC", " CB 0F 07EB021C0C1E00 000013EC 000017D4")]
        [DataRow((int)HighVoltageParameters.NoUnit, "02", "", "")]
        public static void BothHighVoltageObjectsAnnounceTheHalfHour(int reactiveUnit, string count, string reactive,
            string bothReactive)
        {
            var fixture = new EchonetFixture(MeterClass.HighVoltage) { ReactiveUnit = (byte)reactiveUnit };
            Notifications notifications = Make(fixture);
            fixture.Identify();
            fixture.TakeReading(HalfHour() + 1);
            notifications.LinkUp();
            AssertNext("0EF001 0EF001 73 01 D5 07 02 028A01 028F01", notifications, fixture);
            AssertNext("", notifications, fixture);

            fixture.TakeHalfHour(HalfHour(), 5000);
            AssertNext(
                "028A01 05FF01 73" + count + "C3 0B 07EB021C0C1E00 00001450" + reactive
                    + "E3 0B 07EB021C0C1E00 00001388",
                notifications,
                fixture);
            Assert.IsTrue(notifications.IsForTerminals);
            AssertNext(
                "028F01 05FF01 73" + count + "C3 0F 07EB021C0C1E00 00001450 00001838" + bothReactive
                    + "E3 0F 07EB021C0C1E00 00001388 00001770",
                notifications,
                fixture);
            Assert.IsTrue(notifications.IsForTerminals);
            AssertNext("", notifications, fixture);
        }

        [TestMethod]
        public static void AHalfHourWaitsForTheRestOfItself()
        {
            var fixture = new EchonetFixture(MeterClass.HighVoltage);
            Notifications notifications = Make(fixture);
            fixture.Identify();
            fixture.TakeReading(HalfHour() + 1);
            notifications.LinkUp();
            AssertNext("0EF001 0EF001 73 01 D5 07 02 028A01 028F01", notifications, fixture);
            fixture.TakeHalfHour(HalfHour(), 5000, 6000);
            AssertNext("", notifications, fixture);

            // Neither has come, and only the active energy is there.
            fixture.Data.High.MoveTo(HalfHour());
            fixture.Data.High.Demand.MarkAsked(HalfHour(), HalfHour());
            fixture.Data.High.Reactive.MarkAsked(HalfHour(), HalfHour());
            fixture.Data.PublishHalfHour();
            AssertNext(
                "028A01 05FF01 73 03 C3 0B 07EB021C0C1E00 FFFFFFFE CB 0B 07EB021C0C1E00 FFFFFFFE"
                    + "E3 0B 07EB021C0C1E00 00001388",
                notifications,
                fixture);
        }

        private static long HalfHour()
        {
            return MeterTime.FromCalendar(2027, 2, 28, 12, 30, 0);
        }

        private static void TakeHalfHour(EchonetFixture fixture)
        {
            fixture.TakeHalfHour(HalfHour(), 123400, 780);
        }

        // Read that long after 12:30, before the half-hour's value is; the instance list is announced.
        private static EchonetFixture UpAndQuiet(int secondsAfter, out Notifications notifications)
        {
            var fixture = new EchonetFixture();
            fixture.Identify();
            fixture.TakeReading(HalfHour() + secondsAfter);
            notifications = Make(fixture);
            notifications.LinkUp();
            AssertNext(InstanceList, notifications, fixture);
            AssertNext("", notifications, fixture);
            return fixture;
        }

        private static Notifications Make(EchonetFixture fixture)
        {
            return new Notifications(fixture.Node);
        }

        private static void AssertNext(string expected, Notifications notifications, EchonetFixture fixture)
        {
            var buffer = new byte[EchonetNode.BufferLength];
            int length = notifications.Next(fixture.Now, buffer);
            string frame = Hex.Format(buffer, 0, length);
            Assert.AreEqual(Hex.Compact(expected), length > 8 ? frame.Substring(8) : frame);
            Assert.IsTrue(length == 0 || frame.StartsWith("1081"), frame);
        }
    }
}
