using NanoComm.Hal;

namespace NanoComm.Power
{
    /// <summary>
    /// One load's share of the budget, in the hand of its driver: it asks before it puts the load into service and
    /// before it sends, and gives back what it does not need. Of one loop, except for what the governor does to it.
    /// </summary>
    public sealed class PowerGrant
    {
        private readonly PowerGovernor _governor;
        private ISignal _driver;
        private ISignal _sender;

        internal PowerGrant(PowerGovernor governor, PowerBudget budget, int load, int weight)
        {
            _governor = governor;
            Name = budget.NameOf(load);
            Part = budget.PartOf(load);
            Load = load;
            Weight = weight;
            InService = budget.InService(load);
            SendsWhenAsked = budget.SendsWhenAsked(load);
            LongestBurst = budget.LongestBurst(load);
            SendingLevel = InService + (SendsWhenAsked ? 1 : 0);
            LevelCount = SendingLevel + 1;
            Level = budget.AtPowerUp(load);
        }

        /// <summary>The load's name.</summary>
        public string Name { get; }

        /// <summary>Whether the load may be in service.</summary>
        public bool IsOn
        {
            get { return Level >= InService; }
        }

        /// <summary>Whether it may send at this moment. One that sends unasked is charged for it all the while.</summary>
        public bool MaySend
        {
            get { return Level == SendingLevel; }
        }

        /// <summary>Whether the driver has to take the load out of service, and say so with <see cref="TurnOff"/>: the
        /// supply is low, or one with a better right waits.</summary>
        public bool MustYield { get; internal set; }

        /// <summary>Whether it is out of service for a low supply.</summary>
        public bool IsShed { get; internal set; }

        /// <summary>Whether the load can be taken out of service.</summary>
        public bool IsSwitched
        {
            get { return InService > 0; }
        }

        /// <summary>Whether it sends only when asked, so that each transmission needs a grant.</summary>
        public bool SendsWhenAsked { get; }

        /// <summary>Times that it had to wait, or was refused.</summary>
        public int Waits { get; internal set; }

        /// <summary>The longest that it has waited for a transmission, in ms.</summary>
        public int LongestWait { get; internal set; }

        /// <summary>Transmissions whose end nobody has told: charged for as long as the longest takes.</summary>
        public int Overdue { get; internal set; }

        internal PowerPart Part { get; }

        internal int Load { get; }

        internal int Weight { get; }

        internal int InService { get; }

        internal int SendingLevel { get; }

        internal int LevelCount { get; }

        internal int LongestBurst { get; }

        internal int Level { get; set; }

        /// <summary>What it waits for; <see cref="PowerBudget.None"/> when it does not.</summary>
        internal int Wanted { get; set; } = PowerBudget.None;

        internal int Rank { get; set; }

        internal long WaitsSince { get; set; }

        internal long AskedAt { get; set; }

        /// <summary>When the transmission under way is over at the latest.</summary>
        internal long EndsAt { get; set; } = Deadline.Never;

        /// <summary>When what was given to the radio has left it.</summary>
        internal long LeftAt { get; set; }

        /// <summary>Datagrams given to the radio since it was granted.</summary>
        internal int Sent { get; set; }

        /// <summary>Whether the end was told.</summary>
        internal bool IsEnding { get; set; }

        /// <summary>Wakes the driver's loop when what was refused may be granted now, or has to be given back.</summary>
        public void Notify(ISignal wake)
        {
            _driver = wake;
        }

        /// <summary>Wakes the loop that sends when a transmission that was refused may be granted now, where that is not
        /// the driver's.</summary>
        public void NotifySender(ISignal wake)
        {
            _sender = wake;
        }

        /// <summary>Asks for the load to be in service.</summary>
        /// <returns>False when it does not fit now: ask again when woken, and at <see cref="RetryAt"/>.</returns>
        public bool TurnOn(long now)
        {
            return IsOn || _governor.Ask(this, InService, Urgency.Service, now);
        }

        /// <summary>The load is out of service.</summary>
        public void TurnOff()
        {
            _governor.TurnOff(this);
        }

        /// <summary>Asks for a transmission. One that sends unasked has it all the while that it is in service.</summary>
        /// <returns>False when it does not fit now, as for <see cref="TurnOn"/>; or when the load is not in service.
        /// </returns>
        public bool Begin(Urgency urgency, long now)
        {
            return IsOn && (!SendsWhenAsked || _governor.Ask(this, SendingLevel, urgency, now));
        }

        /// <summary>Counts a datagram that was given to the radio.</summary>
        public void Count()
        {
            Sent++;
        }

        /// <summary>The transmission is over, or what was sent leaves the radio by itself.</summary>
        /// <param name="isKnown">Whether the radio has said so; if not, each datagram that was counted is charged as the
        /// longest.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void End(bool isKnown, long now)
        {
            if (SendsWhenAsked && Level == SendingLevel)
            {
                _governor.End(this, isKnown, now);
            }
        }

        /// <summary>Whether it waits since so many milliseconds.</summary>
        public bool HasWaited(long now, int milliseconds)
        {
            return Wanted != PowerBudget.None && now - WaitsSince >= milliseconds;
        }

        internal void Wake()
        {
            if (_driver != null)
            {
                _driver.Set();
            }

            if (_sender != null)
            {
                _sender.Set();
            }
        }

        /// <summary>When to ask again at the latest, after a refusal.</summary>
        public long RetryAt(long now)
        {
            return _governor.RetryAt(now);
        }
    }
}
