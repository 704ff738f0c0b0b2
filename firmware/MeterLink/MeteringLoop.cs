using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// What is read from the metering unit, and when: at the start its parameters, the clock, and what both buffers
    /// lack; at a fixed rate the live values, whoever asks for them; each minute at second 2 the clock and the minute's
    /// value; at xx:00 and xx:30 the half-hour value; after a gap only the missing rows. Live values come first, and
    /// rows are asked for in what time they leave.
    /// </summary>
    public sealed class MeteringLoop : ISequence
    {
        /// <summary>The metering unit has closed an interval this many seconds after its end.</summary>
        public const int SettleSeconds = 2;

        /// <summary>What is told of the metering unit is told in the log under this name.</summary>
        internal const string LogSource = "metering";

        private const int JumpSeconds = 60;

        // What a line carries within half a second, so that the live values do not wait longer.
        private const int SlowBaudRate = 38400;
        private const int RowsOfASlowLine = 12;
        private const int RowsOfAFastLine = 60;

        // What cannot be read at all is looked for again so rarely.
        private const int IdentifyAgainMinutes = 10;
        private const long FirstRetry = 250;

        // Reading again at most 15 s after whatever disturbed the line: a pause and a question that still fails.
        private const long LastRetry = 8000;

        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly ILoops _loops;
        private readonly ISignal _wake;
        private readonly IMeteringUnit _unit;
        private readonly MeterData _data;
        private readonly ILineTask _task;
        private readonly int _livePeriod;
        private readonly int _mostRows;
        private readonly MeterClock _meterClock;
        private readonly MeterParameters _parameters = new MeterParameters();
        private readonly MeterReading _reading = new MeterReading();
        private readonly MissingRows _missing;
        private readonly RowsAskedFor _rows = new RowsAskedFor();
        private readonly byte[] _serial = new byte[MeterParameters.SerialLength];
        private readonly byte[] _serialBefore = new byte[MeterParameters.SerialLength];

        private ISignal _changed;
        private bool _identified;
        private bool _told;
        private int _generation;
        private long _retry = FirstRetry;
        private long _nextPoll;
        private long _nextMinute;
        private long _fillUntil;
        private int _rowsPerQuestion;
        private bool _refusesMinutes;
        private bool _refusesHalfHours;
        private long _lastTime;

        private int _serialGeneration;

        /// <summary>Makes the loop.</summary>
        /// <param name="board">Clock, log and loops.</param>
        /// <param name="unit">The metering unit; from now on this loop's alone.</param>
        /// <param name="data">Where the readings go.</param>
        /// <param name="livePeriod">Milliseconds from one reading of the live values to the next, 1 and up.</param>
        /// <param name="task">What else needs the line, or null.</param>
        public MeteringLoop(IBoard board, IMeteringUnit unit, MeterData data, int livePeriod, ILineTask task = null)
        {
            _clock = board.Clock;
            _log = board.Log;
            _loops = board.Loops;
            _wake = _loops.CreateSignal("next reading");
            _unit = unit;
            _data = data;
            _task = task;
            _livePeriod = livePeriod;
            _mostRows = board.MeteringLine != null && board.MeteringLine.BaudRate < SlowBaudRate
                ? RowsOfASlowLine
                : RowsOfAFastLine;
            _rowsPerQuestion = _mostRows;
            _meterClock = new MeterClock(data.ClockRate);
            _missing = new MissingRows(data, board.Log);
        }

        /// <summary>What the loop is doing.</summary>
        public MeteringState State { get; private set; }

        /// <summary>Readings with clock and minute since the start.</summary>
        public int Readings { get; private set; }

        /// <summary>Readings of live values alone since the start.</summary>
        public int LiveReadings { get; private set; }

        /// <summary>Questions that were not answered, or not sensibly, since the start.</summary>
        public int Failures { get; private set; }

        /// <summary>Whether rows that should be there are not, and nothing else was wrong with them.</summary>
        public bool LacksRows => _missing.AreThere;

        /// <summary>How often the metering clock was found a minute or more away from where it should have been.</summary>
        public int ClockJumps { get; private set; }

        /// <summary>Sets a signal whenever <see cref="State"/> has changed. Call before the loop starts.</summary>
        public void Notify(ISignal changed)
        {
            _changed = changed;
        }

        /// <inheritdoc/>
        public void Run()
        {
            bool goesOn = true;
            while (goesOn && !_loops.IsStopping)
            {
                goesOn = Attend() && PollWhenDue() && _wake.Wait(NextDeadline()) != WaitResult.Stopping;
            }
        }

        private bool Attend()
        {
            if (_task == null)
            {
                return true;
            }

            bool goesOn = _task.Attend();
            if (_generation != _task.Generation)
            {
                _generation = _task.Generation;
                _identified = false;
                _retry = FirstRetry;
                _nextPoll = 0;
            }

            return goesOn;
        }

        private bool PollWhenDue()
        {
            if (_clock.Milliseconds < _nextPoll)
            {
                return true;
            }

            long begin = _clock.Milliseconds;
            MeteringResult result = Poll(begin);
            if (result == MeteringResult.Stopping)
            {
                return false;
            }

            _nextPoll = NextPoll(result, begin);
            return true;
        }

        private long NextDeadline()
        {
            return _task == null || _nextPoll < _task.NextDeadline ? _nextPoll : _task.NextDeadline;
        }

        private MeteringState StateAfter(MeteringResult result)
        {
            switch (result)
            {
                case MeteringResult.Unpaired:
                    return MeteringState.Unpaired;
                case MeteringResult.WrongUnit:
                    return MeteringState.WrongUnit;
                case MeteringResult.NotAuthentic:
                    return MeteringState.NotAuthentic;
                case MeteringResult.Refused:
                    return MeteringState.Refused;
                default:
                    return Readings == 0 ? MeteringState.Absent : MeteringState.Lost;
            }
        }

        // Live values before the minute's, which take longer, the more so when an answer is lost.
        private MeteringResult Poll(long begin)
        {
            MeteringResult result = _identified ? ReadLive() : Identify();
            if (result == MeteringResult.Ok && _clock.Milliseconds >= _nextMinute)
            {
                result = ReadNow();
            }

            if (result == MeteringResult.Ok)
            {
                EnterReading();
                _fillUntil = Deadline.Earlier(begin + _livePeriod, _nextMinute);
                result = FillGaps();
                _missing.Look();
                EnterReading();
            }
            else if (result != MeteringResult.Stopping)
            {
                Enter(StateAfter(result));
            }

            return result;
        }

        private long NextPoll(MeteringResult result, long begin)
        {
            if (result == MeteringResult.Ok)
            {
                _retry = FirstRetry;
                return Deadline.Earlier(begin + _livePeriod, _nextMinute);
            }

            Failures++;
            long next = _clock.Milliseconds + _retry;
            _retry = _retry * 2 > LastRetry ? LastRetry : _retry * 2;
            return next;
        }

        // Reckoned once a reading: reckoned after filling gaps, it would leave out a minute that fell due meanwhile.
        private void SetNextMinute()
        {
            long time = _meterClock.Now(_clock.Milliseconds) - SettleSeconds;
            _nextMinute = _meterClock.When(MeterTime.Floor(time, MeterTime.Minute) + MeterTime.Minute + SettleSeconds);
        }

        private MeteringResult Identify()
        {
            MeteringResult result = _unit.ReadParameters(_parameters);
            _identified = result == MeteringResult.Ok;
            if (_identified)
            {
                TakeSerial();
                _nextMinute = 0;
            }

            return result;
        }

        // Another metering unit: what is in the buffers is not its energy. One that tells no serial number is taken for
        // another only with another pairing.
        private void TakeSerial()
        {
            _parameters.CopySerial(_serial, 0);
            bool isTold = _serial[0] != 0;
            bool isOther = isTold ? !Octets.AreEqual(_serial, 0, _serialBefore, 0, _serial.Length)
                : _serialGeneration != _generation;
            _serialGeneration = _generation;
            if (isOther)
            {
                Array.Copy(_serial, _serialBefore, _serial.Length);
                _missing.Forget();
                _data.Forget();
            }
        }

        // Refused, they are missed alone: the minute's reading says how the metering unit is.
        private MeteringResult ReadLive()
        {
            long asked = _clock.Milliseconds;
            MeteringResult result = _unit.ReadLive(_reading);
            if (result == MeteringResult.Ok)
            {
                LiveReadings++;
                _data.PublishLive(_reading, asked);
            }
            else if (result == MeteringResult.Refused)
            {
                Failures++;
                result = MeteringResult.Ok;
            }

            return result;
        }

        private MeteringResult ReadNow()
        {
            long before = _clock.Milliseconds;
            MeteringResult result = _unit.ReadNow(_reading);
            if (result != MeteringResult.Ok)
            {
                return result;
            }

            if (_reading.Time == MeterTime.Unknown)
            {
                return MeteringResult.Refused;
            }

            Readings++;
            _refusesMinutes = false;
            _refusesHalfHours = false;
            FollowClock(before);
            SetNextMinute();
            MoveTo(_reading.Time - SettleSeconds);
            TakeNewestMinute();
            _lastTime = _reading.Time;
            _data.Publish(_parameters, _reading, _meterClock, before);
            if (_missing.TakeReading(_lastTime))
            {
                long minute = _lastTime / MeterTime.Minute;
                _identified = !_unit.HasGaps || minute % IdentifyAgainMinutes != MissingRows.AskAgainAt;
            }

            return MeteringResult.Ok;
        }

        // Newest by the metering unit's own word: one that is sorted the other way would have us serve its oldest row.
        private void TakeNewestMinute()
        {
            long age = _reading.MinuteTime == MeterTime.Unknown ? -1 : _reading.Time - _reading.MinuteTime;
            if (age >= 0 && age < MeterData.FreshSeconds)
            {
                _data.Minutes.Put(_reading.MinuteTime, _reading.MinuteNormal, _reading.MinuteReverse);
            }
            else
            {
                _reading.SetMinute(MeterTime.Unknown, MeterReading.NoEnergy, MeterReading.NoEnergy);
            }
        }

        private void MoveTo(long time)
        {
            _data.Minutes.MoveTo(time);
            _data.HalfHours.MoveTo(time);
        }

        // The metering clock tells whole seconds, so ours may rightly lag by one; taking over every reading would
        // only carry that jitter into the polls.
        private void FollowClock(long before)
        {
            long after = _clock.Milliseconds;
            long time = _reading.Time;
            if (_meterClock.IsKnown)
            {
                long earliest = _meterClock.Now(before);
                long latest = _meterClock.Now(after);
                if (time >= earliest && time <= latest + 1)
                {
                    return;
                }

                if (time < earliest)
                {
                    // A clock that went back shows labels again, at the earliest from where it stood at the last
                    // reading; the metering unit keeps the later rows, so ours under those labels are forgotten.
                    MoveTo(_lastTime + time - latest);
                }

                if (time <= earliest - JumpSeconds || time >= latest + JumpSeconds)
                {
                    ClockJumps++;
                    _missing.StepTo(time);
                    _log.Write(LogLevel.Warning, LogSource, "metering clock stepped by about "
                        + (time - latest).ToString() + " s; buffers follow it");
                }
            }

            _meterClock.Set(time, after);
        }

        private void EnterReading()
        {
            Enter(_unit.HasGaps || LacksRows ? MeteringState.ReadingWithGaps : MeteringState.Reading);
        }

        private MeteringResult FillGaps()
        {
            MeteringResult result = Fill(_data.Minutes, ref _refusesMinutes);
            return result == MeteringResult.Ok && _clock.Milliseconds < _fillUntil
                ? Fill(_data.HalfHours, ref _refusesHalfHours)
                : result;
        }

        // Newest first, so that what is asked for most is there soonest. After the first question, only ones for which
        // there is time if they take as long as that.
        private MeteringResult Fill(IntervalBuffer buffer, ref bool isRefused)
        {
            while (!isRefused && buffer.FindGap(_rowsPerQuestion, out long from, out long to))
            {
                long begin = _clock.Milliseconds;
                _rows.Ask(buffer, from, to);
                MeteringResult result = buffer == _data.Minutes
                    ? _unit.ReadMinutes(from, to, _rows)
                    : _unit.ReadHalfHours(from, to, _rows);
                if (result == MeteringResult.Refused)
                {
                    // It answers, but not this: the rest goes on, and the next minute asks again.
                    Failures++;
                    isRefused = true;
                    break;
                }

                if (result != MeteringResult.Ok)
                {
                    return result;
                }

                buffer.MarkAsked(from, to);
                _missing.TakeAnswer();
                _data.PublishHalfHour();
                long end = _clock.Milliseconds;
                FitRows(end - begin);
                if (end + end - begin > _fillUntil)
                {
                    _fillUntil = end;
                    break;
                }
            }

            return MeteringResult.Ok;
        }

        // A metering unit that is slow itself gets smaller questions, down to single rows.
        private void FitRows(long milliseconds)
        {
            if (milliseconds * 4 > _livePeriod * 3L && _rowsPerQuestion > 1)
            {
                _rowsPerQuestion >>= 1;
            }
            else if (milliseconds * 4 < _livePeriod && _rowsPerQuestion < _mostRows)
            {
                int more = _rowsPerQuestion << 1;
                _rowsPerQuestion = more < _mostRows ? more : _mostRows;
            }
        }

        private void Enter(MeteringState state)
        {
            if (State == state && _told)
            {
                return;
            }

            // What is missing was told when it was found.
            bool isToTell = !_told || !IsReading(State) || !IsReading(state);
            State = state;
            _told = true;
            if (_changed != null)
            {
                _changed.Set();
            }

            if (isToTell)
            {
                Tell();
            }
        }

        private static bool IsReading(MeteringState state)
        {
            return state == MeteringState.Reading || state == MeteringState.ReadingWithGaps;
        }

        private void Tell()
        {
            switch (State)
            {
                case MeteringState.Reading:
                case MeteringState.ReadingWithGaps:
                    _log.Write(LogLevel.Info, LogSource, "reading the metering unit");
                    break;
                case MeteringState.Unpaired:
                    Warn("this unit is not paired with a metering unit: it needs a ticket");
                    break;
                case MeteringState.WrongUnit:
                    Warn("another metering unit is at the line than the one this unit is paired with");
                    break;
                case MeteringState.NotAuthentic:
                    Warn("what answers is not the metering unit of the pairing, or its keys were changed");
                    break;
                case MeteringState.Refused:
                    Warn("the metering unit refuses, or answers what makes no sense; trying again");
                    break;
                default:
                    Warn("no answer from the metering unit: check the line to it; trying again");
                    break;
            }
        }

        private void Warn(string text)
        {
            _log.Write(LogLevel.Warning, LogSource, text);
        }
    }
}
