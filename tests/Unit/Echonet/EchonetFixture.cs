using NanoComm.Echonet;
using NanoComm.Metering;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>
    /// A node with the objects of a unit and a known identity, asked in hexadecimal. Until <see cref="Identify"/>
    /// there is no meter object; until <see cref="TakeReading"/> it has no values.
    /// </summary>
    public sealed class EchonetFixture
    {
        /// <summary>Transaction id of the first notification.</summary>
        public const int FirstTid = 0xFFFE;

        /// <summary>Four bytes without data.</summary>
        public const string NoEnergy = "FFFFFFFE";

        /// <summary>2027-02-28 12:34:05: when the meter is read.</summary>
        public static readonly long ReadingTime = MeterTime.FromCalendar(2027, 2, 28, 12, 34, 5);

        private readonly byte[] _response = new byte[EchonetNode.BufferLength];
        private readonly MeterClock _clock = new MeterClock(1);
        private readonly MeterReading _live = new MeterReading();
        private readonly MeterParameters _parameters = new MeterParameters();

        /// <summary>Makes a node that has not heard of a metering unit.</summary>
        public EchonetFixture()
        {
            EchonetIdentity identity = Identity();
            Location = new InstallationLocation(new DurableStore(Files));
            Meter = new LowVoltageMeter(new MeterValues(identity, Location, Data));
            Node = new EchonetNode(FirstTid, new NodeProfile(identity, Meter), Meter);
            Terminal = new Terminal(Node);
        }

        /// <summary>The durable medium.</summary>
        public FakeFiles Files { get; } = new FakeFiles();

        /// <summary>The read model.</summary>
        public MeterData Data { get; } = new MeterData(1);

        /// <summary>Property 81.</summary>
        public InstallationLocation Location { get; }

        /// <summary>The meter object.</summary>
        public LowVoltageMeter Meter { get; }

        /// <summary>The node.</summary>
        public EchonetNode Node { get; }

        /// <summary>Who asks, unless told otherwise.</summary>
        public Terminal Terminal { get; }

        /// <summary>The monotonic clock in milliseconds.</summary>
        public long Now { get; set; } = 1000000;

        /// <summary>Who the unit is.</summary>
        public static EchonetIdentity Identity()
        {
            return new EchonetIdentity(
                Hex.Parse("00000B"),
                Hex.Parse("0102030405060708090A0B0C0D"),
                Hex.Parse("A1A2A3A4A5A6A7A8A9AAABAC"),
                Hex.Parse("4E43313030000000 00000000"));
        }

        /// <summary>A fixture whose meter was read at <see cref="ReadingTime"/>, this moment.</summary>
        public static EchonetFixture WithReading()
        {
            var fixture = new EchonetFixture();
            fixture.Identify();
            fixture.TakeReading(ReadingTime);
            return fixture;
        }

        /// <summary>A frame of one property from a HEMS to the meter.</summary>
        public static string Request(int esv, int epc, string edt)
        {
            return "1081000105FF01028801" + esv.ToString("X2") + "01" + epc.ToString("X2")
                + (edt.Length / 2).ToString("X2") + edt;
        }

        /// <summary>The meter's answer to it.</summary>
        public static string Answer(int esv, int epc, string edt)
        {
            return "1081000102880105FF01" + esv.ToString("X2") + "01" + epc.ToString("X2")
                + (edt.Length / 2).ToString("X2") + edt;
        }

        /// <summary>The metering unit tells its parameters.</summary>
        public void Identify()
        {
            Assert.IsTrue(_parameters.Set(Hex.Parse("4D5532303237303030313233"), 1, 0x01, 6));
            Data.Publish(_parameters, new MeterReading(), _clock, Now);
        }

        /// <summary>The metering unit is read: registers 123456 and 789, 1500 W, 6.8 A and -1.2 A; in the minute
        /// before 123455 and 788.</summary>
        public void TakeReading(long time)
        {
            var reading = new MeterReading();
            reading.SetRegisters(time, 123456, 789);
            reading.SetInstantaneous(1500, 68, -12);
            reading.SetMinute(MeterTime.Floor(time, MeterTime.Minute), 123455, 788);
            _clock.Set(time, Now);
            Data.Minutes.Put(reading.MinuteTime, reading.MinuteNormal, reading.MinuteReverse);
            Data.Publish(_parameters, reading, _clock, Now);
            _live.CopyFrom(reading);
        }

        /// <summary>The live values are read after <see cref="TakeReading"/>.</summary>
        public void TakeLive(uint normal, int power)
        {
            _live.SetRegisters(_live.Time, normal, _live.Reverse);
            _live.SetInstantaneous(power, _live.CurrentR, _live.CurrentT);
            Data.PublishLive(_live, Now);
        }

        /// <summary>The half-hour value of a time is read.</summary>
        public void TakeHalfHour(long time, uint normal, uint reverse)
        {
            Data.HalfHours.Put(time, normal, reverse);
            Data.PublishHalfHour();
        }

        /// <summary>Hands a frame to the node.</summary>
        /// <returns>The answer, or "" for silence.</returns>
        public string Ask(string request)
        {
            return Ask(request, Terminal);
        }

        /// <summary>Hands a frame to the node.</summary>
        /// <returns>The answer, or "" for silence.</returns>
        public string Ask(string request, Terminal terminal)
        {
            byte[] frame = Hex.Parse(request);
            int length = Node.Handle(frame, frame.Length, terminal, Now, _response);
            Assert.AreEqual(Hex.Compact(request), Hex.Format(frame, 0, frame.Length), "the request was changed");
            return Hex.Format(_response, 0, length);
        }

        /// <summary>Reads one property of the meter.</summary>
        /// <returns>Its EDT, or "" when it is refused.</returns>
        public string Get(int epc)
        {
            return Get(epc, Terminal);
        }

        /// <summary>Reads one property of the meter.</summary>
        /// <returns>Its EDT, or "" when it is refused.</returns>
        public string Get(int epc, Terminal terminal)
        {
            string answer = Ask(Request(Esv.Get, epc, ""), terminal);
            string edt = answer.Substring(2 * (EchonetFrame.PropertiesOffset + 2));
            Assert.AreEqual(Answer(edt.Length > 0 ? Esv.GetRes : Esv.GetSna, epc, edt), answer);
            return edt;
        }

        /// <summary>Writes one property of the meter.</summary>
        /// <returns>Whether it was accepted.</returns>
        public bool Set(int epc, string edt)
        {
            return Set(epc, edt, Terminal);
        }

        /// <summary>Writes one property of the meter.</summary>
        /// <returns>Whether it was accepted.</returns>
        public bool Set(int epc, string edt, Terminal terminal)
        {
            string answer = Ask(Request(Esv.SetC, epc, edt), terminal);
            bool accepted = answer == Answer(Esv.SetRes, epc, "");
            Assert.IsTrue(accepted || answer == Answer(Esv.SetCSna, epc, edt), answer);
            return accepted;
        }
    }
}
