namespace NanoComm.WiSun
{
    /// <summary>Whether the unit may send now: by its own account of the hour, and by what the module says (SFB,
    /// EVENT 32 and 33).</summary>
    internal sealed class TransmitLimit
    {
        // Below the limit a share is kept for announcements, and another for what the module's stack sends by itself.
        private const int AnswerLimit = TransmitAccount.Limit * 8 / 10;
        private const int AnnouncementLimit = TransmitAccount.Limit * 9 / 10;

        // The limit of an hour is over by then, and to start the module does not lift it before.
        private const long LongestLimit = 65 * 60000L;

        private readonly WiSunJournal _journal;
        private readonly TransmitAccount _account = new TransmitAccount();
        private bool _isModuleLimited;
        private long _limitedAt;

        /// <summary>Makes it.</summary>
        public TransmitLimit(WiSunJournal journal)
        {
            _journal = journal;
        }

        /// <summary>Whether answers had to wait at the last <see cref="Look"/>.</summary>
        public bool IsReached { get; private set; }

        /// <summary>Whether announcements might go out at the last <see cref="Look"/>.</summary>
        public bool MayAnnounce { get; private set; }

        /// <summary>Milliseconds sent within the last hour.</summary>
        public int Used(long now)
        {
            return _account.Used(now);
        }

        /// <summary>The module starts: what it says from now on is new.</summary>
        public void Begin()
        {
            _isModuleLimited = false;
            _account.ForgetReport();
        }

        /// <summary>Takes whether the module sends no more.</summary>
        public void TakeModule(bool isLimited, long now)
        {
            _limitedAt = isLimited && !_isModuleLimited ? now : _limitedAt;
            _isModuleLimited = isLimited;
        }

        /// <summary>Takes what the module has counted.</summary>
        /// <param name="milliseconds">Its SFD, cumulative.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void TakeReport(long milliseconds, long now)
        {
            _account.TakeReport(milliseconds, now);
        }

        /// <summary>A datagram is given to the module.</summary>
        public void Send(int length, long now)
        {
            _account.Send(length, now);
        }

        /// <summary>Looks how things are, and says when the limit was reached.</summary>
        public void Look(long now)
        {
            int used = _account.Used(now);
            bool isReached = _isModuleLimited || used >= AnswerLimit;
            if (isReached && !IsReached)
            {
                _journal.Warn("the limit of transmission time is reached");
                _journal.Report(WiSunEvent.TransmitLimit);
            }

            IsReached = isReached;
            MayAnnounce = !_isModuleLimited && used < AnnouncementLimit;
        }

        /// <summary>Whether to start the module anew would help nobody, as it sends nothing before its hour is
        /// over.</summary>
        public bool OutlastsARestart(long now)
        {
            return _isModuleLimited && now < _limitedAt + LongestLimit;
        }
    }
}
