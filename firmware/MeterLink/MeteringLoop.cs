using System;
using NanoComm.Audit;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// What is read from the metering unit, and when: at the start its parameters, the clock, and what both buffers
    /// lack; at a fixed rate the live values, whoever asks for them; each minute at second 2 the clock and the minute's
    /// value; at xx:00 and xx:30 the half-hour value; after a gap only the missing rows. Live values come first, and
    /// rows are asked for in what time they leave. A metering unit of the other class makes the unit one of that class,
    /// where it can be both.
    /// </summary>
    public sealed class MeteringLoop : ISteppedSequence
    {
        /// <summary>The metering unit has closed an interval this many seconds after its end.</summary>
        public const int SettleSeconds = 2;

        /// <summary>What is told of the metering unit is told in the log under this name.</summary>
        internal const string LogSource = "metering";

        private const int JumpSeconds = 60;
        private const int StartPeriods = 4;

        // What cannot be read at all is looked for again so rarely.
        private const int IdentifyAgainMinutes = 10;
        private const long FirstRetry = 250;

        // Reading again at most 15 s after whatever disturbed the line: a pause and a question that still fails.
        private const long LastRetry = 8000;

        private readonly IBoard _board;
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly ILoops _loops;
        private readonly IMeteringUnit _unit;
        private readonly MeterData _data;
        private readonly ILineTask _task;
        private readonly LearntMeter _learnt;
        private readonly ISecurityLog _security;
        private readonly int _livePeriod;
        private readonly MeterClock _meterClock;
        private readonly MeterParameters _parameters;
        private readonly MeterReading _reading;
        private readonly MissingRows _missing;
        private readonly ProfileFetcher _fetcher;
        private readonly byte[] _serial = new byte[MeterParameters.SerialLength];
        private readonly byte[] _serialBefore = new byte[MeterParameters.SerialLength];

        private ISignal _changed;
        private bool _identified;
        private bool _told;
        private int _generation;
        private long _retry = FirstRetry;
        private long _nextPoll;
        private long _nextMinute;
        private long _lastTime;
        private int _failures;
        private int _serialGeneration;
        private bool _isRescaled;

        /// <summary>Makes the loop.</summary>
        /// <param name="board">Clock, log and loops.</param>
        /// <param name="unit">The metering unit; from now on this loop's alone.</param>
        /// <param name="data">Where the readings go.</param>
        /// <param name="livePeriod">Milliseconds from one reading of the live values to the next, 1 and up.</param>
        /// <param name="task">What else needs the line, or null.</param>
        /// <param name="learnt">What is known of the metering unit from before, where the unit can be of either class; null
        /// where it is of one alone.</param>
        /// <param name="security">Takes what matters to security, or null.</param>
        public MeteringLoop(IBoard board, IMeteringUnit unit, MeterData data, int livePeriod, ILineTask task = null,
            LearntMeter learnt = null, ISecurityLog security = null)
        {
            MeterClass meterClass = data.High == null ? MeterClass.LowVoltage : MeterClass.HighVoltage;
            _board = board;
            _clock = board.Clock;
            _log = board.Log;
            _loops = board.Loops;
            _unit = unit;
            _data = data;
            _task = task;
            _learnt = learnt;
            _security = security;
            _livePeriod = livePeriod;
            _meterClock = new MeterClock(data.ClockRate);
            _parameters = new MeterParameters(meterClass);
            _reading = new MeterReading(meterClass);
            _missing = new MissingRows(data, board.Log);
            _fetcher = new ProfileFetcher(board, unit, data, livePeriod, _missing);
        }

        /// <summary>What the loop is doing.</summary>
        public MeteringState State { get; private set; }

        /// <summary>Readings with clock and minute since the start.</summary>
        public int Readings { get; private set; }

        /// <summary>Readings of live values alone since the start.</summary>
        public int LiveReadings { get; private set; }

        /// <summary>Questions that were not answered, or not sensibly, since the start.</summary>
        public int Failures => _failures + _fetcher.Refusals;

        /// <summary>Whether rows that should be there are not, and nothing else was wrong with them.</summary>
        public bool LacksRows => _missing.AreThere;

        /// <summary>How often the metering clock was found a minute or more away from where it should have been.</summary>
        public int ClockJumps { get; private set; }

        /// <summary>Reads rows of a profile that the unit itself does not serve, beside its polling, which stays on time. For
        /// what shares the link with it on the utility's side; may be called from any loop.</summary>
        /// <param name="request">What to read; one that is under way is given up for it. Null for nothing.</param>
        public void Read(ProfileRequest request)
        {
            _fetcher.Request = request;
        }

        /// <summary>Sets a signal whenever <see cref="State"/> has changed. Call before the loop starts.</summary>
        public void Notify(ISignal changed)
        {
            _changed = changed;
        }

        /// <inheritdoc/>
        public long Step()
        {
            return !_loops.IsStopping && Attend() && PollWhenDue() ? NextDeadline() : Deadline.Ended;
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
                case MeteringResult.Changed:
                    return MeteringState.Refused;
                case MeteringResult.OtherClass:
                    return MeteringState.OtherClass;
                default:
                    return Readings == 0 ? MeteringState.Absent : MeteringState.Lost;
            }
        }

        private MeteringResult Poll(long begin)
        {
            MeteringResult result = ReadWhatIsDue();
            if (result == MeteringResult.Changed)
            {
                _identified = false;
                result = ReadWhatIsDue();
            }

            if (result == MeteringResult.Ok)
            {
                EnterReading();
                result = _fetcher.Fetch(NextPoll(begin));
                _missing.Look();
                EnterReading();
            }
            else if (result == MeteringResult.OtherClass)
            {
                result = MeetOtherClass();
            }
            else if (result != MeteringResult.Stopping)
            {
                Enter(StateAfter(result));
            }

            return result;
        }

        // Live values before the minute's, which take longer, the more so when an answer is lost.
        private MeteringResult ReadWhatIsDue()
        {
            MeteringResult result = _identified ? ReadLive() : Identify();
            return result == MeteringResult.Ok && _clock.Milliseconds >= _nextMinute ? ReadNow() : result;
        }

        private long NextPoll(MeteringResult result, long begin)
        {
            if (result == MeteringResult.Ok)
            {
                _retry = FirstRetry;
                return NextPoll(begin);
            }

            _failures++;
            long next = _clock.Milliseconds + _retry;
            _retry = _retry * 2 > LastRetry ? LastRetry : _retry * 2;
            return next;
        }

        // At a high-voltage unit that has just started, the rows that are asked for most come before a live reading each
        // second: 9,600 baud do not carry both.
        private long NextPoll(long begin)
        {
            long period = _fetcher.HasLatest ? _livePeriod : _livePeriod * StartPeriods;
            return Deadline.Earlier(begin + period, _nextMinute);
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
                Forget();
            }

            if (_data.High != null && _learnt != null)
            {
                TakeCoefficient();
            }
        }

        // Rows that were recorded under another coefficient are not to be told from later ones: what was before it was seen
        // is no data, for ever.
        private void TakeCoefficient()
        {
            if (_learnt.IsRescaled(_parameters))
            {
                _isRescaled = true;
                Forget();
                return;
            }

            _isRescaled = false;
            _learnt.Keep(_parameters, _learnt.IsSame(_parameters) ? _learnt.Since : long.MinValue);
            _fetcher.Since = _learnt.Since;
        }

        private void Forget()
        {
            _missing.Forget();
            _data.Forget();
        }

        // Nothing of it is served, and nothing of another one any more. Told first, so that it is in the security log before
        // the restart; where the unit cannot be of its class it asks again and again, for another metering unit may be put
        // there.
        private MeteringResult MeetOtherClass()
        {
            if (State != MeteringState.OtherClass)
            {
                ForgetReading();
                if (_security != null)
                {
                    _security.Add(SecurityEvent.OtherClass);
                }

                Enter(MeteringState.OtherClass);
            }
            else if (_learnt != null && _learnt.Become(_data.High == null ? MeterClass.HighVoltage : MeterClass.LowVoltage))
            {
                _board.Restart("it is to serve a metering unit of the other class");
                return MeteringResult.Stopping;
            }

            return MeteringResult.OtherClass;
        }

        private void ForgetReading()
        {
            _reading.SetRegisters(MeterTime.Unknown, MeterReading.NoEnergy, MeterReading.NoEnergy);
            _reading.SetInstantaneous(MeterReading.NoPower, MeterReading.NoCurrent, MeterReading.NoCurrent);
            ForgetMinute();
            for (int i = 0; _reading.High != null && i < HighVoltageReading.Count; i++)
            {
                _reading.High[i] = MeterReading.NoEnergy;
            }

            Forget();
            if (Readings > 0)
            {
                _data.Publish(_parameters, _reading, _meterClock, _clock.Milliseconds);
            }
        }

        private void ForgetMinute()
        {
            _reading.SetMinute(MeterTime.Unknown, MeterReading.NoEnergy, MeterReading.NoEnergy);
            if (_reading.High != null)
            {
                _reading.High[HighVoltageReading.MinuteLagNormal] = MeterReading.NoEnergy;
                _reading.High[HighVoltageReading.MinuteLagReverse] = MeterReading.NoEnergy;
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
                _failures++;
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
            _fetcher.AskAgain();
            FollowClock(before);
            SetNextMinute();
            _fetcher.MoveTo(_reading.Time - SettleSeconds);
            TakeSince();
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
            if (age < 0 || age >= MeterData.FreshSeconds || _reading.MinuteTime < _fetcher.Since)
            {
                ForgetMinute();
                return;
            }

            _data.Minutes.Put(_reading.MinuteTime, _reading.MinuteNormal, _reading.MinuteReverse);
            HighVoltageReading high = _reading.High;
            if (high != null)
            {
                _data.High.ReactiveMinutes.Put(_reading.MinuteTime, high[HighVoltageReading.MinuteLagNormal],
                    high[HighVoltageReading.MinuteLagReverse]);
            }
        }

        // A clock that went back further shows times anew that lie behind the change.
        private void TakeSince()
        {
            if (_isRescaled)
            {
                _isRescaled = false;
                _fetcher.Since = _reading.Time;
                _missing.StepTo(_reading.Time);
                _learnt.Keep(_parameters, _reading.Time);
                Warn("registers are to be multiplied by another coefficient: what was recorded before is no data");
            }
            else if (_fetcher.Since > _reading.Time)
            {
                _fetcher.Since = _reading.Time;
            }
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
                    _fetcher.MoveTo(_lastTime + time - latest);
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
                case MeteringState.OtherClass:
                    Warn(_learnt != null
                        ? (_data.High == null ? "the metering unit is a high-voltage one: this unit starts anew to serve that"
                        : "the metering unit is a low-voltage one: this unit starts anew to serve that")
                        : _data.High == null ? "the metering unit is a high-voltage one, and this unit serves the other class alone: "
                        + "it needs another unit"
                        : "the metering unit is a low-voltage one, and this unit serves the other class alone: it needs another unit");
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
