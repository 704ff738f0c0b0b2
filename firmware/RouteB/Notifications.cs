using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.RouteB
{
    /// <summary>
    /// What a path announces of the node's own accord, one frame at a time: the instance list (D5) after link-up and
    /// whenever the meter object comes; EA and EB within five minutes after each half-hour; location and fault status
    /// when they change.
    /// </summary>
    public sealed class Notifications
    {
        private const int HalfHourWindow = 300;

        private static readonly byte[] InstanceList = { Epc.InstanceListNotification };
        private static readonly byte[] FixedTimeEnergy = { Epc.NormalFixedTimeEnergy, Epc.ReverseFixedTimeEnergy };
        private static readonly byte[] Location = { Epc.InstallationLocation };
        private static readonly byte[] FaultStatus = { Epc.FaultStatus };

        private readonly EchonetNode _node;
        private readonly LowVoltageMeter _meter;
        private readonly InstallationLocation _location;

        private bool _linkUp;
        private bool _announcedPresence;
        private bool _announcedFault;
        private int _announcedLocation;
        private long _announcedTime = MeterTime.Unknown;

        /// <summary>Makes the notifications of one path.</summary>
        public Notifications(EchonetNode node, LowVoltageMeter meter, InstallationLocation location)
        {
            _node = node;
            _meter = meter;
            _location = location;
            _announcedLocation = location.Changes;
        }

        /// <summary>The path came up (again): announce the instance list.</summary>
        public void LinkUp()
        {
            _linkUp = true;
        }

        /// <summary>Builds the next frame that is due.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="buffer">A buffer of <see cref="EchonetNode.BufferLength"/>.</param>
        /// <returns>Its length, or 0 when nothing is due.</returns>
        public int Next(long now, byte[] buffer)
        {
            _meter.Refresh(now);
            if (_linkUp || _announcedPresence != _meter.IsPresent)
            {
                _linkUp = false;
                if (!_announcedPresence)
                {
                    _announcedFault = _meter.IsFaulty;
                }

                _announcedPresence = _meter.IsPresent;
                return Announce(Eoj.NodeProfile, InstanceList, now, buffer);
            }

            if (!_meter.IsPresent)
            {
                return 0;
            }

            if (_announcedTime != _meter.FixedTime && _meter.HasFixedTimeValues)
            {
                _announcedTime = _meter.FixedTime;
                long age = _meter.Time - _meter.FixedTime;
                if (age >= 0 && age < HalfHourWindow)
                {
                    return Announce(Eoj.LowVoltageMeter, FixedTimeEnergy, now, buffer);
                }
            }

            if (_announcedLocation != _location.Changes)
            {
                _announcedLocation = _location.Changes;
                return Announce(Eoj.LowVoltageMeter, Location, now, buffer);
            }

            if (_announcedFault != _meter.IsFaulty)
            {
                _announcedFault = _meter.IsFaulty;
                return Announce(Eoj.LowVoltageMeter, FaultStatus, now, buffer);
            }

            return 0;
        }

        /// <summary>When to ask again although nothing was published.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public long NextDeadline(long now)
        {
            return _meter.IsPresent && now < _meter.FreshUntil ? _meter.FreshUntil : Deadline.Never;
        }

        private int Announce(int seoj, byte[] epcs, long now, byte[] buffer)
        {
            return _node.Announce(Esv.Inf, seoj, Eoj.NodeProfile, epcs, now, buffer);
        }
    }
}
