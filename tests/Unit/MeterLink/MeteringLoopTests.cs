using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>The loop against a metering unit in memory, one poll at a time.</summary>
    [TestClass]
    public static class MeteringLoopTests
    {
        private const int Hour = 3600;

        // Where the minutes are the subject: then live values are asked for before each of them, and not between.
        private const int OncePerMinute = 1000 * Hour * 500;

        private static FakeBoard _board;
        private static FakeMeteringUnit _unit;
        private static MeterData _data;
        private static MeteringLoop _loop;
        private static FakeLineTask _task;
        private static int _baudRate;

        [TestMethod]
        public static void FillsBothBuffersAtTheStart()
        {
            Begin(At(22, 10, 15, 30), 1);
            Assert.AreEqual((int)MeteringState.Absent, (int)_loop.State);

            Poll(1);

            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Assert.AreEqual(At(22, 10, 15, 0), _data.Minutes.Newest);
            Assert.AreEqual(At(22, 10, 0, 0), _data.HalfHours.Newest);
            AssertComplete(_data.Minutes);
            AssertComplete(_data.HalfHours);
            Assert.AreEqual(1, _unit.ParameterQuestions);
            Assert.AreEqual(1, _unit.NowQuestions);
            Assert.AreEqual(59, _unit.MinutesAsked, "the newest came with the registers");
            Assert.AreEqual(4800, _unit.HalfHoursAsked);
            Assert.AreEqual(80, _unit.HalfHourQuestions, "sixty rows a question");
            AssertRetries(0);
        }

        [TestMethod]
        public static void PublishesWhatItReads()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);

            MeterSnapshot snapshot = Copy();

            Assert.IsTrue(snapshot.IsIdentified);
            Assert.AreEqual(0x03, (int)snapshot.Parameters.Unit);
            Assert.AreEqual(At(22, 10, 15, 30), snapshot.Reading.Time);
            Assert.AreEqual(_unit.NormalAt(At(22, 10, 15, 30)), snapshot.Reading.Normal);
            Assert.AreEqual(_unit.ReverseAt(At(22, 10, 15, 30)), snapshot.Reading.Reverse);
            Assert.AreEqual(1234, snapshot.Reading.Power);
            Assert.AreEqual(56, (int)snapshot.Reading.CurrentR);
            Assert.AreEqual(78, (int)snapshot.Reading.CurrentT);
            Assert.AreEqual(At(22, 10, 15, 0), snapshot.Reading.MinuteTime);
            Assert.AreEqual(At(22, 10, 0, 0), snapshot.HalfHourTime);
            Assert.AreEqual(_unit.NormalAt(At(22, 10, 0, 0)), snapshot.HalfHourNormal);
            Assert.AreEqual(_unit.Time, snapshot.Clock.Now(_board.Time.Milliseconds));
        }

        // Rates beside 1 are a virtual board's. The start may fall anywhere within a second.
        [TestMethod]
        [DataRow(1, 0)]
        [DataRow(1, 999)]
        [DataRow(7, 1)]
        [DataRow(60, 100)]
        public static void PollsAtSecond2OfEveryMinute(int rate, int milliseconds)
        {
            Begin(At(22, 10, 15, 30), rate);
            _board.Time.Milliseconds = milliseconds;
            Poll(1);
            _unit.ForgetQuestions();
            long minute = _data.Minutes.Newest;

            for (int i = 1; i <= 14; i++)
            {
                Poll(1);
                long late = _unit.NowAskedAt - (minute + (i * 60));
                Assert.IsTrue(late >= 2 && late <= 3, late.ToString());
                Assert.AreEqual(minute + (i * 60), _data.Minutes.Newest);
                AssertComplete(_data.Minutes);
            }

            Assert.AreEqual(14, _unit.NowQuestions);
            Assert.AreEqual(0, _unit.MinuteQuestions, "a steady minute asks for nothing else");
            Assert.AreEqual(0, _unit.HalfHourQuestions);
            Assert.AreEqual(0, _unit.ParameterQuestions);
        }

        [TestMethod]
        public static void ReadsTheHalfHourAsSoonAsItIsClosed()
        {
            Begin(At(22, 10, 29, 10), 1);
            Poll(1);
            Assert.AreEqual(At(22, 10, 0, 0), _data.HalfHours.Newest);
            _unit.ForgetQuestions();

            Poll(1);

            Assert.AreEqual(At(22, 10, 30, 2), _unit.NowAskedAt);
            Assert.AreEqual(1, _unit.HalfHoursAsked);
            Assert.AreEqual(At(22, 10, 30, 0), _unit.AskedFrom);
            AssertComplete(_data.HalfHours);
            Assert.AreEqual(At(22, 10, 30, 0), Copy().HalfHourTime);
            Assert.AreEqual(_unit.NormalAt(At(22, 10, 30, 0)), Copy().HalfHourNormal);
        }

        // R16: whoever asks, and however often, the metering unit is asked at one rate.
        [TestMethod]
        [DataRow(1000)]
        [DataRow(5000)]
        public static void LiveValuesAreReadAtTheirRateBesideTheMinutes(int period)
        {
            Begin(At(22, 10, 15, 30), 1, period);
            Poll(1);
            Assert.AreEqual(0, _unit.LiveQuestions, "the first reading has them");
            _unit.ForgetQuestions();
            long begin = _board.Time.Milliseconds;

            while (_board.Time.Milliseconds < begin + 120000)
            {
                _unit.Power++;
                long at = _board.Time.Milliseconds;
                Poll(1);
                Assert.AreEqual(_unit.Power, Copy().Reading.Power);
                Assert.AreEqual(at + MeterData.LiveMilliseconds, Copy().LiveUntil);
                Assert.IsTrue(_board.Time.Milliseconds <= at + period);
            }

            Assert.AreEqual(2, _unit.NowQuestions);
            int live = 120000 / period;
            Assert.IsTrue(_unit.LiveQuestions >= live && _unit.LiveQuestions <= live + 3, _unit.LiveQuestions.ToString());
            Assert.AreEqual(_unit.LiveQuestions, _loop.LiveReadings);
            Assert.AreEqual(3, _loop.Readings);
            Assert.AreEqual(At(22, 10, 17, 0), Copy().Reading.MinuteTime);
        }

        [TestMethod]
        public static void LiveValuesWakeNobody()
        {
            Begin(At(22, 10, 15, 30), 1, 1000);
            var signal = new FakeSignal(_board.Time);
            _data.Subscribe(signal);
            Poll(1);
            int sets = signal.Sets;
            Poll(20);
            Assert.AreEqual(20, _loop.LiveReadings);
            Assert.AreEqual(sets, signal.Sets);
        }

        // What is late is not made up for: the next reading comes at once, and one alone.
        [TestMethod]
        public static void AMeteringUnitSlowerThanTheRateIsReadWithoutAPause()
        {
            Begin(At(22, 10, 15, 30), 1, 1000);
            Poll(1);
            _unit.LiveMilliseconds = 1700;
            _unit.ForgetQuestions();
            Poll(10);
            Assert.AreEqual(10, _unit.LiveQuestions);
            Assert.AreEqual(1000 + 17000, _board.Time.Milliseconds, "after a second, ten times as long as it takes");
            _unit.LiveMilliseconds = 0;
            long before = _board.Time.Milliseconds;
            Poll(2);
            Assert.IsTrue(_board.Time.Milliseconds - before >= 1000);
        }

        // Refused, they are missed alone: minutes and history go on.
        [TestMethod]
        public static void RefusedLiveValuesStopNothingElse()
        {
            Begin(At(22, 10, 15, 30), 1, 1000);
            _unit.LiveAnswer = MeteringResult.Refused;
            Poll(60);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Assert.AreEqual(2, _loop.Readings);
            Assert.AreEqual(0, _loop.LiveReadings);
            Assert.AreEqual(59, _loop.Failures);
            AssertComplete(_data.Minutes);
        }

        [TestMethod]
        public static void LiveValuesWithoutAnAnswerAreTheMeteringUnitLost()
        {
            Begin(At(22, 10, 15, 30), 1, 1000);
            Poll(1);
            _unit.LiveAnswer = MeteringResult.NoAnswer;
            AssertRetries(4);
            Assert.AreEqual((int)MeteringState.Lost, (int)_loop.State);
        }

        // At most so many rows a question that live values come in time: fewer where the metering unit is slow.
        [TestMethod]
        [DataRow(9600, 400, 1, 12)]
        [DataRow(19200, 400, 1, 12)]
        [DataRow(38400, 400, 1, 60)]
        [DataRow(115200, 400, 1, 60)]
        [DataRow(9600, 900, 10, 1)]
        [DataRow(115200, 900, 10, 1)]
        public static void RowsAreAskedForInWhatTimeLiveValuesLeave(int baudRate, int milliseconds, int polls, int rows)
        {
            _baudRate = baudRate;
            Begin(At(22, 10, 15, 30), 1, 1000);
            _baudRate = 0;
            _unit.QuestionMilliseconds = milliseconds;
            Poll(polls);
            _unit.ForgetQuestions();
            Poll(1);
            int questions = _unit.MinuteQuestions + _unit.HalfHourQuestions;
            Assert.IsTrue(questions >= 1 && questions <= 2, questions.ToString());
            Assert.AreEqual(rows, (_unit.MinutesAsked + _unit.HalfHoursAsked) / questions);
        }

        // R7: what cannot be filled is no data. A half-hour that fell due while we read is asked for again each five
        // minutes, for two hours; one line says so.
        [TestMethod]
        public static void AMissingHalfHourIsAWarningAndAskedForAgain()
        {
            Begin(At(22, 10, 29, 10), 1);
            Poll(1);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Miss(At(22, 10, 30, 0), At(22, 10, 30, 0));
            _unit.ForgetQuestions();

            Poll(29);

            Assert.AreEqual(1 + 6, _unit.HalfHourQuestions);
            Assert.AreEqual(1 + 6, _unit.HalfHoursAsked);
            AssertNoData(_data.HalfHours, At(22, 10, 30, 0));
            Assert.AreEqual(At(22, 10, 30, 0), Copy().HalfHourTime);
            Assert.AreEqual(MeterReading.NoEnergy, Copy().HalfHourNormal);
            Assert.AreEqual((int)MeteringState.ReadingWithGaps, (int)_loop.State);
            Assert.IsTrue(_loop.LacksRows);
            Assert.AreEqual(1, _board.Warnings);
            Assert.AreEqual(0, _board.LastLine.IndexOf("1-0:99.1.0"), _board.LastLine);

            Poll(2);
            AssertNoData(_data.HalfHours, At(22, 10, 30, 0));
            AssertValue(_data.HalfHours, At(22, 11, 0, 0));
            Assert.AreEqual((int)MeteringState.ReadingWithGaps, (int)_loop.State);
            Poll(90);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State, "given up");
            _unit.ForgetQuestions();
            Poll(20);
            Assert.AreEqual(0, _unit.HalfHourQuestions);
            Assert.AreEqual(1, _board.Warnings);
        }

        [TestMethod]
        public static void AHalfHourThatComesLateIsServedAndTheStateIsGoodAgain()
        {
            Begin(At(22, 10, 29, 10), 1);
            Poll(1);
            Miss(At(22, 10, 30, 0), At(22, 10, 30, 0));
            Poll(2);
            Assert.AreEqual((int)MeteringState.ReadingWithGaps, (int)_loop.State);
            Miss(long.MaxValue, long.MaxValue);
            Poll(2);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            AssertValue(_data.HalfHours, At(22, 10, 30, 0));
            Assert.AreEqual(_unit.NormalAt(At(22, 10, 30, 0)), Copy().HalfHourNormal, "and published");
        }

        // What fell due before the first reading, or is skipped by a step of the clock, is not the metering unit's fault.
        [TestMethod]
        public static void WhatFellDueBeforeIsNoGap()
        {
            Begin(At(22, 10, 29, 10), 1);
            Miss(0, At(22, 10, 29, 0));
            Poll(3);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Miss(At(22, 10, 32, 0), At(23, 10, 31, 0));
            _unit.Step(MeterTime.Day);
            Poll(10);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
        }

        [TestMethod]
        public static void TwoMinutesThatAreMissingAreAGap()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            Miss(At(22, 10, 16, 0), At(22, 10, 17, 0));
            Poll(1);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State, "one may be late");
            Poll(1);
            Assert.AreEqual((int)MeteringState.ReadingWithGaps, (int)_loop.State);
            Assert.AreEqual(1, _board.Warnings);
            Assert.AreEqual(0, _board.LastLine.IndexOf("1-0:99.2.0"), _board.LastLine);
            Poll(1);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Miss(At(22, 10, 19, 0), At(22, 10, 22, 0));
            Poll(4);
            Assert.AreEqual((int)MeteringState.ReadingWithGaps, (int)_loop.State);
            Assert.AreEqual(1, _board.Warnings, "told once");
        }

        // What the metering unit does not give is a state of its own, told where it is found; it is looked for again.
        [TestMethod]
        public static void GapsAreAStateAndLookedForEachTenMinutes()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.HasGaps = true;
            Poll(1);
            Assert.AreEqual((int)MeteringState.ReadingWithGaps, (int)_loop.State);
            Assert.AreEqual("reading the metering unit", _board.LastLine);
            Poll(30);
            Assert.AreEqual(1 + 3, _unit.ParameterQuestions);
            _unit.HasGaps = false;
            Poll(1);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Poll(30);
            Assert.AreEqual(1, _board.Lines);
            Assert.AreEqual(1 + 3, _unit.ParameterQuestions);
        }

        // One that tells no serial number is taken for another one only with another pairing.
        [TestMethod]
        public static void WithoutASerialNumberTheRowsStayUntilAnotherPairing()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.Serial = 0;
            _unit.HasGaps = true;
            Poll(1);
            _unit.ForgetQuestions();
            Poll(30);
            Assert.AreEqual(3, _unit.ParameterQuestions);
            Assert.AreEqual(1, _unit.HalfHoursAsked, "the one that fell due");
            _task.Generation++;
            Poll(1);
            Assert.AreEqual(4801, _unit.HalfHoursAsked);
        }

        [TestMethod]
        public static void AMissingMinuteStaysNoData()
        {
            Begin(At(22, 10, 15, 30), 1);
            Miss(At(22, 10, 17, 0), At(22, 10, 18, 0));
            Poll(1);
            _unit.ForgetQuestions();

            Poll(10);

            Assert.AreEqual(2, _unit.MinutesAsked, "each once");
            AssertNoData(_data.Minutes, At(22, 10, 17, 0));
            AssertNoData(_data.Minutes, At(22, 10, 18, 0));
            AssertValue(_data.Minutes, At(22, 10, 16, 0));
            AssertValue(_data.Minutes, At(22, 10, 19, 0));
        }

        [TestMethod]
        public static void HistoryBeforeTheMeteringUnitIsNoData()
        {
            Begin(At(22, 10, 15, 30), 1);
            Miss(0, At(21, 12, 0, 0) - 1);

            Poll(3);

            Assert.AreEqual(4800, _unit.HalfHoursAsked);
            AssertNoData(_data.HalfHours, At(21, 11, 30, 0));
            AssertValue(_data.HalfHours, At(21, 12, 0, 0));
        }

        [TestMethod]
        public static void WithoutAnAnswerItAsksAgainAfterADoublingPause()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.Answer = MeteringResult.NoAnswer;

            AssertRetries(20);
            Assert.AreEqual((int)MeteringState.Lost, (int)_loop.State);
            Assert.AreEqual(20, _loop.Failures);

            // 10:16:02 and 0.25 + 0.5 + 1 + 2 + 4 + 15 times 8 s: the rows of two minutes are missing.
            Assert.AreEqual(At(22, 10, 18, 9), _unit.Time);
            _unit.Answer = MeteringResult.Ok;
            _unit.ForgetQuestions();
            Poll(1);

            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Assert.AreEqual(2, _unit.MinutesAsked, "only 10:16 and 10:17");
            Assert.AreEqual(At(22, 10, 16, 0), _unit.AskedFrom);
            Assert.AreEqual(At(22, 10, 17, 0), _unit.AskedTo);
            Assert.AreEqual(0, _unit.HalfHourQuestions);
            Assert.AreEqual(0, _unit.ParameterQuestions);
            AssertComplete(_data.Minutes);
            Assert.AreEqual(At(22, 10, 19, 2), _unit.Time, "back on the minute");

            _unit.Answer = MeteringResult.NoAnswer;
            AssertRetries(2);
        }

        [TestMethod]
        public static void AnOutageOfHoursIsFilledFromTheProfiles()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.Answer = MeteringResult.NoAnswer;
            Poll(1);
            _board.Time.Milliseconds += 5 * Hour * 1000L;
            _unit.Answer = MeteringResult.Ok;
            _unit.ForgetQuestions();

            Poll(1);

            Assert.AreEqual(59, _unit.MinutesAsked);
            Assert.AreEqual(10, _unit.HalfHoursAsked);
            AssertComplete(_data.Minutes);
            AssertComplete(_data.HalfHours);
            Assert.AreEqual(0, _loop.ClockJumps, "the clock went on as it should");
        }

        [TestMethod]
        public static void AMeteringUnitThatAnswersLateIsFound()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.Answer = MeteringResult.NoAnswer;

            AssertRetries(7);
            Assert.AreEqual((int)MeteringState.Absent, (int)_loop.State);
            Assert.AreEqual(7, _unit.ParameterQuestions);
            Assert.AreEqual(0, _unit.NowQuestions);
            Assert.IsFalse(Copy().IsIdentified);

            _unit.Answer = MeteringResult.Ok;
            Poll(1);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            AssertComplete(_data.HalfHours);
        }

        [TestMethod]
        public static void AnUnansweredGapIsAskedForAgain()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.HalfHourAnswer = MeteringResult.NoAnswer;

            AssertRetries(3);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State, "registers and minutes arrive");
            AssertComplete(_data.Minutes);
            AssertNoData(_data.HalfHours, At(22, 10, 0, 0));

            _unit.HalfHourAnswer = MeteringResult.Ok;
            Poll(1);
            AssertComplete(_data.HalfHours);
            AssertRetries(0);
        }

        [TestMethod]
        public static void AReadingWithoutTimeIsNone()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            int version = _data.Version;
            _unit.IsClockLost = true;

            AssertRetries(3);

            Assert.AreEqual((int)MeteringState.Refused, (int)_loop.State);
            Assert.AreEqual(version, _data.Version);
            Assert.AreEqual(1, _loop.Readings);
            Assert.AreEqual(3, _loop.Failures);
        }

        // One line for a person at the change, not one a poll.
        [TestMethod]
        [DataRow((int)MeteringResult.NoAnswer, (int)MeteringState.Absent, "no answer from the metering unit")]
        [DataRow((int)MeteringResult.Refused, (int)MeteringState.Refused, "the metering unit refuses")]
        [DataRow((int)MeteringResult.Unpaired, (int)MeteringState.Unpaired, "this unit is not paired")]
        [DataRow((int)MeteringResult.WrongUnit, (int)MeteringState.WrongUnit, "another metering unit is at the line")]
        [DataRow((int)MeteringResult.NotAuthentic, (int)MeteringState.NotAuthentic, "what answers is not the metering")]
        public static void WhyNothingIsReadIsSaidOnce(int answer, int state, string line)
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.Answer = (MeteringResult)answer;

            AssertRetries(7);

            Assert.AreEqual(state, (int)_loop.State);
            Assert.AreEqual(7, _loop.Failures);
            Assert.AreEqual(1, _board.Lines);
            Assert.AreEqual(1, _board.Warnings);
            Assert.AreEqual(0, _board.LastLine.IndexOf(line), _board.LastLine);
            Assert.IsFalse(Copy().IsIdentified);
            Assert.AreEqual(0, _unit.NowQuestions);

            _unit.Answer = MeteringResult.Ok;
            Poll(1);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Assert.AreEqual("reading the metering unit", _board.LastLine);
            Assert.AreEqual(2, _board.Lines);
            Assert.AreEqual(1, _board.Warnings);
        }

        [TestMethod]
        [DataRow((int)MeteringResult.NoAnswer, (int)MeteringState.Lost)]
        [DataRow((int)MeteringResult.Refused, (int)MeteringState.Refused)]
        [DataRow((int)MeteringResult.Unpaired, (int)MeteringState.Unpaired)]
        [DataRow((int)MeteringResult.WrongUnit, (int)MeteringState.WrongUnit)]
        [DataRow((int)MeteringResult.NotAuthentic, (int)MeteringState.NotAuthentic)]
        public static void WhatIsThereIsKeptWhileNothingIsRead(int answer, int state)
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            int version = _data.Version;
            _unit.Answer = (MeteringResult)answer;

            AssertRetries(3);

            Assert.AreEqual(state, (int)_loop.State);
            Assert.AreEqual(1, _board.Warnings);
            Assert.AreEqual(version, _data.Version);
            AssertComplete(_data.Minutes);
        }

        // It answers, but not this: no hurry, and the rest goes on.
        [TestMethod]
        public static void ARefusedGapIsAskedForAgainWithTheNextMinute()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.HalfHourAnswer = MeteringResult.Refused;

            Poll(3);

            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            Assert.AreEqual(3, _unit.NowQuestions);
            Assert.AreEqual(At(22, 10, 17, 2), _unit.NowAskedAt);
            Assert.AreEqual(3, _unit.HalfHourQuestions);
            Assert.AreEqual(3, _loop.Failures);
            Assert.AreEqual(0, _board.Warnings);
            AssertComplete(_data.Minutes);
            AssertNoData(_data.HalfHours, At(22, 10, 0, 0));

            _unit.HalfHourAnswer = MeteringResult.Ok;
            Poll(1);
            AssertComplete(_data.HalfHours);
        }

        [TestMethod]
        public static void RowsThatWereNotAskedForAreIgnored()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.AnswersTooMuch = true;

            Poll(1);

            Assert.AreEqual(At(22, 10, 15, 0), _data.Minutes.Newest);
            Assert.AreEqual(At(22, 10, 0, 0), _data.HalfHours.Newest);
            AssertComplete(_data.Minutes);
            AssertComplete(_data.HalfHours);
        }

        [TestMethod]
        public static void AfterAnHourBackTheBuffersFollow()
        {
            Begin(At(22, 10, 45, 30), 1);
            Poll(1);
            _unit.Step(-Hour);
            Poll(1);

            Assert.AreEqual(1, _loop.ClockJumps);
            Assert.AreEqual(1, _board.Warnings);
            Assert.AreEqual(At(22, 9, 46, 0), _data.Minutes.Newest);
            Assert.AreEqual(At(22, 9, 30, 0), _data.HalfHours.Newest);
            AssertComplete(_data.Minutes);
            AssertComplete(_data.HalfHours);
            Assert.AreEqual(At(22, 9, 46, 2), Copy().Reading.Time);
            Assert.AreEqual(At(22, 9, 30, 0), Copy().HalfHourTime);
            Assert.AreEqual(At(22, 9, 47, 2), _unit.Time, "polling goes on at second 2");

            Poll(14);
            Assert.AreEqual(At(22, 10, 0, 0), _data.HalfHours.Newest);
            AssertComplete(_data.HalfHours);
            Assert.AreEqual(1, _loop.ClockJumps);
        }

        [TestMethod]
        public static void AfterADayForwardTheBuffersFollow()
        {
            Begin(At(22, 10, 45, 30), 1);
            Poll(1);
            Miss(At(22, 10, 46, 0), At(23, 10, 45, 0));
            _unit.Step(MeterTime.Day);
            _unit.ForgetQuestions();
            Poll(1);

            Assert.AreEqual(1, _loop.ClockJumps);
            Assert.AreEqual(At(23, 10, 46, 0), _data.Minutes.Newest);
            Assert.AreEqual(At(23, 10, 30, 0), _data.HalfHours.Newest);
            Assert.AreEqual(59, _unit.MinutesAsked);
            Assert.AreEqual(48, _unit.HalfHoursAsked);
            AssertValue(_data.Minutes, At(23, 10, 46, 0));
            AssertNoData(_data.Minutes, At(23, 10, 45, 0));
            AssertNoData(_data.HalfHours, At(23, 10, 30, 0));
            AssertNoData(_data.HalfHours, At(22, 11, 0, 0));
            AssertValue(_data.HalfHours, At(22, 10, 30, 0));

            _unit.ForgetQuestions();
            Poll(10);
            Assert.AreEqual(0, _unit.MinuteQuestions, "the missing rows were asked for once");
            Assert.AreEqual(0, _unit.HalfHourQuestions);
        }

        // A clock that went back shows labels again; the metering unit keeps the later row of each.
        [TestMethod]
        [DataRow(-30, 52)]
        [DataRow(-1200, 52)]
        [DataRow(-3600, 52)]
        [DataRow(-1200, 10800)]
        [DataRow(-3600, 10800)]
        [DataRow(-86400, 172800)]
        public static void RowsRecordedAgainAfterAStepBackAreReadAgain(int step, int secondsToTheNextReading)
        {
            Begin(At(22, 10, 29, 30), 1);
            Poll(2);
            Assert.AreEqual(At(22, 10, 30, 0), _data.HalfHours.Newest);
            _board.Time.Milliseconds = 40000;
            _unit.Step(step);
            _unit.RewrittenFrom = _unit.Time;
            _board.Time.Milliseconds += secondsToTheNextReading * 1000L;

            for (int i = 0; i < 50; i++)
            {
                Poll(1);
                AssertComplete(_data.Minutes);
                AssertComplete(_data.HalfHours);
            }
        }

        // The metering clock tells whole seconds: one more or less is no step, and a few are followed quietly.
        [TestMethod]
        [DataRow(1)]
        [DataRow(-1)]
        [DataRow(20)]
        [DataRow(-20)]
        public static void ASmallCorrectionIsFollowed(int seconds)
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.Step(seconds);
            Poll(2);

            long late = _unit.NowAskedAt - MeterTime.Floor(_unit.NowAskedAt, MeterTime.Minute);
            Assert.IsTrue(late >= 2 && late <= 3, late.ToString());
            Assert.AreEqual(0, _loop.ClockJumps);
            Assert.AreEqual(0, _board.Warnings);
            AssertComplete(_data.Minutes);
        }

        [TestMethod]
        [DataRow(2026, 12, 31, 2027, 1, 1)]
        [DataRow(2028, 2, 28, 2028, 2, 29)]
        [DataRow(2028, 2, 29, 2028, 3, 1)]
        [DataRow(2027, 2, 28, 2027, 3, 1)]
        public static void MidnightIsAMinuteLikeAnyOther(
            int year, int month, int day, int nextYear, int nextMonth, int nextDay)
        {
            Begin(MeterTime.FromCalendar(year, month, day, 23, 57, 40), 1);
            long midnight = MeterTime.FromCalendar(nextYear, nextMonth, nextDay, 0, 0, 0);
            Poll(3);
            Assert.AreEqual(midnight - 60, _data.Minutes.Newest);
            Assert.AreEqual(midnight - 1800, _data.HalfHours.Newest);

            Poll(1);

            Assert.AreEqual(midnight + 2, _unit.NowAskedAt);
            Assert.AreEqual(midnight, _data.Minutes.Newest);
            Assert.AreEqual(midnight, _data.HalfHours.Newest);
            AssertComplete(_data.Minutes);
            AssertComplete(_data.HalfHours);
            Assert.AreEqual(midnight, Copy().HalfHourTime);
        }

        // A slow line: eighty questions of 3 s last four minutes. The clock is known 3 s late, and a question under
        // way is not cut short.
        [TestMethod]
        public static void FillingTheHistoryYieldsToTheMinutesReading()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.QuestionMilliseconds = 3000;
            for (int minute = 15; minute < 25; minute++)
            {
                Poll(1);
                Assert.AreEqual(At(22, 10, minute, 0), MeterTime.Floor(_unit.NowAskedAt, MeterTime.Minute));
                AssertComplete(_data.Minutes);
                long late = _unit.NowAskedAt - At(22, 10, minute, 0);
                Assert.IsTrue(minute == 15 || (late >= 2 && late <= 2 + 3 + 3), late.ToString());
            }

            Assert.AreEqual(4800, _unit.HalfHoursAsked);
            AssertComplete(_data.HalfHours);
        }

        [TestMethod]
        public static void AnAnswerThatTheUnitIsStoppingEndsTheLoop()
        {
            Begin(At(22, 10, 15, 30), 1);
            _unit.Answer = MeteringResult.Stopping;
            _board.Signal.WaitsLeft = 1;

            Run();

            Assert.AreEqual(1, _board.Signal.WaitsLeft, "it waits for nothing more");
            Assert.AreEqual(0, _loop.Failures);
        }

        [TestMethod]
        public static void WhatElseNeedsTheLineComesFirstAndBetweenPolls()
        {
            Begin(At(22, 10, 15, 30), 1);
            _task.Interval = 10000;
            _board.Signal.WaitsLeft = 5;
            Run();
            Assert.AreEqual("0 10 20 30 ", _task.Calls);
            Assert.AreEqual(2, _unit.NowQuestions, "at 0 and at 32 s, and not when the other is due");

            _task.IsStopping = true;
            _unit.ForgetQuestions();
            _board.Signal.WaitsLeft = 1;
            _board.Time.Milliseconds += 60000;
            Run();
            Assert.AreEqual(0, _unit.NowQuestions);
            Assert.AreEqual(1, _board.Signal.WaitsLeft);
        }

        // With another pairing the poll comes at once, and what is known of the metering unit is asked for again.
        [TestMethod]
        public static void AnotherPairingBeginsAnew()
        {
            Begin(At(22, 10, 15, 30), 1);
            _task.Interval = 5000;
            _unit.Answer = MeteringResult.Unpaired;
            _board.Signal.WaitsLeft = 20;
            Run();
            _unit.ForgetQuestions();

            _unit.Answer = MeteringResult.Ok;
            _task.Generation++;
            long before = _board.Time.Milliseconds;
            _board.Signal.WaitsLeft = 1;
            Run();
            Assert.AreEqual(1, _unit.NowQuestions, (_board.Time.Milliseconds - before).ToString());
            AssertComplete(_data.Minutes);

            // The same metering unit: its rows stay.
            _unit.ForgetQuestions();
            _task.Generation++;
            Poll(1);
            Assert.AreEqual(1, _unit.ParameterQuestions);
            Assert.AreEqual(1, _unit.NowQuestions);
            Assert.AreEqual(0, _unit.HalfHourQuestions);
        }

        [TestMethod]
        public static void TheRowsOfAnotherMeteringUnitAreForgotten()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.Serial++;
            _unit.RewrittenFrom = 0;
            _unit.MissingFrom = At(22, 9, 30, 0);
            _unit.MissingTo = At(22, 9, 40, 0);
            _task.Generation++;
            _unit.HalfHourAnswer = MeteringResult.Refused;
            Poll(1);
            Assert.IsFalse(_data.Minutes.Get(At(22, 9, 35, 0), out uint _, out uint _), "the old one had it");
            Assert.IsTrue(_data.Minutes.Get(At(22, 10, 15, 0), out uint normal, out uint _));
            Assert.AreEqual(_unit.NormalAt(At(22, 10, 15, 0)), normal);
            Assert.IsFalse(_data.HalfHours.Get(At(22, 9, 0, 0), out uint _, out uint _));
            Assert.AreEqual(MeterReading.NoEnergy, Copy().HalfHourNormal);
        }

        // Nothing of the one that was read before is served beside it.
        [TestMethod]
        public static void AMeteringUnitOfTheOtherClassIsRefusedByName()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.Answer = MeteringResult.OtherClass;
            Poll(3);

            Assert.AreEqual((int)MeteringState.OtherClass, (int)_loop.State);
            Assert.AreEqual(1, _board.Warnings);
            MeterSnapshot snapshot = Copy();
            Assert.AreEqual(MeterReading.NoEnergy, snapshot.Reading.Normal);
            Assert.AreEqual(MeterReading.NoPower, snapshot.Reading.Power);
            Assert.AreEqual(0L, snapshot.FreshUntil);
            Assert.AreEqual(MeterReading.NoEnergy, snapshot.HalfHourNormal);
            Assert.IsFalse(_data.Minutes.Get(At(22, 10, 15, 0), out uint _, out uint _));

            _unit.Answer = MeteringResult.Ok;
            Poll(1);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
            AssertComplete(_data.HalfHours);
        }

        [TestMethod]
        public static void WhatHasChangedIsReadAtOnce()
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.ForgetQuestions();
            _unit.LiveAnswer = MeteringResult.Changed;
            Poll(1);

            Assert.AreEqual(1, _unit.ParameterQuestions);
            Assert.AreEqual(1, _unit.NowQuestions);
            Assert.AreEqual((int)MeteringState.Reading, (int)_loop.State);
        }

        // In the time that live values leave, and to its end whatever that is.
        [TestMethod]
        [DataRow(100)]
        [DataRow(400)]
        [DataRow(3000)]
        public static void RowsOfARequestAreReadBesideThePolls(int milliseconds)
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.ForgetQuestions();
            _unit.QuestionMilliseconds = milliseconds;
            ProfileRequest request = ProfileRequest.FiveMinutes(At(20, 0, 1, 0), At(20, 10, 0, 59), null);
            _loop.Read(request);
            for (int i = 0; i < 200 && !request.IsDone; i++)
            {
                Poll(1);
            }

            Assert.IsTrue(request.IsDone);
            Assert.AreEqual((int)MeteringResult.Ok, (int)request.Result);
            Assert.IsTrue(_unit.RowsRequested >= 120);
            Assert.IsTrue((_unit.LiveQuestions + 1) * 1000 >= _unit.RequestQuestions * milliseconds || milliseconds > 1000, "polls first");
            int questions = _unit.RequestQuestions;
            Poll(3);
            Assert.AreEqual(questions, _unit.RequestQuestions);
        }

        [TestMethod]
        [DataRow((int)MeteringResult.Refused, true)]
        [DataRow((int)MeteringResult.NoAnswer, false)]
        public static void ARequestEndsWhereItIsRefusedAndWaitsForAnAnswer(int answer, bool isDone)
        {
            Begin(At(22, 10, 15, 30), 1);
            Poll(1);
            _unit.RequestAnswer = (MeteringResult)answer;
            ProfileRequest request = ProfileRequest.QuarterHours(At(20, 0, 0, 0), At(20, 10, 0, 0), null);
            _loop.Read(request);
            Poll(2);
            Assert.AreEqual(isDone, request.IsDone);
            Assert.AreEqual(answer, (int)request.Result);

            _unit.RequestAnswer = MeteringResult.Ok;
            Poll(20);
            Assert.IsTrue(request.IsDone);
            Assert.AreEqual(isDone ? answer : (int)MeteringResult.Ok, (int)request.Result);
        }

        [TestMethod]
        public static void DoesNothingWhileTheUnitIsStopping()
        {
            Begin(At(22, 10, 15, 30), 1);
            _board.IsStopping = true;

            Run();

            Assert.AreEqual(0, _unit.ParameterQuestions);
        }

        private static void Begin(long time, int rate, int livePeriod = OncePerMinute)
        {
            _board = new FakeBoard();
            _board.MeteringLine = _baudRate == 0 ? null : new ByteLine("") { BaudRate = _baudRate };
            _unit = new FakeMeteringUnit(_board.Time, time, rate);
            _data = new MeterData(rate);
            _task = new FakeLineTask(_board.Time);
            _loop = new MeteringLoop(_board, _unit, _data, livePeriod, _task);
        }

        // As whoever guards it does: a step, and the wait for the next.
        private static void Run()
        {
            long next = _loop.Step();
            while (next != Deadline.Ended && _board.Signal.Wait(next) != WaitResult.Stopping)
            {
                next = _loop.Step();
            }
        }

        // Each poll ends with the wait for the next, so the clock then stands where that one is due.
        private static void Poll(int count)
        {
            _board.Signal.WaitsLeft = count;
            Run();
        }

        // Polls that fail, a pause after each: a quarter of a second, doubled each time up to 8 s.
        private static void AssertRetries(int count)
        {
            long pause = 250;
            for (int i = 0; i < count; i++)
            {
                long before = _board.Time.Milliseconds;
                Poll(1);
                Assert.AreEqual(pause, _board.Time.Milliseconds - before);
                pause = pause < 8000 ? pause * 2 : 8000;
            }
        }

        private static void Miss(long from, long to)
        {
            _unit.MissingFrom = from;
            _unit.MissingTo = to;
        }

        private static MeterSnapshot Copy()
        {
            var snapshot = new MeterSnapshot(_data.ClockRate);
            _data.CopyTo(snapshot);
            return snapshot;
        }

        // Every place of the window holds what the metering unit would answer.
        private static void AssertComplete(IntervalBuffer buffer)
        {
            for (int i = 0; i < buffer.Capacity; i++)
            {
                AssertValue(buffer, buffer.Newest - ((long)i * buffer.Interval));
            }
        }

        private static void AssertValue(IntervalBuffer buffer, long time)
        {
            if (!buffer.Get(time, out uint normal, out uint reverse) || normal != _unit.NormalAt(time)
                || reverse != _unit.ReverseAt(time))
            {
                Assert.AreEqual(_unit.NormalAt(time), normal, time.ToString());
                Assert.AreEqual(_unit.ReverseAt(time), reverse, time.ToString());
            }
        }

        private static void AssertNoData(IntervalBuffer buffer, long time)
        {
            Assert.IsFalse(buffer.Get(time, out uint normal, out uint reverse), time.ToString());
            Assert.AreEqual(MeterReading.NoEnergy, normal);
            Assert.AreEqual(MeterReading.NoEnergy, reverse);
        }

        // Of November 2026.
        private static long At(int day, int hour, int minute, int second)
        {
            return MeterTime.FromCalendar(2026, 11, day, hour, minute, second);
        }
    }
}
