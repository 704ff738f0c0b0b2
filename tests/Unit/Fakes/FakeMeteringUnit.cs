using NanoComm.MeterLink;
using NanoComm.Metering;

namespace NanoComm.Tests
{
    /// <summary>
    /// A metering unit whose registers are a function of its clock alone: the normal one counts minutes, the reverse
    /// one half of that. It notes what it was asked.
    /// </summary>
    public sealed class FakeMeteringUnit : IMeteringUnit
    {
        /// <summary>What <see cref="RewrittenFrom"/> adds to the registers.</summary>
        public const uint Rewritten = 50000000;

        private readonly FakeClock _clock;
        private readonly int _rate;
        private long _base;

        /// <summary>Makes a metering unit.</summary>
        /// <param name="clock">Drives its clock.</param>
        /// <param name="time">Its clock while the other one stands at 0.</param>
        /// <param name="rate">Its seconds in a second of the other one.</param>
        public FakeMeteringUnit(FakeClock clock, long time, int rate)
        {
            _clock = clock;
            _base = time;
            _rate = rate;
        }

        /// <summary>Its clock.</summary>
        public long Time
        {
            get { return _base + (_clock.Milliseconds * _rate / 1000); }
        }

        /// <inheritdoc/>
        public bool HasGaps { get; set; }

        /// <summary>How every question ends.</summary>
        public MeteringResult Answer { get; set; } = MeteringResult.Ok;

        /// <summary>How questions for half hours end while <see cref="Answer"/> is Ok.</summary>
        public MeteringResult HalfHourAnswer { get; set; } = MeteringResult.Ok;

        /// <summary>How questions for live values end while <see cref="Answer"/> is Ok.</summary>
        public MeteringResult LiveAnswer { get; set; } = MeteringResult.Ok;

        /// <summary>How long a question for live values takes.</summary>
        public int LiveMilliseconds { get; set; }

        /// <summary>What it says its power is.</summary>
        public int Power { get; set; } = 1234;

        /// <summary>How often live values were asked for.</summary>
        public int LiveQuestions { get; private set; }

        /// <summary>Last character of its serial number; 0 when it has none.</summary>
        public byte Serial { get; set; } = 0x31;

        /// <summary>True: it answers with a row before and a row after those it was asked for, too.</summary>
        public bool AnswersTooMuch { get; set; }

        /// <summary>True: its clock is not known.</summary>
        public bool IsClockLost { get; set; }

        /// <summary>How long a question takes.</summary>
        public int QuestionMilliseconds { get; set; }

        /// <summary>First row that is missing in its profiles.</summary>
        public long MissingFrom { get; set; } = long.MaxValue;

        /// <summary>Last row that is missing in its profiles.</summary>
        public long MissingTo { get; set; } = long.MaxValue;

        /// <summary>From this time on registers are others: the clock shows it for the second time.</summary>
        public long RewrittenFrom { get; set; } = long.MaxValue;

        /// <summary>How often its parameters were asked for.</summary>
        public int ParameterQuestions { get; private set; }

        /// <summary>How often its registers were asked for.</summary>
        public int NowQuestions { get; private set; }

        /// <summary>Its clock when its registers were asked for last.</summary>
        public long NowAskedAt { get; private set; }

        /// <summary>How often minutes were asked for.</summary>
        public int MinuteQuestions { get; private set; }

        /// <summary>How many minutes were asked for.</summary>
        public int MinutesAsked { get; private set; }

        /// <summary>How often half hours were asked for.</summary>
        public int HalfHourQuestions { get; private set; }

        /// <summary>How many half hours were asked for.</summary>
        public int HalfHoursAsked { get; private set; }

        /// <summary>How questions of a request end while <see cref="Answer"/> is Ok.</summary>
        public MeteringResult RequestAnswer { get; set; } = MeteringResult.Ok;

        /// <summary>How often rows of a request were asked for.</summary>
        public int RequestQuestions { get; private set; }

        /// <summary>How many rows of a request were asked for.</summary>
        public int RowsRequested { get; private set; }

        /// <summary>First row of the last question for rows.</summary>
        public long AskedFrom { get; private set; }

        /// <summary>Last row of the last question for rows.</summary>
        public long AskedTo { get; private set; }

        /// <summary>Steps its clock.</summary>
        public void Step(int seconds)
        {
            _base += seconds;
        }

        /// <summary>Forgets what it was asked.</summary>
        public void ForgetQuestions()
        {
            ParameterQuestions = 0;
            NowQuestions = 0;
            LiveQuestions = 0;
            MinuteQuestions = 0;
            MinutesAsked = 0;
            HalfHourQuestions = 0;
            HalfHoursAsked = 0;
        }

        /// <summary>Register of the normal direction.</summary>
        public uint NormalAt(long time)
        {
            return (uint)(time / MeterTime.Minute) + (time >= RewrittenFrom ? Rewritten : 0);
        }

        /// <summary>Register of the reverse direction.</summary>
        public uint ReverseAt(long time)
        {
            return NormalAt(time) / 2;
        }

        /// <inheritdoc/>
        public MeteringResult ReadParameters(MeterParameters parameters)
        {
            ParameterQuestions++;
            _clock.Milliseconds += QuestionMilliseconds;
            if (Answer == MeteringResult.Ok)
            {
                parameters.Set(new byte[] { (byte)(Serial == 0 ? 0 : 0x54), Serial }, 1, 0x03, 8);
            }

            return Answer;
        }

        /// <inheritdoc/>
        public MeteringResult ReadNow(MeterReading reading)
        {
            NowQuestions++;
            NowAskedAt = Time;
            long minute = MeterTime.Floor(Time, MeterTime.Minute);
            if (Answer == MeteringResult.Ok)
            {
                reading.SetRegisters(IsClockLost ? MeterTime.Unknown : Time, NormalAt(Time), ReverseAt(Time));
                reading.SetInstantaneous(Power, 56, 78);
                if (IsMissing(minute))
                {
                    reading.SetMinute(MeterTime.Unknown, MeterReading.NoEnergy, MeterReading.NoEnergy);
                }
                else
                {
                    reading.SetMinute(minute, NormalAt(minute), ReverseAt(minute));
                }
            }

            _clock.Milliseconds += QuestionMilliseconds;
            return Answer;
        }

        /// <inheritdoc/>
        public MeteringResult ReadLive(MeterReading reading)
        {
            LiveQuestions++;
            MeteringResult answer = Answer == MeteringResult.Ok ? LiveAnswer : Answer;
            if (answer == MeteringResult.Ok)
            {
                reading.SetRegisters(reading.Time, NormalAt(Time), ReverseAt(Time));
                reading.SetInstantaneous(Power, 56, 78);
            }

            _clock.Milliseconds += LiveMilliseconds;
            return answer;
        }

        /// <inheritdoc/>
        public MeteringResult ReadMinutes(long from, long to, IProfileSink sink)
        {
            MinuteQuestions++;
            MinutesAsked += (int)((to - from) / MeterTime.Minute) + 1;
            return ReadRows(from, to, MeterTime.Minute, Answer, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadHalfHours(long from, long to, IProfileSink sink)
        {
            HalfHourQuestions++;
            HalfHoursAsked += (int)((to - from) / MeterTime.HalfHour) + 1;
            return ReadRows(from, to, MeterTime.HalfHour, Answer == MeteringResult.Ok ? HalfHourAnswer : Answer, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadRequest(ProfileRequest request)
        {
            RequestQuestions++;
            RowsRequested += request.Rows;
            _clock.Milliseconds += QuestionMilliseconds;
            return Answer == MeteringResult.Ok ? RequestAnswer : Answer;
        }

        private MeteringResult ReadRows(long from, long to, int interval, MeteringResult answer, IProfileSink sink)
        {
            AskedFrom = from;
            AskedTo = to;
            if (answer == MeteringResult.Ok)
            {
                if (AnswersTooMuch)
                {
                    sink.Put(from - interval, new uint[] { Rewritten, Rewritten });
                    sink.Put(to + interval, new uint[] { Rewritten, Rewritten });
                }

                for (long time = from; time <= to; time += interval)
                {
                    if (time <= Time && !IsMissing(time))
                    {
                        sink.Put(time, new uint[] { NormalAt(time), ReverseAt(time) });
                    }
                }
            }

            _clock.Milliseconds += QuestionMilliseconds;
            return answer;
        }

        private bool IsMissing(long time)
        {
            return time >= MissingFrom && time <= MissingTo;
        }
    }
}
