using NanoComm.Hal;

namespace NanoComm.Power
{
    /// <summary>
    /// Keeps what is on together within the budget (requirement R30). What every combination of the loads takes of the
    /// supply is calculated once, at the start; to grant is to look it up. Who does not fit waits, and the order is:
    /// traffic before service before scans, and among these as the board declares its loads. What one with a better
    /// right waits for is not given away, and one with a lesser right is told to leave. Safe to use from any loop.
    /// </summary>
    public sealed class PowerGovernor
    {
        /// <summary>Milliseconds after which to ask again, unless woken.</summary>
        public const int RetryPause = 200;

        // Who has not asked again by then does not wait any more.
        private const int WaitMemory = 3 * RetryPause;

        private readonly PowerGrant[] _grants;
        private readonly int[] _drawn;
        private int _combination;

        // No transmission is over before, and so many wait: on the device a look at every load costs more than the rest.
        private long _nextEnd = Deadline.Never;
        private int _waiting;

        /// <summary>Makes it; every load is charged as the board declares it for the moment of power-up.</summary>
        /// <param name="budget">The board's figures; not needed any more afterwards.</param>
        public PowerGovernor(PowerBudget budget)
        {
            Free = budget.Free;
            _grants = new PowerGrant[budget.LoadCount];
            int weight = 1;
            for (int load = 0; load < _grants.Length; load++)
            {
                _grants[load] = new PowerGrant(this, budget, load, weight);
                _combination += _grants[load].Level * weight;
                weight *= budget.LevelCount(load);
            }

            _drawn = new int[weight];
            var milliamperes = new int[budget.LoadCount];
            for (int combination = 0; combination < weight; combination++)
            {
                for (int load = 0; load < _grants.Length; load++)
                {
                    int level = combination / _grants[load].Weight % budget.LevelCount(load);
                    milliamperes[load] = budget.Charge(load, level);
                }

                _drawn[combination] = budget.Drawn(milliamperes);
            }
        }

        /// <summary>What the supply has left for this unit, in mVA.</summary>
        public int Free { get; }

        /// <summary>What is granted at this moment takes of the supply at most, in mVA.</summary>
        public int Granted
        {
            get { return _drawn[_combination]; }
        }

        /// <summary>The most that was granted at once since the start, in mVA.</summary>
        public int MostGranted { get; private set; }

        /// <summary>How many loads there are.</summary>
        public int LoadCount
        {
            get { return _grants.Length; }
        }

        /// <summary>A load's share, by its number from 0, in the order of their right to power.</summary>
        public PowerGrant this[int load]
        {
            get { return _grants[load]; }
        }

        /// <summary>The share of a part.</summary>
        /// <returns>Null when the board does not declare it: it gets no power.</returns>
        public PowerGrant Of(PowerPart part)
        {
            int load = _grants.Length - 1;
            while (load >= 0 && _grants[load].Part != part)
            {
                load--;
            }

            return load < 0 ? null : _grants[load];
        }

        /// <summary>What would be taken of the supply, in mVA, with one more load in service.</summary>
        public int DrawnWith(PowerGrant grant)
        {
            lock (_grants)
            {
                return _drawn[With(_combination, grant, grant.InService)];
            }
        }

        /// <summary>Takes a load out of service while the supply is low, or lets it ask again.</summary>
        public void Shed(PowerGrant grant, bool isShed)
        {
            lock (_grants)
            {
                grant.IsShed = isShed;
                grant.MustYield |= isShed && grant.Level > 0;
                grant.Wake();
            }
        }

        internal bool Ask(PowerGrant grant, int level, Urgency urgency, long now)
        {
            lock (_grants)
            {
                Expire(now);
                int next = With(_combination, grant, level);
                int rank = RankOf(grant, level, urgency, now);
                bool isRefused = grant.IsShed || grant.MustYield;
                if (!isRefused && Fits(next, level, grant) && !Overtakes(rank, next, now))
                {
                    Take(grant, level, next, now);
                    return true;
                }

                if (grant.Wanted != level)
                {
                    grant.Waits++;
                    grant.WaitsSince = now;
                }

                // Who is shed holds nobody up.
                Want(grant, level);
                grant.Rank = isRefused ? int.MaxValue : rank;
                grant.AskedAt = now;
                if (!isRefused && urgency != Urgency.Scan)
                {
                    MakeRoom(grant, next);
                }

                return false;
            }
        }

        internal void TurnOff(PowerGrant grant)
        {
            lock (_grants)
            {
                Set(grant, 0);
                grant.MustYield = false;
                Want(grant, PowerBudget.None);
                TellWaiting();
            }
        }

        internal void End(PowerGrant grant, bool isKnown, long now)
        {
            lock (_grants)
            {
                grant.IsEnding = true;
                grant.EndsAt = grant.LeftAt + ((long)grant.Sent * grant.LongestBurst);
                _nextEnd = Deadline.Earlier(_nextEnd, grant.EndsAt);
                if (isKnown || now >= grant.EndsAt)
                {
                    Set(grant, grant.InService);
                    TellWaiting();
                }
            }
        }

        internal long RetryAt(long now)
        {
            long at = now + RetryPause;
            for (int i = 0; i < _grants.Length; i++)
            {
                at = Deadline.Earlier(at, _grants[i].EndsAt);
            }

            return at;
        }

        private static int With(int combination, PowerGrant grant, int level)
        {
            return combination + ((level - grant.Level) * grant.Weight);
        }

        // Urgency, then the order of the loads; who has waited long for a transmission goes before all who have not.
        private int RankOf(PowerGrant grant, int level, Urgency urgency, long now)
        {
            bool hasWaited = urgency == Urgency.Traffic && grant.Wanted == level && now - grant.WaitsSince >= RetryPause;
            return (hasWaited ? -_grants.Length : (int)urgency * _grants.Length) + grant.Load;
        }

        private void Take(PowerGrant grant, int level, int next, long now)
        {
            if (grant.Wanted == level && level > grant.InService)
            {
                int waited = (int)(now - grant.WaitsSince);
                grant.LongestWait = waited > grant.LongestWait ? waited : grant.LongestWait;
            }

            // What is still leaving comes before what is given to the radio now.
            long leaving = grant.EndsAt != Deadline.Never && grant.EndsAt > now ? grant.EndsAt : now;
            Set(grant, level);
            Want(grant, PowerBudget.None);
            grant.LeftAt = leaving;
            if (level > grant.InService)
            {
                grant.EndsAt = leaving + grant.LongestBurst;
                _nextEnd = Deadline.Earlier(_nextEnd, grant.EndsAt);
            }

            MostGranted = _drawn[next] > MostGranted ? _drawn[next] : MostGranted;
        }

        private void Set(PowerGrant grant, int level)
        {
            _combination = With(_combination, grant, level);
            grant.Level = level;
            grant.EndsAt = Deadline.Never;
            grant.Sent = 0;
            grant.IsEnding = false;
        }

        // A transmission that nobody has ended is over when the longest would be.
        private void Expire(long now)
        {
            if (now < _nextEnd)
            {
                return;
            }

            _nextEnd = Deadline.Never;
            for (int i = 0; i < _grants.Length; i++)
            {
                PowerGrant grant = _grants[i];
                if (now >= grant.EndsAt)
                {
                    grant.Overdue += grant.IsEnding ? 0 : 1;
                    Set(grant, grant.InService);
                }

                _nextEnd = Deadline.Earlier(_nextEnd, grant.EndsAt);
            }
        }

        private void Want(PowerGrant grant, int level)
        {
            int waited = grant.Wanted == PowerBudget.None ? 0 : 1;
            grant.Wanted = level;
            _waiting += (level == PowerBudget.None ? 0 : 1) - waited;
        }

        // Whether somebody with a better right waits for what would then not be there.
        private bool Overtakes(int rank, int next, long now)
        {
            for (int i = 0; _waiting > 0 && i < _grants.Length; i++)
            {
                PowerGrant other = _grants[i];
                if (other.Wanted != PowerBudget.None && other.Rank < rank && now - other.AskedAt < WaitMemory
                    && _drawn[With(next, other, other.Wanted)] > Free)
                {
                    return true;
                }
            }

            return false;
        }

        // Whether each one that is then in service may send, one at a time: what is on for days leaves room for that.
        private bool MayAllSend(int next)
        {
            int idle = Idle(next);
            for (int i = 0; i < _grants.Length; i++)
            {
                PowerGrant other = _grants[i];
                int level = LevelIn(idle, other);
                if (level == other.InService
                    && _drawn[idle + ((other.SendingLevel - level) * other.Weight)] > Free)
                {
                    return false;
                }
            }

            return true;
        }

        // The same combination, once the transmissions in it are over.
        private int Idle(int combination)
        {
            for (int i = 0; i < _grants.Length; i++)
            {
                int over = LevelIn(combination, _grants[i]) - _grants[i].InService;
                combination -= over > 0 ? over * _grants[i].Weight : 0;
            }

            return combination;
        }

        private int LevelIn(int combination, PowerGrant grant)
        {
            return combination / grant.Weight % grant.LevelCount;
        }

        // Tells those with a lesser right to leave, the least first, until it would fit once what is sent is over.
        private void MakeRoom(PowerGrant grant, int next)
        {
            bool canYield = false;
            for (int i = grant.Load + 1; i < _grants.Length; i++)
            {
                canYield |= _grants[i].Level > 0 && !_grants[i].MustYield && _grants[i].IsSwitched;
            }

            if (!canYield)
            {
                return;
            }

            int wanted = LevelIn(next, grant);
            next = Idle(next) + (wanted > grant.InService ? grant.Weight : 0);
            for (int i = _grants.Length - 1; i > grant.Load && !Fits(next, wanted, grant); i--)
            {
                PowerGrant other = _grants[i];
                int level = LevelIn(next, other);
                if (other.IsSwitched && level > 0)
                {
                    next -= level * other.Weight;
                    if (!other.MustYield)
                    {
                        other.MustYield = true;
                        other.Wake();
                    }
                }
            }
        }

        private bool Fits(int next, int wanted, PowerGrant grant)
        {
            return _drawn[next] <= Free && (wanted != grant.InService || MayAllSend(next));
        }

        private void TellWaiting()
        {
            for (int i = 0; _waiting > 0 && i < _grants.Length; i++)
            {
                if (_grants[i].Wanted != PowerBudget.None)
                {
                    _grants[i].Wake();
                }
            }
        }
    }
}
