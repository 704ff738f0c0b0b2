using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>A meter: a device object that shows the read model, and announces the values of fixed times together,
    /// and location and fault status each by itself.</summary>
    public abstract class MeterObject : EchonetObject, IAnnouncingObject
    {
        private const int AtFixedTime = 0;
        private const int Location = 1;

        private readonly MeterValues _values;
        private readonly byte[][] _groups;
        private readonly byte[] _atFixedTimeWithoutReactive;

        /// <summary>Makes an object.</summary>
        /// <param name="eoj">Its code, with an instance of 1 or more.</param>
        /// <param name="values">Where its values come from.</param>
        /// <param name="table">The table of its class.</param>
        /// <param name="rest">The rest of it.</param>
        internal MeterObject(int eoj, MeterValues values, byte[] table, params byte[] rest)
            : base(eoj, values, SuperClass.Table(), SuperClass.DeviceTable(), table, rest)
        {
            _values = values;
            _atFixedTimeWithoutReactive = PropertiesWith(Access.AtFixedTime, Access.OfReactive);
            _groups = new byte[][]
            {
                PropertiesWith(Access.AtFixedTime),
                new byte[] { Epc.InstallationLocation },
                new byte[] { Epc.FaultStatus },
            };
        }

        /// <inheritdoc/>
        public int Changes
        {
            get { return _values.Version + _values.Location.Changes; }
        }

        /// <inheritdoc/>
        public int GroupCount
        {
            get { return _groups.Length; }
        }

        /// <inheritdoc/>
        public long NextChange
        {
            get { return _values.FreshUntil; }
        }

        /// <inheritdoc/>
        public byte[] PropertiesOf(int group)
        {
            return group == AtFixedTime && (_values.Absent & Access.OfReactive) != 0
                ? _atFixedTimeWithoutReactive
                : _groups[group];
        }

        /// <summary>The values of fixed times go to the controller, as real meters send them. A changed state goes to the
        /// node profile, which stands for everyone where nobody in particular is meant (ECHONET Lite specification part
        /// II, 4.2.3): the announcement at status change is for the whole domain.</summary>
        public int DestinationOf(int group)
        {
            return group == AtFixedTime ? Eoj.Controller : Eoj.NodeProfile;
        }

        /// <inheritdoc/>
        public long MarkOf(int group)
        {
            switch (group)
            {
                case AtFixedTime:
                    long time = _values.FixedTime;
                    return time == MeterTime.Unknown ? AnnouncementMark.None : time;
                case Location:
                    return _values.Location.Changes;
                default:
                    return _values.IsFresh ? 0 : 1;
            }
        }

        /// <inheritdoc/>
        public long WorthUntil(int group)
        {
            return group == AtFixedTime ? _values.FixedTimeUntil : Deadline.Never;
        }
    }
}
