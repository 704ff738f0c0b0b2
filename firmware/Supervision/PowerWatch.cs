using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Power;
using NanoComm.Records;

namespace NanoComm.Supervision
{
    /// <summary>
    /// Sheds loads while the supply is low, the one with the least right to power first, one each half second; lets them
    /// ask again once it has been good for a minute, the one with the best right first, and later each time that this
    /// was too soon. Counts restarts out of a low supply, which a record outlives. Tells who has to wait for power.
    /// </summary>
    public sealed class PowerWatch : IReaction
    {
        /// <summary>The record's name: whether the supply is low, and restarts out of that (u16).</summary>
        public const string Record = RecordCatalogue.Power;

        private const string LogName = "power";
        private const int RecordLength = 3;
        private const int ShedPause = 500;
        private const int RestorePause = 5000;
        private const int CheckPause = 1000;
        private const int FirstPatience = 60000;
        private const int LastPatience = 3600000;
        private const int Forgiven = 600000;

        private readonly IBoard _board;
        private readonly PowerGovernor _governor;
        private readonly ISecurityLog _securityLog;
        private readonly byte[] _record = new byte[RecordLength];
        private readonly int[] _toldWaits;
        private readonly int[] _toldOverdue;
        private bool _isLow;
        private int _patience = FirstPatience;
        private long _nextShed;
        private long _nextRestore = Deadline.Never;
        private long _restoredAt = -Forgiven;

        /// <summary>Makes it, and counts a restart out of a low supply.</summary>
        /// <param name="board">Its supply monitor, or without one; its store and log.</param>
        /// <param name="governor">Grants the power.</param>
        /// <param name="securityLog">Takes what an operator wants to know.</param>
        public PowerWatch(IBoard board, PowerGovernor governor, ISecurityLog securityLog)
        {
            _board = board;
            _governor = governor;
            _securityLog = securityLog;
            _toldWaits = new int[governor.LoadCount];
            _toldOverdue = new int[governor.LoadCount];
            if (board.Store.Read(Record, _record) != RecordLength)
            {
                _record[0] = 0;
                _record[1] = 0;
                _record[2] = 0;
            }

            if (_record[0] != 0)
            {
                BrownOuts += BrownOuts == ushort.MaxValue ? 0 : 1;
                Save(false);
                securityLog.Add(SecurityEvent.BrownOut);
                _board.Log.Write(LogLevel.Warning, LogName, "the unit was restarted out of a low supply");
            }

            if (governor.Granted > governor.Free)
            {
                _board.Log.Write(LogLevel.Error, LogName, "the board takes " + governor.Granted.ToString()
                    + " mVA from its power-up on, and " + governor.Free.ToString() + " are free");
            }
        }

        /// <summary>Whether loads are shed, or were until a moment ago, for the supply is low.</summary>
        public bool IsLow
        {
            get { return _isLow; }
        }

        /// <summary>Restarts out of a low supply, as far as there was time to note it: 0…65535.</summary>
        public int BrownOuts
        {
            get { return (_record[1] << 8) | _record[2]; }

            private set
            {
                _record[1] = (byte)(value >> 8);
                _record[2] = (byte)value;
            }
        }

        /// <summary>Has a change of the supply wake a loop. Call before the loops start.</summary>
        public void Notify(ISignal wake)
        {
            if (_board.SupplyMonitor != null)
            {
                _board.SupplyMonitor.Notify(wake);
            }
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            Tell(now);
            if (_board.SupplyMonitor != null && _board.SupplyMonitor.IsLow)
            {
                TakeLow(now);
                return Deadline.Earlier(_nextShed, now + CheckPause);
            }

            if (_isLow)
            {
                TakeGood(now);
                return Deadline.Earlier(_nextRestore, now + CheckPause);
            }

            return now + CheckPause;
        }

        private void TakeLow(long now)
        {
            if (!_isLow || _nextRestore != Deadline.Never)
            {
                bool isAgain = now - _restoredAt < Forgiven;
                _patience = !isAgain ? FirstPatience : _patience * 2 < LastPatience ? _patience * 2 : LastPatience;
                _nextShed = now;
                _nextRestore = Deadline.Never;
            }

            bool isNews = !_isLow;
            if (isNews)
            {
                _isLow = true;
                _securityLog.Add(SecurityEvent.SupplyLow);
                _board.Log.Write(LogLevel.Warning, LogName, "the supply is low");
            }

            // What draws goes before a write to the flash takes its time.
            if (now >= _nextShed)
            {
                ShedNext();
                _nextShed = now + ShedPause;
            }

            if (isNews)
            {
                Save(true);
            }
        }

        private void TakeGood(long now)
        {
            if (_nextRestore == Deadline.Never)
            {
                _nextRestore = now + _patience;
            }

            if (now < _nextRestore)
            {
                return;
            }

            _restoredAt = now;
            _nextRestore = now + RestorePause;
            if (!RestoreNext())
            {
                _isLow = false;
                _nextRestore = Deadline.Never;
                _securityLog.Add(SecurityEvent.SupplyGood);
                _board.Log.Write(LogLevel.Info, LogName, "the supply is good again");
                Save(false);
            }
        }

        private void ShedNext()
        {
            for (int load = _governor.LoadCount - 1; load >= 0; load--)
            {
                PowerGrant grant = _governor[load];
                if (grant.IsSwitched && !grant.IsShed)
                {
                    _governor.Shed(grant, true);
                    _board.Log.Write(LogLevel.Warning, LogName, "shed: " + _governor.NameOf(grant));
                    return;
                }
            }
        }

        private bool RestoreNext()
        {
            for (int load = 0; load < _governor.LoadCount; load++)
            {
                PowerGrant grant = _governor[load];
                if (grant.IsShed)
                {
                    _governor.Shed(grant, false);
                    _board.Log.Write(LogLevel.Info, LogName, "may go on: " + _governor.NameOf(grant));
                    return true;
                }
            }

            return false;
        }

        // Each wait that lasts is told once, and so is a transmission whose end nobody told.
        private void Tell(long now)
        {
            for (int load = 0; load < _toldWaits.Length; load++)
            {
                PowerGrant grant = _governor[load];
                if (grant.Waits != _toldWaits[load] && grant.HasWaited(now, CheckPause))
                {
                    _toldWaits[load] = grant.Waits;
                    _securityLog.Add(SecurityEvent.PowerRefused);
                    _board.Log.Write(LogLevel.Warning, LogName, Describe(grant));
                }

                if (grant.Overdue != _toldOverdue[load])
                {
                    _toldOverdue[load] = grant.Overdue;
                    _board.Log.Write(LogLevel.Warning, LogName, _governor.NameOf(grant)
                        + ": the end of a transmission was not told, " + grant.Overdue.ToString() + " so far");
                }
            }
        }

        private string Describe(PowerGrant grant)
        {
            return _governor.NameOf(grant) + " has to wait: " + (grant.IsShed ? "the supply is low"
                : "with it the unit would take " + _governor.DrawnWith(grant).ToString() + " mVA, and "
                + _governor.Free.ToString() + " are free");
        }

        private void Save(bool isLow)
        {
            _record[0] = (byte)(isLow ? 1 : 0);
            _board.Store.Write(Record, _record, RecordLength);
        }
    }
}
