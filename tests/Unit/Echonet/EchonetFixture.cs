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
        private readonly MeterClass _class;
        private readonly MeterReading _live;
        private readonly MeterParameters _parameters;

        /// <summary>Makes a node that has not heard of a metering unit.</summary>
        /// <param name="meterClass">Of the metering unit.</param>
        public EchonetFixture(MeterClass meterClass = MeterClass.LowVoltage)
        {
            EchonetIdentity identity = Identity();
            Location = new InstallationLocation(new DurableStore(Files));
            Data = new MeterData(1, meterClass);
            _class = meterClass;
            _live = new MeterReading(meterClass);
            _parameters = new MeterParameters(meterClass);
            if (meterClass == MeterClass.LowVoltage)
            {
                Meter = new LowVoltageMeter(new MeterValues(identity, Location, Data));
                Node = new EchonetNode(FirstTid, new NodeProfile(identity, Meter), Meter);
                Asked = Eoj.LowVoltageMeter;
            }
            else
            {
                var values = new HighVoltageValues(identity, Location, Data);
                var one = new HighVoltageMeter(values);
                var other = new BidirectionalHighVoltageMeter(values);
                Node = new EchonetNode(FirstTid, new NodeProfile(identity, one, other), one, other);
                Asked = Eoj.HighVoltageMeter;
            }

            Terminal = new Terminal(Node);
        }

        /// <summary>The durable medium.</summary>
        public FakeFiles Files { get; } = new FakeFiles();

        /// <summary>The read model.</summary>
        public MeterData Data { get; }

        /// <summary>Property 81.</summary>
        public InstallationLocation Location { get; }

        /// <summary>The meter object at low voltage.</summary>
        public LowVoltageMeter Meter { get; }

        /// <summary>The object that <see cref="Get(int)"/> and <see cref="Set(int, string)"/> ask.</summary>
        public int Asked { get; set; }

        /// <summary>The unit of reactive energy that a high-voltage metering unit tells.</summary>
        public byte ReactiveUnit { get; set; } = 0x02;

        /// <summary>The unit of the cumulative maximum demand that it tells.</summary>
        public byte CumulativeDemandUnit { get; set; } = 0x0A;

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
            return WithReading(MeterClass.LowVoltage);
        }

        /// <summary>A fixture whose meter was read at <see cref="ReadingTime"/>, this moment.</summary>
        public static EchonetFixture WithReading(MeterClass meterClass)
        {
            var fixture = new EchonetFixture(meterClass);
            fixture.Identify();
            fixture.TakeReading(ReadingTime);
            return fixture;
        }

        /// <summary>A frame of one property from a HEMS to the low-voltage meter.</summary>
        public static string Request(int esv, int epc, string edt)
        {
            return Request(Eoj.LowVoltageMeter, esv, epc, edt);
        }

        /// <summary>A frame of one property from a HEMS to an object.</summary>
        public static string Request(int eoj, int esv, int epc, string edt)
        {
            return "1081000105FF01" + eoj.ToString("X6") + OneProperty(esv, epc, edt);
        }

        /// <summary>The low-voltage meter's answer to it.</summary>
        public static string Answer(int esv, int epc, string edt)
        {
            return Answer(Eoj.LowVoltageMeter, esv, epc, edt);
        }

        /// <summary>An object's answer to it.</summary>
        public static string Answer(int eoj, int esv, int epc, string edt)
        {
            return "10810001" + eoj.ToString("X6") + "05FF01" + OneProperty(esv, epc, edt);
        }

        /// <summary>The metering unit tells its parameters.</summary>
        public void Identify()
        {
            Assert.IsTrue(_parameters.Set(Hex.Parse("4D5532303237303030313233"), 1, 0x01, 6));
            Assert.IsTrue(_class == MeterClass.LowVoltage
                || _parameters.High.Set(0x01, 15, 0x00, 5, CumulativeDemandUnit, ReactiveUnit, 7));
            Data.Publish(_parameters, new MeterReading(_class), _clock, Now);
        }

        /// <summary>The metering unit is read: registers 123456 and 789, 1500 W, 6.8 A and -1.2 A; in the minute
        /// before 123455 and 788. At high voltage the other registers are 1001 and up, as
        /// <see cref="HighVoltageReading"/> has them.</summary>
        public void TakeReading(long time)
        {
            var reading = new MeterReading(_class);
            reading.SetRegisters(time, 123456, 789);
            reading.SetInstantaneous(1500, 68, -12);
            reading.SetMinute(MeterTime.Floor(time, MeterTime.Minute), 123455, 788);
            for (int i = 0; _class == MeterClass.HighVoltage && i < HighVoltageReading.Count; i++)
            {
                reading.High[i] = (uint)(1001 + i);
            }

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

        /// <summary>The values of a half-hour at high voltage are read: active energy, 100 more reactive, 200 more demand;
        /// 1000 more in the reverse direction.</summary>
        public void TakeHalfHour(long time, uint value)
        {
            Data.High.Reactive.Put(time, value + 100, value + 1100);
            Data.High.Demand.Put(time, value + 200, value + 1200);
            TakeHalfHour(time, value, value + 1000);
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

        /// <summary>Reads one property of the object asked.</summary>
        /// <returns>Its EDT, or "" when it is refused.</returns>
        public string Get(int epc)
        {
            return Get(epc, Terminal);
        }

        /// <summary>Reads one property of the object asked.</summary>
        /// <returns>Its EDT, or "" when it is refused.</returns>
        public string Get(int epc, Terminal terminal)
        {
            string answer = Ask(Request(Asked, Esv.Get, epc, ""), terminal);
            string edt = answer.Substring(2 * (EchonetFrame.PropertiesOffset + 2));
            Assert.AreEqual(Answer(Asked, edt.Length > 0 ? Esv.GetRes : Esv.GetSna, epc, edt), answer);
            return edt;
        }

        /// <summary>Writes one property of the object asked.</summary>
        /// <returns>Whether it was accepted.</returns>
        public bool Set(int epc, string edt)
        {
            return Set(epc, edt, Terminal);
        }

        /// <summary>Writes one property of the object asked.</summary>
        /// <returns>Whether it was accepted.</returns>
        public bool Set(int epc, string edt, Terminal terminal)
        {
            string answer = Ask(Request(Asked, Esv.SetC, epc, edt), terminal);
            bool accepted = answer == Answer(Asked, Esv.SetRes, epc, "");
            Assert.IsTrue(accepted || answer == Answer(Asked, Esv.SetCSna, epc, edt), answer);
            return accepted;
        }

        private static string OneProperty(int esv, int epc, string edt)
        {
            return esv.ToString("X2") + "01" + epc.ToString("X2") + (edt.Length / 2).ToString("X2") + edt;
        }
    }
}
