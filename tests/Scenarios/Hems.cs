using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hems;
using NanoComm.Rig;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A controller in virtual time: sends frames to the unit, takes apart what comes back, and answers what the
    /// unit asks, as every node does.</summary>
    internal sealed class Hems
    {
        private readonly SimulatedUnit _unit;
        private readonly DatagramPeer _peer;
        private readonly int _eoj;
        private readonly List<Message> _received = [];

        /// <summary>Makes a controller.</summary>
        /// <param name="unit">The unit it asks.</param>
        /// <param name="host">Last byte of its address.</param>
        /// <param name="eoj">The meter object it asks.</param>
        public Hems(SimulatedUnit unit, byte host, int eoj = Eoj.LowVoltageMeter)
        {
            _eoj = eoj;
            _unit = unit;
            _peer = SimulatedUnit.Peer(host, 50000 + host);
            Action<byte[], int, DatagramPeer> others = unit.Port.Sent;
            unit.Port.Sent = (buffer, length, destination) =>
            {
                others?.Invoke(buffer, length, destination);
                if (destination is not null && destination.IsSameHost(_peer)
                    && UnitQuestion.Answer(buffer.AsSpan(0, length)) is { } proof)
                {
                    unit.Scheduler.At(unit.Scheduler.Milliseconds, () => unit.Port.Deliver(proof, _peer));
                }
                else if (destination is null || destination.IsSameHost(_peer))
                {
                    Assert.That(destination?.Port ?? 3610, Is.EqualTo(3610), "answers go to 3610, whatever the source port");
                    _received.Add(new Message(unit.Scheduler.Milliseconds, buffer[..length]));
                }
            };
        }

        /// <summary>Notifications and answers, oldest first.</summary>
        public IReadOnlyList<Message> Received => _received;

        /// <summary>Notifications that carry a property.</summary>
        public IEnumerable<Message> Notifications(byte epc)
        {
            return _received.Where(message => message.Esv == Esv.Inf && message.Properties.ContainsKey(epc));
        }

        /// <summary>Asks, lets the unit work, and gives the answer; null for silence.</summary>
        public Message Ask(byte esv, params (byte Epc, byte[] Edt)[] properties)
        {
            return Ask(_eoj, esv, properties);
        }

        /// <summary>Reads one property of the node profile; null for silence.</summary>
        public Message AskNode(byte epc)
        {
            return Ask(Eoj.NodeProfile, Esv.Get, [(epc, [])]);
        }

        /// <summary>Reads one property; fails the test when it is refused.</summary>
        public byte[] Get(byte epc)
        {
            Message answer = Ask(Esv.Get, (epc, []));
            Assert.That(answer, Is.Not.Null, $"no answer to Get {epc:X2}");
            Assert.That(answer.Esv, Is.EqualTo(Esv.GetRes), $"Get {epc:X2}");
            return answer.Properties[epc];
        }

        /// <summary>Writes one property; fails the test when it is refused.</summary>
        public void Set(byte epc, params byte[] edt)
        {
            Message answer = Ask(Esv.SetC, (epc, edt));
            Assert.That(answer?.Esv, Is.EqualTo(Esv.SetRes), $"SetC {epc:X2} {Convert.ToHexString(edt)}");
        }

        /// <summary>Fetches historical data 3: energy of minutes, the latest first.</summary>
        public (uint Normal, uint Reverse)[] GetMinutes(DateTime latest, byte rows)
        {
            return GetRows(Epc.History3Time, Epc.History3, latest, rows);
        }

        /// <summary>Fetches historical data 2: energy of half-hours, the latest first.</summary>
        public (uint Normal, uint Reverse)[] GetHalfHours(DateTime latest, byte rows)
        {
            return GetRows(Epc.History2Time, Epc.History2, latest, rows);
        }

        /// <summary>Fetches a day of historical data 1.</summary>
        public uint[] GetDay(byte daysBack, byte epc = Epc.NormalHistory1)
        {
            Set(_eoj == Eoj.LowVoltageMeter ? Epc.History1Day : Epc.HistoryDay, daysBack);
            byte[] edt = Get(epc);
            Assert.That(edt, Has.Length.EqualTo(194));
            Assert.That(edt[1], Is.EqualTo(daysBack));
            return Enumerable.Range(0, 48).Select(slot => Bytes.U32(edt, 2 + (4 * slot))).ToArray();
        }

        private Message Ask(int eoj, byte esv, (byte Epc, byte[] Edt)[] properties)
        {
            int before = _received.Count;
            Send(eoj, esv, properties);
            _unit.Scheduler.RunUntil(_unit.Scheduler.Milliseconds + 1);
            return _received.Skip(before).FirstOrDefault(message => message.Esv != Esv.Inf);
        }

        private void Send(int eoj, byte esv, (byte Epc, byte[] Edt)[] properties)
        {
            var request = new EchonetMessage { Tid = 1, Deoj = eoj, Esv = esv };
            request.Properties.AddRange(properties);
            _unit.Port.Deliver(request.ToBytes(), _peer);
        }

        private (uint Normal, uint Reverse)[] GetRows(byte selector, byte data, DateTime latest, byte rows)
        {
            Set(selector, [.. Bytes.Dt6(latest), rows]);
            byte[] edt = Get(data);
            Assert.That(edt[..7], Is.EqualTo((byte[])[.. Bytes.Dt6(latest), rows]), "the selector comes back with the data");
            return Enumerable.Range(0, rows)
                .Select(row => (Bytes.U32(edt, 7 + (8 * row)), Bytes.U32(edt, 11 + (8 * row)))).ToArray();
        }
    }
}
