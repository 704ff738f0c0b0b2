using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// Rows of a load profile that the unit itself does not serve, asked for by what shares the link (requirements R9, R10):
    /// read oldest first, in the time that polls leave. The rows are passed on as the metering unit sent them
    /// (requirement R11). Made by one loop and given to the metering loop once.
    /// </summary>
    public sealed class ProfileRequest
    {
        private const byte FiveMinutesD = 3;
        private const byte QuarterHoursD = 4;
        private const int FiveMinutesPeriod = 300;
        private const int QuarterHoursPeriod = 900;

        // What the first question asks, before it is known how long a row takes.
        private const int FirstRows = 8;
        private const int MostRows = 60;

        private readonly RangeSelector _range = new RangeSelector();
        private readonly GetItem _item;
        private readonly int _period;
        private readonly long _to;
        private readonly IRowSink _sink;
        private readonly ISignal _done;
        private long _next;
        private int _perRow;

        private ProfileRequest(byte d, int period, long from, long to, IRowSink sink, ISignal done)
        {
            _item = new GetItem(ProfileReader.Attribute(d, ProfileReader.BufferAttribute), _range);
            _period = period;
            _next = MeterTime.Floor(from + period - 1, period);
            _to = MeterTime.Floor(to, period);
            _sink = sink;
            _done = done;
            Result = MeteringResult.NoAnswer;
        }

        /// <summary>Whether all was read, or the metering unit has refused it.</summary>
        public bool IsDone { get; private set; }

        /// <summary><see cref="MeteringResult.Ok"/> when all was read; before that why the last question was not
        /// answered.</summary>
        public MeteringResult Result { get; private set; }

        /// <summary>Asks for five-minute values (1-0:99.3.0), which go back 7 days.</summary>
        /// <param name="from">Time of the first row.</param>
        /// <param name="to">Time of the last row.</param>
        /// <param name="sink">Takes the rows on the metering loop, which waits for it; some twice when the link was lost on
        /// the way.</param>
        /// <param name="done">Set at the end; null for nobody.</param>
        public static ProfileRequest FiveMinutes(long from, long to, IRowSink sink, ISignal done = null)
        {
            return new ProfileRequest(FiveMinutesD, FiveMinutesPeriod, from, to, sink, done);
        }

        /// <summary>Asks for 15-minute values (1-0:99.4.0), which go back as far as half-hours.</summary>
        /// <param name="from">Time of the first row.</param>
        /// <param name="to">Time of the last row.</param>
        /// <param name="sink">As for <see cref="FiveMinutes"/>.</param>
        /// <param name="done">Likewise.</param>
        public static ProfileRequest QuarterHours(long from, long to, IRowSink sink, ISignal done = null)
        {
            return new ProfileRequest(QuarterHoursD, QuarterHoursPeriod, from, to, sink, done);
        }

        /// <summary>How many rows the next question asks.</summary>
        /// <param name="milliseconds">Time there is.</param>
        /// <returns>0 when there is not enough.</returns>
        internal int RowsIn(long milliseconds)
        {
            long rows = _perRow == 0 ? FirstRows : milliseconds / _perRow;
            return rows < 0 ? 0 : rows < MostRows ? (int)rows : MostRows;
        }

        /// <summary>Rows of the next question, 1 and up.</summary>
        internal int Rows { get; set; }

        /// <summary>Asks for the next rows.</summary>
        /// <param name="client">An associated client.</param>
        internal DlmsResult Ask(DlmsClient client)
        {
            CosemTime.Write(_next, _range.From);
            CosemTime.Write(Last(), _range.To);
            return client.GetRows(_item, _sink);
        }

        /// <summary>What came of it.</summary>
        /// <param name="result">The answer.</param>
        /// <param name="milliseconds">How long it took.</param>
        internal void Take(MeteringResult result, long milliseconds)
        {
            Result = result;
            if (result == MeteringResult.Ok)
            {
                _perRow = (int)((milliseconds + Rows - 1) / Rows);
                _next = Last() + _period;
            }

            if (result == MeteringResult.Refused || (result == MeteringResult.Ok && _next > _to))
            {
                IsDone = true;
                if (_done != null)
                {
                    _done.Set();
                }
            }
        }

        private long Last()
        {
            long last = _next + ((Rows - 1L) * _period);
            return last < _to ? last : _to;
        }
    }
}
