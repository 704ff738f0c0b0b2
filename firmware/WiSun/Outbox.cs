using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>
    /// What is to be sent: one datagram at a time, answers before announcements, but no announcement waits for long.
    /// What was not sent is tried again a few times with growing pauses, until nobody waits for it any more.
    /// </summary>
    internal sealed class Outbox
    {
        /// <summary>Longest announcement of the unit's own accord in bytes: D5, EA and EB, or a state take 20 to 40.
        /// </summary>
        private const int MaxAnnouncementLength = 128;

        private const int MaxAnnouncements = 4;

        // The air is half-duplex and the module sends one datagram at a time: while the longest is under way, another
        // of the longest may be ready.
        private const int MaxAnswers = 3;
        private const int AnswerRoom = 2 * SkParser.MaxDataLength;

        // For whom a datagram is.
        private const int ForTerminal = 0;
        private const int ForGroup = 1;

        private const int MaxAttempts = 4;
        private const int FirstPause = 250;

        // A controller has given up by then, and asks again.
        private const long AnswerAge = 10000;

        // EA and EB are for the five minutes after the half hour.
        private const long AnnouncementAge = 240000;
        private const long AnnouncementPatience = 2000;

        private readonly DatagramQueue _answers = new DatagramQueue(AnswerRoom, MaxAnswers);
        private readonly DatagramQueue _announcements =
            new DatagramQueue(MaxAnnouncements * MaxAnnouncementLength, MaxAnnouncements);

        private DatagramQueue _current;
        private int _attempts;
        private long _notBefore;

        /// <summary>Whether nothing waits.</summary>
        public bool IsEmpty
        {
            get { return _answers.Count + _announcements.Count == 0; }
        }

        /// <summary>Whether the longest answer fits.</summary>
        public bool HasRoom
        {
            get { return _answers.Fits(SkParser.MaxDataLength); }
        }

        /// <summary>Whether the datagram chosen last is for the group.</summary>
        public bool IsForGroup
        {
            get { return _current != null && _current.FirstMark == ForGroup; }
        }

        /// <summary>Datagrams given up.</summary>
        public int GivenUp { get; private set; }

        /// <summary>Takes an answer.</summary>
        /// <returns>False when it does not fit.</returns>
        public bool PutAnswer(byte[] data, int length, long now)
        {
            return _answers.Put(data, length, ForTerminal, now);
        }

        /// <summary>Takes an announcement.</summary>
        /// <param name="data">The payload, from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="isForGroup">Whether it is for the group, and not for the terminal alone.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it does not fit.</returns>
        public bool PutAnnouncement(byte[] data, int length, bool isForGroup, long now)
        {
            int mark = isForGroup ? ForGroup : ForTerminal;

            // A longer one is what INF_REQ asked for: somebody waits for it as for an answer, and its room is kept.
            return length <= MaxAnnouncementLength ? _announcements.Put(data, length, mark, now)
                : _answers.Put(data, length, mark, now);
        }

        /// <summary>Chooses what to send now.</summary>
        /// <param name="mayAnswer">Whether answers may be sent.</param>
        /// <param name="mayAnnounce">Whether announcements may be sent.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>The queue whose first is to be sent; null when nothing is to be sent now.</returns>
        public DatagramQueue Choose(bool mayAnswer, bool mayAnnounce, long now)
        {
            GiveUpOld(_answers, AnswerAge, now);
            GiveUpOld(_announcements, AnnouncementAge, now);
            if (now < _notBefore)
            {
                return null;
            }

            if (_current == null)
            {
                bool isAnnouncementDue = _announcements.Count > 0 && mayAnnounce
                    && (_answers.Count == 0 || !mayAnswer || now - _announcements.FirstTime >= AnnouncementPatience);
                _current = isAnnouncementDue ? _announcements : _answers.Count > 0 && mayAnswer ? _answers : null;
            }

            bool may = _current == _announcements ? mayAnnounce : mayAnswer;
            return may ? _current : null;
        }

        /// <summary>The datagram chosen last was sent.</summary>
        public void Done()
        {
            if (_current != null)
            {
                Finish();
            }
        }

        /// <summary>The datagram chosen last was not sent.</summary>
        /// <returns>Whether it is given up.</returns>
        public bool Retry(long now)
        {
            if (_current == null)
            {
                return false;
            }

            _notBefore = now + (FirstPause << _attempts);
            if (++_attempts < MaxAttempts)
            {
                return false;
            }

            GivenUp++;
            Finish();
            return true;
        }

        /// <summary>When something may be sent that may not be now.</summary>
        public long NextDeadline(long now)
        {
            return !IsEmpty && now < _notBefore ? _notBefore : Deadline.Never;
        }

        /// <summary>Nobody is there any more.</summary>
        public void Clear()
        {
            _answers.Clear();
            _announcements.Clear();
            _current = null;
            _attempts = 0;
            _notBefore = 0;
        }

        private void GiveUpOld(DatagramQueue queue, long age, long now)
        {
            while (queue.Count > 0 && now - queue.FirstTime > age)
            {
                GivenUp++;
                if (queue == _current)
                {
                    Finish();
                }
                else
                {
                    queue.Drop();
                }
            }
        }

        private void Finish()
        {
            _current.Drop();
            _current = null;
            _attempts = 0;
        }
    }
}
