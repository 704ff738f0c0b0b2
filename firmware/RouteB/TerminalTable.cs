using System;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Policy;

namespace NanoComm.RouteB
{
    /// <summary>
    /// The places of a path, told apart by host address: who has one keeps selectors and a share of the budget. A few are
    /// for hosts that have not proven that they answer at their address: there the one that was silent longest leaves
    /// first, but not before it was asked to prove itself. In the others nobody is disturbed who has asked in the last ten minutes. A host takes a place when it asks
    /// something: the other nodes of the house, which only announce themselves in the same group, never do.
    /// </summary>
    public sealed class TerminalTable
    {
        /// <summary>There is no such place.</summary>
        public const int Behind = -2;

        private const int NoPlace = -1;
        private const int KeyLength = 4;

        // For the answer of whoever is about to lose its place.
        private const long AnswerTime = 1000;
        private const int PerMillisecond = 1000;

        private readonly PathRules _rules;
        private readonly PathTerminal[] _places;

        // The last four bytes of each address: most hosts differ there, and few places need a second look.
        private readonly int[] _keys;
        private readonly PathTerminal _stranger;
        private int _end;

        // Of the rules, or what the utility allows.
        private int _most;
        private int _unproven;
        private int _family;
        private int _perSecond;
        private int _burst;

        /// <summary>Makes an empty table.</summary>
        /// <param name="node">The node that the terminals ask.</param>
        /// <param name="rules">How many places there are, for whom, and how much is taken of each.</param>
        public TerminalTable(EchonetNode node, PathRules rules)
        {
            _rules = rules;
            _places = new PathTerminal[rules.Places];
            _keys = new int[rules.Places];
            for (int i = 0; i < _places.Length; i++)
            {
                _places[i] = new PathTerminal(node, rules.Burst) { IsAcknowledged = rules.AcknowledgesInfC };
            }

            _stranger = new PathTerminal(node, 0) { IsAcknowledged = rules.AcknowledgesInfC };
            Limit(0, 0);
        }

        /// <summary>Whether the utility limits how many terminals there are. Then every place is for a host that has proven
        /// itself, of whichever IP version.</summary>
        public bool IsLimited { get; private set; }

        /// <summary>Places taken.</summary>
        public int Count
        {
            get { return CountOf(false) + CountOf(true); }
        }

        /// <summary>Places of hosts that have proven themselves.</summary>
        public int ProvenCount
        {
            get { return CountOf(true); }
        }

        /// <summary>The place of a host.</summary>
        /// <param name="peer">Where it sends from; the port does not matter.</param>
        /// <returns>Null when it has none.</returns>
        public PathTerminal Find(DatagramPeer peer)
        {
            int key = KeyOf(peer);
            int[] keys = _keys;
            int end = _end;
            for (int i = 0; i < end; i++)
            {
                if (keys[i] == key && _places[i].Is(peer))
                {
                    return _places[i];
                }
            }

            return null;
        }

        /// <summary>What a host without a place is answered from: the default selectors, which it may change only if it
        /// can have a place. On a path where everybody is proven it gets the place at once.</summary>
        public PathTerminal Meet(DatagramPeer peer, long now)
        {
            if (_rules.AreProven)
            {
                PathTerminal place = Take(FindProvenPlace(peer, now), peer, now);
                place.IsProven = true;
                return place;
            }

            _stranger.BeginAs(peer, now);
            _stranger.MaySelect = FindUnprovenPlace(now) != NoPlace;
            return _stranger;
        }

        /// <summary>Whether a host without a place is answered: always, but where the utility limits how many terminals there
        /// are, while there is a place that it could take.</summary>
        public bool HasRoomFor(DatagramPeer peer, long now)
        {
            return !IsLimited || FindProvenPlace(peer, now) != NoPlace;
        }

        /// <summary>Takes what the utility allows, which is never more than the rules do. Who is one too many loses its
        /// place.</summary>
        /// <param name="terminals">Most terminals; 0 for as many as the rules have.</param>
        /// <param name="perSecond">Requests a second of each at most; 0 likewise.</param>
        public void Limit(int terminals, int perSecond)
        {
            IsLimited = terminals > 0 && !_rules.AreProven;
            _most = IsLimited && terminals < _rules.Places ? terminals : _rules.Places;
            _unproven = IsLimited ? 0 : _rules.UnprovenPlaces;
            _family = IsLimited ? 0 : _rules.FamilyPlaces;
            bool isSlower = perSecond > 0 && perSecond < _rules.RequestsPerSecond;
            _perSecond = isSlower ? perSecond : _rules.RequestsPerSecond;
            int burst = (int)((long)_rules.Burst * _perSecond / _rules.RequestsPerSecond);
            _burst = burst > 0 ? burst : 1;
            while (IsLimited && (CountOf(false) > 0 || Count > _most))
            {
                FindLeast().End();
            }
        }

        /// <summary>Ends the places of those whom the utility does not admit.</summary>
        public void EndUnadmitted(RouteBPolicy policy)
        {
            for (int i = 0; i < _end; i++)
            {
                if (_places[i].IsTaken && !_places[i].IsAdmitted(policy, _rules.Path))
                {
                    _places[i].End();
                }
            }
        }

        /// <summary>The host of a place, for what is sent to each of them.</summary>
        /// <param name="index">The place, from 0.</param>
        /// <param name="peer">Filled.</param>
        /// <returns>Number of the port that it was heard by; -1 when nobody has the place, -2 <see cref="Behind"/> behind the last.</returns>
        public int HostOf(int index, DatagramPeer peer)
        {
            if (index >= _end)
            {
                return Behind;
            }

            _places[index].CopyHostTo(peer);
            return _places[index].IsTaken ? _places[index].Port : NoPlace;
        }

        /// <summary>Notes that a host asks something, and gives it a place if it has none and can have one.</summary>
        /// <param name="terminal">As found or met.</param>
        /// <param name="peer">The host.</param>
        /// <param name="port">Number of the port that it was heard by.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>Its place; the same as it was when there is none for it.</returns>
        public PathTerminal Keep(PathTerminal terminal, DatagramPeer peer, int port, long now)
        {
            PathTerminal place = terminal;
            if (terminal == _stranger && _stranger.MaySelect)
            {
                place = Take(FindUnprovenPlace(now), peer, now);
                place.CopySelectors(_stranger);
            }

            place.LastUse = now;
            place.Port = port;
            return place;
        }

        /// <summary>Whether a terminal has a place, and does not only stand for a host without.</summary>
        public bool HasPlace(PathTerminal terminal)
        {
            return terminal != _stranger;
        }

        /// <summary>Who is to prove itself, or to make room for those who come: where all places of the unproven are taken,
        /// one of those who have them and were never asked.</summary>
        /// <returns>Null when there is none.</returns>
        public PathTerminal NextToAsk()
        {
            bool isFull = CountOf(false) == _unproven;
            for (int i = 0; isFull && i < _end; i++)
            {
                if (_places[i].IsTaken && !_places[i].IsProven && _places[i].AskedAt == PathTerminal.Never)
                {
                    return _places[i];
                }
            }

            return null;
        }

        /// <summary>A host has proven that it answers at its address. Where all places of the proven have been asked from
        /// within ten minutes, it takes one of the unproven.</summary>
        /// <param name="peer">The host.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>Whether it has a place of the proven.</returns>
        public bool Prove(DatagramPeer peer, long now)
        {
            PathTerminal place = Find(peer);
            if (place != null && place.IsProven)
            {
                return true;
            }

            int index = FindProvenPlace(peer, now);
            if (index == NoPlace)
            {
                int unproven = place == null ? FindUnprovenPlace(now) : NoPlace;
                if (unproven != NoPlace)
                {
                    Take(unproven, peer, now).AskedAt = now;
                }

                return false;
            }

            if (place == null)
            {
                place = Take(index, peer, now);
            }
            else if (_places[index].IsTaken)
            {
                _places[index].End();
            }

            place.IsProven = true;
            return true;
        }

        /// <summary>Adds what the time has brought to each place: an equal share of the path's, and no more than one
        /// terminal's.</summary>
        /// <param name="elapsed">Milliseconds since the last call.</param>
        public void Refill(long elapsed)
        {
            int count = Count;
            if (count == 0)
            {
                return;
            }

            long share = elapsed * _rules.PlacesPerSecond * PerMillisecond / count;
            long most = elapsed * _perSecond * PerMillisecond;
            share = share > most ? most : share;
            for (int i = 0; i < _end; i++)
            {
                if (_places[i].IsTaken)
                {
                    _places[i].Save(share, _burst);
                }
            }
        }

        private static int KeyOf(DatagramPeer peer)
        {
            return BitConverter.ToInt32(peer.Address, peer.AddressLength - KeyLength);
        }

        private PathTerminal Take(int index, DatagramPeer peer, long now)
        {
            _keys[index] = KeyOf(peer);
            _places[index].BeginAs(peer, now);
            _end = index < _end ? _end : index + 1;
            return _places[index];
        }

        private int CountOf(bool isProven)
        {
            int count = 0;
            for (int i = 0; i < _end; i++)
            {
                count += _places[i].IsTaken && _places[i].IsProven == isProven ? 1 : 0;
            }

            return count;
        }

        // Of those who have a place, who is missed least: one that has not proven itself, then the one that is silent longest.
        private PathTerminal FindLeast()
        {
            PathTerminal least = null;
            for (int i = 0; i < _end; i++)
            {
                PathTerminal place = _places[i];
                if (place.IsTaken && (least == null || (least.IsProven && !place.IsProven)
                    || (least.IsProven == place.IsProven && place.LastUse < least.LastUse)))
                {
                    least = place;
                }
            }

            return least;
        }

        private int FindFree()
        {
            for (int i = 0; i < _places.Length; i++)
            {
                if (!_places[i].IsTaken)
                {
                    return i;
                }
            }

            return NoPlace;
        }

        private int FindUnprovenPlace(long now)
        {
            if (CountOf(false) < _unproven)
            {
                return FindFree();
            }

            int oldest = NoPlace;
            for (int i = 0; i < _end; i++)
            {
                PathTerminal place = _places[i];
                if (place.IsTaken && !place.IsProven && place.AskedAt != PathTerminal.Never
                    && now - place.AskedAt >= AnswerTime
                    && (oldest == NoPlace || place.LastUse < _places[oldest].LastUse))
                {
                    oldest = i;
                }
            }

            return oldest;
        }

        // A free one while there are any for its family; else that of a host that has been silent for long enough.
        private int FindProvenPlace(DatagramPeer peer, long now)
        {
            bool isIPv4 = peer.AddressLength == KeyLength;
            int most = _most - _unproven;
            int proven = 0;
            int family = 0;
            for (int i = 0; i < _end; i++)
            {
                if (_places[i].IsTaken && _places[i].IsProven)
                {
                    proven++;
                    family += _places[i].IsIPv4 == isIPv4 ? 1 : 0;
                }
            }

            bool isFamilyFull = family >= most - _family;
            return proven < most && !isFamilyFull ? FindFree() : FindIdle(isFamilyFull, isIPv4, now);
        }

        private int FindIdle(bool isOfFamily, bool isIPv4, long now)
        {
            int idle = NoPlace;
            for (int i = 0; i < _end; i++)
            {
                PathTerminal place = _places[i];
                if (place.IsTaken && place.IsProven && (!isOfFamily || place.IsIPv4 == isIPv4)
                    && now - place.LastUse >= _rules.IdleTime
                    && (idle == NoPlace || place.LastUse < _places[idle].LastUse))
                {
                    idle = i;
                }
            }

            return idle;
        }
    }
}
