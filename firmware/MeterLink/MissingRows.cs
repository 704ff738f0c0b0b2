using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// Rows that fell due while the metering unit was read, were asked for, and are not there: told, and in the case of
    /// half-hours asked for again for two hours.
    /// </summary>
    internal sealed class MissingRows
    {
        /// <summary>What is looked for again is so in the minutes of the hour that leave this rest.</summary>
        public const int AskAgainAt = 3;

        private const int RecentHalfHours = 4;
        private const int AskAgainMinutes = 5;

        private readonly MeterData _data;
        private readonly ILog _log;

        // Rows that fell due after this are the metering unit's to have.
        private long _since = long.MaxValue;
        private long _minute;
        private bool _isToLook;
        private bool _isHalfHourMissing;
        private bool _isMinuteMissing;
        private bool _isMinuteTold;

        /// <summary>Makes it.</summary>
        /// <param name="data">Has the rows.</param>
        /// <param name="log">Where it is told.</param>
        public MissingRows(MeterData data, ILog log)
        {
            _data = data;
            _log = log;
        }

        /// <summary>Whether rows that should be there are not.</summary>
        public bool AreThere => _isHalfHourMissing || _isMinuteMissing;

        /// <summary>Another metering unit is read from now on.</summary>
        public void Forget()
        {
            _since = long.MaxValue;
            _isMinuteTold = false;
        }

        /// <summary>The metering clock was stepped.</summary>
        /// <param name="time">To where: only what falls due after it can be expected.</param>
        public void StepTo(long time)
        {
            _since = time;
        }

        /// <summary>The metering unit was read: half-hours that are missing are asked for again when it is time.</summary>
        /// <param name="time">Its clock.</param>
        /// <returns>Whether it is the first reading of a minute.</returns>
        public bool TakeReading(long time)
        {
            _since = _since < time ? _since : time;
            _isToLook = true;
            long minute = time / MeterTime.Minute;
            if (minute == _minute)
            {
                return false;
            }

            _minute = minute;
            if (_isHalfHourMissing && minute % AskAgainMinutes == AskAgainAt)
            {
                long newest = _data.HalfHours.Newest;
                _data.HalfHours.AskAgain(newest - ((RecentHalfHours - 1) * MeterTime.HalfHour), newest);
            }

            return true;
        }

        /// <summary>Rows were asked for.</summary>
        public void TakeAnswer()
        {
            _isToLook = true;
        }

        /// <summary>Looks what is missing, if something may have changed.</summary>
        public void Look()
        {
            if (!_isToLook)
            {
                return;
            }

            _isToLook = false;
            LookForHalfHours();
            LookForMinutes();
        }

        private void LookForHalfHours()
        {
            bool wasMissing = _isHalfHourMissing;
            _isHalfHourMissing = false;
            long time = _data.HalfHours.Newest;
            for (int i = 0; i < RecentHalfHours && time > _since; i++)
            {
                _isHalfHourMissing |= _data.HalfHours.IsMissing(time);
                time -= MeterTime.HalfHour;
            }

            if (_isHalfHourMissing && !wasMissing)
            {
                Warn("1-0:99.1.0 attribute 2: the row of a half-hour that is over is not there; it is asked for again");
            }
        }

        // The last two: a row may be late. Told once, for minutes are many.
        private void LookForMinutes()
        {
            long time = _data.Minutes.Newest - MeterTime.Minute;
            _isMinuteMissing = time > _since && _data.Minutes.IsMissing(time)
                && _data.Minutes.IsMissing(time + MeterTime.Minute);
            if (_isMinuteMissing && !_isMinuteTold)
            {
                _isMinuteTold = true;
                Warn("1-0:99.2.0 attribute 2: rows of minutes that are over are not there");
            }
        }

        private void Warn(string text)
        {
            _log.Write(LogLevel.Warning, MeteringLoop.LogSource, text);
        }
    }
}
