using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// What a path announces of the node's own accord, one frame at a time: the instance list (D5) after link-up and
    /// whenever an object comes or goes; then what each object has to announce, once a change, while it is worth it.
    /// Keeps what this path has announced.
    /// </summary>
    public sealed class Notifications
    {
        private static readonly byte[] InstanceList = { Epc.InstanceListNotification };

        private readonly EchonetNode _node;
        private readonly IAnnouncingObject[] _objects;

        // By object: whether its presence was announced, its changes when it was last looked at, and its groups' marks.
        private readonly bool[] _isListed;
        private readonly int[] _changes;
        private readonly long[][] _marks;
        private bool _linkUp;

        /// <summary>Makes the notifications of one path.</summary>
        /// <param name="node">Has the objects.</param>
        public Notifications(EchonetNode node)
        {
            _node = node;
            _objects = node.Announcing;
            _isListed = new bool[_objects.Length];
            _changes = new int[_objects.Length];
            _marks = new long[_objects.Length][];
            for (int i = 0; i < _objects.Length; i++)
            {
                _marks[i] = new long[_objects[i].GroupCount];
                for (int group = 0; group < _marks[i].Length; group++)
                {
                    _marks[i][group] = AnnouncementMark.None;
                }
            }
        }

        /// <summary>Whether the last frame is for the terminals, and not for everyone.</summary>
        public bool IsForTerminals { get; private set; }

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
            bool isListDue = _linkUp;
            for (int i = 0; i < _objects.Length; i++)
            {
                _objects[i].Refresh(now);
                isListDue |= _objects[i].IsPresent != _isListed[i];
            }

            if (isListDue)
            {
                return AnnounceList(now, buffer);
            }

            for (int i = 0; i < _objects.Length; i++)
            {
                int length = Next(i, now, buffer);
                if (length > 0)
                {
                    return length;
                }
            }

            return 0;
        }

        /// <summary>Builds the instance list for one node that has just come, whatever was announced.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="buffer">A buffer of <see cref="EchonetNode.BufferLength"/>.</param>
        /// <returns>Its length.</returns>
        public int Introduce(long now, byte[] buffer)
        {
            return Announce(Eoj.NodeProfile, Eoj.NodeProfile, InstanceList, now, buffer);
        }

        /// <summary>When to ask again although nothing was published.</summary>
        public long NextDeadline()
        {
            long deadline = Deadline.Never;
            for (int i = 0; i < _objects.Length; i++)
            {
                if (_objects[i].IsPresent && _objects[i].NextChange < deadline)
                {
                    deadline = _objects[i].NextChange;
                }
            }

            return deadline;
        }

        // Who sees an object in the list for the first time reads its states himself.
        private int AnnounceList(long now, byte[] buffer)
        {
            _linkUp = false;
            for (int i = 0; i < _objects.Length; i++)
            {
                IAnnouncingObject o = _objects[i];
                for (int group = 0; !_isListed[i] && group < o.GroupCount; group++)
                {
                    _marks[i][group] = o.WorthUntil(group) == Deadline.Never ? o.MarkOf(group) : _marks[i][group];
                }

                _isListed[i] = o.IsPresent;
            }

            return Announce(Eoj.NodeProfile, Eoj.NodeProfile, InstanceList, now, buffer);
        }

        private int Next(int index, long now, byte[] buffer)
        {
            IAnnouncingObject o = _objects[index];
            int changes = o.Changes;
            if (changes == _changes[index] || !o.IsPresent)
            {
                return 0;
            }

            long[] marks = _marks[index];
            for (int group = 0; group < marks.Length; group++)
            {
                long mark = o.MarkOf(group);
                if (mark == AnnouncementMark.None || mark == marks[group])
                {
                    continue;
                }

                marks[group] = mark;
                if (now < o.WorthUntil(group))
                {
                    return Announce(o.Code, o.DestinationOf(group), o.PropertiesOf(group), now, buffer);
                }
            }

            _changes[index] = changes;
            return 0;
        }

        private int Announce(int seoj, int deoj, byte[] epcs, long now, byte[] buffer)
        {
            IsForTerminals = deoj == Eoj.Controller;
            return _node.Announce(Esv.Inf, seoj, deoj, epcs, now, buffer);
        }
    }
}
