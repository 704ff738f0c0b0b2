using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// Asks for the rows that the read model lacks, newest first, and then for those of a request, in the time that polls
    /// leave: after the first question only ones that are likely to be answered until then.
    /// </summary>
    internal sealed class ProfileFetcher
    {
        // What a line carries within half a second, so that the live values do not wait longer.
        private const int SlowBaudRate = 38400;
        private const int RowsOfASlowLine = 12;
        private const int RowsOfAFastLine = 60;

        private const int LatestDay = MeterTime.Day - MeterTime.HalfHour;

        // Fewer rows of a request are not worth a further question.
        private const int LeastRows = 8;

        private readonly IClock _clock;
        private readonly IMeteringUnit _unit;
        private readonly MeterData _data;
        private readonly MissingRows _missing;
        private readonly int _livePeriod;
        private readonly int _mostRows;
        private readonly IntervalBuffer[] _minutes;
        private readonly IntervalBuffer[] _halfHours;
        private readonly RowsAskedFor _rows = new RowsAskedFor();
        private long _until;
        private int _rowsPerQuestion;
        private bool _refusesMinutes;
        private bool _refusesHalfHours;

        /// <summary>Makes it.</summary>
        /// <param name="board">Clock and line.</param>
        /// <param name="unit">The metering unit.</param>
        /// <param name="data">Where the rows go.</param>
        /// <param name="livePeriod">Milliseconds from one poll to the next.</param>
        /// <param name="missing">Is told what was asked for.</param>
        public ProfileFetcher(IBoard board, IMeteringUnit unit, MeterData data, int livePeriod, MissingRows missing)
        {
            _clock = board.Clock;
            _unit = unit;
            _data = data;
            _missing = missing;
            _livePeriod = livePeriod;
            _mostRows = board.MeteringLine != null && board.MeteringLine.BaudRate < SlowBaudRate
                ? RowsOfASlowLine
                : RowsOfAFastLine;
            _rowsPerQuestion = _mostRows;
            HighVoltageData high = data.High;
            HasLatest = high == null;
            _minutes = high == null ? new IntervalBuffer[] { data.Minutes }
                : new IntervalBuffer[] { data.Minutes, high.ReactiveMinutes };
            _halfHours = high == null ? new IntervalBuffer[] { data.HalfHours }
                : new IntervalBuffer[] { data.HalfHours, high.Reactive, high.Demand };
        }

        /// <summary>Refused questions since the start.</summary>
        public int Refusals { get; private set; }

        /// <summary>Rows before this time are not taken: they are to be multiplied by another coefficient.</summary>
        public long Since { get; set; } = long.MinValue;

        /// <summary>What somebody else wants to be read; null for nothing. Another one takes its place.</summary>
        public ProfileRequest Request { get; set; }

        /// <summary>Whether the latest day has been asked for, once; at low voltage it is not waited for.</summary>
        public bool HasLatest { get; private set; }

        /// <summary>What was refused may be asked for again.</summary>
        public void AskAgain()
        {
            _refusesMinutes = false;
            _refusesHalfHours = false;
        }

        /// <summary>Moves the windows so that they end at a time.</summary>
        public void MoveTo(long time)
        {
            _data.Minutes.MoveTo(time);
            _data.HalfHours.MoveTo(time);
            if (_data.High != null)
            {
                _data.High.MoveTo(time);
            }
        }

        /// <summary>Asks for rows.</summary>
        /// <param name="until">Monotonic clock of the next poll.</param>
        public MeteringResult Fetch(long until)
        {
            _until = until;
            long begin = _clock.Milliseconds;
            MeteringResult result = Fill(_minutes, ref _refusesMinutes);
            if (result == MeteringResult.Ok && _clock.Milliseconds < _until)
            {
                result = Fill(_halfHours, ref _refusesHalfHours);
            }

            HasLatest |= result == MeteringResult.Ok
                && (_refusesHalfHours || _data.HalfHours.IsAsked(_data.HalfHours.Newest - LatestDay));
            return result == MeteringResult.Ok && Request != null ? Serve(Request, begin == _clock.Milliseconds) : result;
        }

        // Newest first, so that what is asked for most is there soonest.
        private MeteringResult Fill(IntervalBuffer[] buffers, ref bool isRefused)
        {
            IntervalBuffer first = buffers[0];
            while (!isRefused && first.FindGap(_rowsPerQuestion, out long from, out long to))
            {
                long begin = _clock.Milliseconds;
                MeteringResult result = to < Since ? MeteringResult.Ok : Ask(buffers, from, to);
                if (result == MeteringResult.Refused)
                {
                    // It answers, but not this: the rest goes on, and the next minute asks again.
                    Refusals++;
                    isRefused = true;
                    break;
                }

                if (result != MeteringResult.Ok)
                {
                    return result;
                }

                for (int i = 0; i < buffers.Length; i++)
                {
                    buffers[i].MarkAsked(from, to);
                }

                _missing.TakeAnswer();
                _data.PublishHalfHour();
                long end = _clock.Milliseconds;
                FitRows(end - begin);
                if (end + end - begin > _until)
                {
                    _until = end;
                    break;
                }
            }

            return MeteringResult.Ok;
        }

        private MeteringResult Ask(IntervalBuffer[] buffers, long from, long to)
        {
            _rows.Ask(buffers, from < Since ? Since : from, to);
            return buffers == _minutes ? _unit.ReadMinutes(from, to, _rows) : _unit.ReadHalfHours(from, to, _rows);
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

        // At least one question where nothing else was asked, so that it comes to an end on any line.
        private MeteringResult Serve(ProfileRequest request, bool isFirst)
        {
            MeteringResult result = MeteringResult.Ok;
            while (!request.IsDone && result == MeteringResult.Ok)
            {
                long begin = _clock.Milliseconds;
                int rows = request.RowsIn(_until - begin);
                if (!isFirst && (rows < LeastRows || begin >= _until))
                {
                    return result;
                }

                isFirst = false;
                request.Rows = rows < 1 ? 1 : rows;
                result = _unit.ReadRequest(request);
                request.Take(result, _clock.Milliseconds - begin);
                if (result == MeteringResult.Refused)
                {
                    Refusals++;
                    result = MeteringResult.Ok;
                }
            }

            if (request.IsDone && Request == request)
            {
                Request = null;
            }

            return result;
        }
    }
}
