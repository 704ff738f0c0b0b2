using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Rig;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>Hosts on the unit's network that are not terminals of a test: what each sends and is sent is counted.</summary>
    internal sealed class Crowd
    {
        private readonly SimulatedUnit _unit;
        private readonly DatagramPeer[] _peers;
        private readonly Dictionary<string, int> _indices = [];

        /// <summary>Makes a crowd.</summary>
        /// <param name="unit">Where it sends to.</param>
        /// <param name="size">How many; every other one has an IPv6 address.</param>
        public Crowd(SimulatedUnit unit, int size)
        {
            _unit = unit;
            _peers = Enumerable.Range(0, size).Select(Peer).ToArray();
            SentTo = new int[size];
            for (int i = 0; i < size; i++)
            {
                _indices[Key(_peers[i])] = i;
            }

            Action<byte[], int, DatagramPeer> others = unit.Port.Sent;
            unit.Port.Sent = (buffer, length, destination) =>
            {
                others?.Invoke(buffer, length, destination);
                if (destination is null)
                {
                    BytesToGroup += length;
                    HeardByAll?.Invoke(buffer[..length]);
                }
                else if (_indices.TryGetValue(Key(destination), out int index))
                {
                    SentTo[index]++;
                    BytesSentTo += length;
                    LastSent = unit.Scheduler.Milliseconds;
                    Heard?.Invoke(index, buffer[..length]);
                }
            };
        }

        public int Size => _peers.Length;

        /// <summary>Frames that the unit has sent to each.</summary>
        public int[] SentTo { get; }

        /// <summary>Bytes that it has sent to all of them, by unicast.</summary>
        public long BytesSentTo { get; private set; }

        /// <summary>Bytes that it has sent to the group.</summary>
        public long BytesToGroup { get; private set; }

        /// <summary>Bytes that they have sent.</summary>
        public long BytesSent { get; private set; }

        /// <summary>When the last frame came to one of them.</summary>
        public long LastSent { get; private set; }

        /// <summary>One of them is sent a frame.</summary>
        public Action<int, byte[]> Heard { get; set; }

        /// <summary>The group is sent a frame.</summary>
        public Action<byte[]> HeardByAll { get; set; }

        /// <summary>One of them sends.</summary>
        public void Send(int index, string frame, DatagramCast cast = DatagramCast.Unicast)
        {
            Send(index, Convert.FromHexString(frame.Replace(" ", "")), cast);
        }

        /// <summary>One of them sends.</summary>
        public void Send(int index, byte[] frame, DatagramCast cast = DatagramCast.Unicast)
        {
            BytesSent += frame.Length;
            _peers[index].Cast = cast;
            _unit.Port.Deliver(frame, _peers[index]);
        }

        /// <summary>All of them, in turn, send so many frames a millisecond, until a time.</summary>
        public void Flood(string frame, int perMillisecond, long until)
        {
            byte[] bytes = Convert.FromHexString(frame.Replace(" ", ""));
            int next = 0;
            void Burst()
            {
                for (int i = 0; i < perMillisecond; i++)
                {
                    Send(next, bytes);
                    next = (next + 1) % Size;
                }

                if (_unit.Scheduler.Milliseconds < until)
                {
                    _unit.Scheduler.At(_unit.Scheduler.Milliseconds + 1, Burst);
                }
            }

            Burst();
        }

        /// <summary>They answer what the unit asks them, as nodes do.</summary>
        public void AnswerQuestions()
        {
            Heard += (index, frame) =>
            {
                if (UnitQuestion.Answer(frame) is { } proof)
                {
                    _unit.Scheduler.At(_unit.Scheduler.Milliseconds + 1, () => Send(index, proof));
                }
            };
        }

        private static string Key(DatagramPeer peer)
        {
            return Convert.ToHexString(peer.Address, 0, peer.AddressLength);
        }

        private static DatagramPeer Peer(int index)
        {
            var peer = new DatagramPeer { AddressLength = index % 2 == 0 ? 4 : 16, ScopeId = index % 2, Port = 3610 };
            byte[] host = [(byte)(index >> 8), (byte)index];
            (index % 2 == 0 ? (byte[])[10, 1, .. host] : [0xFE, 0x80, .. new byte[12], .. host]).CopyTo(peer.Address, 0);
            return peer;
        }
    }
}
