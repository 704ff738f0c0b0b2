using NanoComm.MeterLink;
using NanoComm.Metering;

namespace NanoComm.Tests
{
    /// <summary>A metering unit over its link to a scripted peer, and the answers of a common one: 40 A, three wires,
    /// 22 November 2026, 22:00:02.</summary>
    public sealed class MeteringFixture : IProfileSink, IIntervalSink
    {
        public const int Serial = 0;
        public const int Digits = 1;
        public const int NormalScaler = 2;
        public const int ReverseScaler = 3;
        public const int PowerNormalScaler = 4;
        public const int PowerReverseScaler = 5;
        public const int CurrentRScaler = 6;
        public const int CurrentTScaler = 7;
        public const int DeviceName = 8;

        public const int Clock = 0;
        public const int Normal = 1;
        public const int Reverse = 2;
        public const int PowerNormal = 3;
        public const int PowerReverse = 4;
        public const int CurrentR = 5;
        public const int CurrentT = 6;
        public const int NewestMinute = 7;

        /// <summary>Refused: no such object.</summary>
        public const string Undefined = "0104";

        /// <summary>A row of 22:00:00 and one of 22:01:00.</summary>
        public const string Row0 = "0203 090C07EA0B16FF160000FF800000 0600BC6140 0600000063";
        public const string Row1 = "0203 090C07EA0B16FF160100FF800000 0600BC6141 0600000064";

        /// <summary>Clock, import, export as they are captured.</summary>
        public const string Columns = "0204 120008 09060000010000FF 0F02 120000"
            + "0204 120003 09060100010800FF 0F02 120000" + "0204 120003 09060100020800FF 0F02 120000";

        public readonly DlmsFixture Link = new DlmsFixture();
        public readonly DlmsPeer Peer;
        public readonly FixedKeys Keys = new FixedKeys();
        public readonly FakeBoard Board = new FakeBoard();
        public readonly MeteringUnit Unit;
        public readonly MeterParameters Parameters = new MeterParameters();
        public readonly MeterReading Reading = new MeterReading();
        public string Rows = "";

        /// <summary>What it answers, each with its choice of data or data-access-result.</summary>
        public readonly string[] ParameterAnswers =
        {
            "00 0A08 4E43303030313233",
            "00 1106",
            "00 0202 0F00 161E",
            "00 0202 0F00 161E",
            "00 0202 0F00 161B",
            "00 0202 0F00 161B",
            "00 0202 0FFF 1621",
            "00 0202 0FFF 1621",
            "00 0904 4E434D4C",
        };

        /// <summary>Columns and order of the half-hours, then of the minutes.</summary>
        public readonly string[] LayoutAnswers =
        {
            "00 0103" + Columns, "00 1602", "00 0103" + Columns, "00 1602",
        };

        public readonly string[] NowAnswers =
        {
            "00 090C 07EA0B16FF160002FF800000",
            "00 0600BC614E",
            "00 0600000064",
            "00 06000004D2",
            "00 0600000000",
            "00 12007B",
            "00 12002D",
            "00 0101" + Row0,
        };

        private int _questions;

        public MeteringFixture(bool isPaired = true)
        {
            Peer = Link.Peer;
            Keys.Active = isPaired ? Link.Security : null;
            Unit = new MeteringUnit(Link.Client, Keys, Board);
        }

        /// <summary>Seconds since 22:00:00.</summary>
        public static long At(int seconds)
        {
            return MeterTime.FromCalendar(2026, 11, 22, 22, 0, 0) + seconds;
        }

        /// <summary>The serial number as digits.</summary>
        public static string SerialOf(MeterParameters parameters)
        {
            var serial = new byte[MeterParameters.SerialLength];
            parameters.CopySerial(serial, 0);
            return Hex.Format(serial, 0, serial.Length);
        }

        /// <summary>A reading as text: times in seconds since 22:00:00, "-" for no data.</summary>
        public static string TextOf(MeterReading reading)
        {
            return TextOf(reading.Time) + " " + TextOf(reading.Normal) + "/" + TextOf(reading.Reverse) + " "
                + (reading.Power == MeterReading.NoPower ? "-" : reading.Power.ToString()) + "W "
                + TextOf(reading.CurrentR) + "/" + TextOf(reading.CurrentT) + " " + TextOf(reading.MinuteTime) + " "
                + TextOf(reading.MinuteNormal) + "/" + TextOf(reading.MinuteReverse);
        }

        /// <summary>Adds the answer to the next request.</summary>
        /// <param name="kind">Of the response: 1 normal, 2 with block, 3 with list.</param>
        /// <param name="rest">What follows the invoke-id.</param>
        public void Answer(int kind, string rest)
        {
            _questions++;
            AnswerAgain(kind, rest);
        }

        /// <summary>Adds a further answer in the same question.</summary>
        public void AnswerAgain(int kind, string rest)
        {
            var invokeId = new byte[] { (byte)(0xC0 | (_questions & 0x0F)) };
            Peer.Script.Add("C40" + kind.ToString() + Hex.Format(invokeId, 0, 1) + rest);
        }

        /// <summary>Lets the next question go without one of these answers.</summary>
        public void AnswerNot(string instead)
        {
            _questions++;
            if (instead.Length > 0)
            {
                Peer.Script.Add(instead);
            }
        }

        public MeteringResult ReadParameters()
        {
            Answer(3, "09" + Join(ParameterAnswers));
            Answer(3, "04" + Join(LayoutAnswers));
            return Unit.ReadParameters(Parameters);
        }

        public MeteringResult ReadNow()
        {
            Answer(3, "08" + Join(NowAnswers));
            return Unit.ReadNow(Reading);
        }

        /// <summary>Reads what changes from second to second.</summary>
        /// <param name="answers">As <see cref="NowAnswers"/>, without the clock and the minute.</param>
        public MeteringResult ReadLive(string[] answers)
        {
            Answer(3, "06" + Join(answers));
            return Unit.ReadLive(Reading);
        }

        /// <summary>Links established by the client so far.</summary>
        public int Associations()
        {
            int count = 0;
            for (int i = 0; i < Peer.Frames.Count; i++)
            {
                count += ((string)Peer.Frames[i]).IndexOf("93") == 10 ? 1 : 0;
            }

            return count;
        }

        public void Put(long time, uint[] values)
        {
            string row = TextOf(time) + ":" + values[0].ToString();
            for (int i = 1; i < values.Length; i++)
            {
                row += "/" + values[i].ToString();
            }

            Rows += row + " ";
        }

        public void Put(long time, uint normal, uint reverse)
        {
            Rows += TextOf(time) + ":" + normal.ToString() + "/" + reverse.ToString() + " ";
        }

        private static string TextOf(long time)
        {
            return time == MeterTime.Unknown ? "-" : (time - At(0)).ToString();
        }

        private static string TextOf(uint energy)
        {
            return energy == MeterReading.NoEnergy ? "-" : energy.ToString();
        }

        private static string TextOf(int current)
        {
            return current == MeterReading.NoCurrent ? "-" : current.ToString();
        }

        private static string Join(string[] texts)
        {
            string joined = "";
            for (int i = 0; i < texts.Length; i++)
            {
                joined += texts[i];
            }

            return joined;
        }
    }
}
