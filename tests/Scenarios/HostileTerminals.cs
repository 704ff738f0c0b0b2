using System;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hems;
using NanoComm.Rig;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Everything that terminals can do to a unit, in turns of a minute: on IP a crowd, of which some answer what they are
    /// asked and so have places; on Wi-SUN one that has joined, and two that try with a wrong password all the while. What
    /// they do is drawn from a source of their own.
    /// </summary>
    internal sealed class HostileTerminals
    {
        private const int Second = 1000;
        private const int Minute = 60 * Second;
        private const int Hosts = 40;
        private const ulong FirstMac = 0x001D_1291_0000_0010;

        private static readonly string[] Requests =
        [
            "10810001 05FF01 028801 62 01 E7 00", "10810001 05FF01 028801 62 05 E4 00 E4 00 E4 00 E4 00 E4 00",
            "10810001 05FF01 028801 61 01 81 01 08", "10810001 05FF01 028801 61 01 E5 01 05", "10810001 05FF01 028801 63 01 EA 00",
            "10810001 05FF01 028801 74 01 E7 00", "10810001 05FF01 0EF001 73 01 D5 04 01 05FF01",
            "10810001 0EF001 0EF001 73 01 D5 04 01 05FF01", "10810001 05FF01 028801 6E 01 E5 01 05 01 E2 00",
            "10810001 05FF01 028801 61 01 ED 07 07EB 02 1B 0B 1E 0C", "10810001 0EF001 0EF001 72 01 D6 04 01 05FF01",
            "10810001 05FF01 028801 60 01 81 11 01 00112233445566778899AABBCCDDEEFF",
        ];

        private readonly SimulatedUnit _unit;
        private readonly Random _random;
        private readonly Crowd _crowd;
        private readonly HemsController _joined;
        private readonly SimulatedModule _joinedModule;
        private readonly HemsController[] _strangers;
        private readonly byte[][] _requests = Requests.Select(text => Convert.FromHexString(text.Replace(" ", ""))).ToArray();

        /// <summary>Makes them; they do nothing yet.</summary>
        /// <param name="unit">With every path.</param>
        /// <param name="seed">Decides what they do.</param>
        public HostileTerminals(SimulatedUnit unit, int seed)
        {
            _unit = unit;
            _random = new Random(seed);
            _crowd = new Crowd(unit, Hosts);
            _crowd.Heard += (host, frame) =>
            {
                if (host % 3 == 0 && UnitQuestion.Answer(frame) is { } proof)
                {
                    unit.Scheduler.At(unit.Scheduler.Milliseconds + 1, () => _crowd.Send(host, proof));
                }
            };
            (_joined, _joinedModule) = AddHems(0, SimulatedUnit.RouteBPassword);
            _strangers = [AddHems(1, "SimUlated008").Hems, AddHems(2, "000000000000").Hems];
        }

        /// <summary>Datagrams that they sent by IP.</summary>
        public long Sent { get; private set; }

        /// <summary>Requests that they sent by Wi-SUN.</summary>
        public long Asked { get; private set; }

        /// <summary>Begins, and goes on until a time.</summary>
        public void Start(long until)
        {
            // The strangers are refused before they find the session taken.
            foreach (HemsController stranger in _strangers)
            {
                stranger.Start();
            }

            _unit.Scheduler.At(2 * Minute, _joined.Start);

            Turn(0, until);
        }

        private void Turn(int minute, long until)
        {
            long from = (long)minute * Minute;
            if (from >= until)
            {
                return;
            }

            switch (minute % 6)
            {
                case 0:
                    Every(1, from, 1 * Second, () => Flood(20, DatagramCast.Unicast));
                    break;
                case 1:
                    Every(7, from, 30 * Second, SendNonsense);
                    break;
                case 2:
                    Every(11, from, 30 * Second, () => Flood(1, (DatagramCast)_random.Next(3)));
                    break;
                case 3:
                    Every(13, from, 20 * Second, () => Send(_random.Next(Hosts),
                        Convert.FromHexString($"1081{_random.Next(65536):X4}0EF0010EF0017201D6040105FF01"), DatagramCast.Unicast));
                    break;
                case 4:
                    Every(3, from, 5 * Second, () => Flood(2, DatagramCast.Multicast));
                    break;
                default:
                    // It goes without a word, and is back half a minute later.
                    _unit.Scheduler.At(from + (20 * Second), () => _joinedModule.Faults.IsDead = true);
                    _unit.Scheduler.At(from + (50 * Second), () =>
                    {
                        _joinedModule.Faults.IsDead = false;
                        _joined.Start();
                    });
                    break;
            }

            Every(517, from, Minute, AskBySession);
            _unit.Scheduler.At(from + Minute, () => Turn(minute + 1, until));
        }

        private void Every(int milliseconds, long from, int duration, Action what)
        {
            long until = from + duration;
            void Next()
            {
                what();
                if (_unit.Scheduler.Milliseconds + milliseconds < until)
                {
                    _unit.Scheduler.At(_unit.Scheduler.Milliseconds + milliseconds, Next);
                }
            }

            _unit.Scheduler.At(from, Next);
        }

        private void Flood(int count, DatagramCast cast)
        {
            for (int i = 0; i < count; i++)
            {
                Send(_random.Next(Hosts), _requests[_random.Next(_requests.Length)], cast);
            }
        }

        // A request with some of its bytes altered, cut off somewhere, or with something behind it.
        private void SendNonsense()
        {
            byte[] frame = [.. _requests[_random.Next(_requests.Length)], .. new byte[_random.Next(3) == 0 ? _random.Next(1400) : 0]];
            for (int i = _random.Next(4); i >= 0; i--)
            {
                frame[_random.Next(frame.Length)] = (byte)_random.Next(256);
            }

            Send(_random.Next(Hosts), frame[.._random.Next(frame.Length + 1)], (DatagramCast)_random.Next(3));
        }

        private void Send(int host, byte[] frame, DatagramCast cast)
        {
            Sent++;
            _crowd.Send(host, frame, cast);
        }

        private void AskBySession()
        {
            if (_joined.State == HemsState.Joined)
            {
                Asked++;
                byte esv = _random.Next(3) == 0 ? Esv.SetC : Esv.Get;
                byte[] edt = esv == Esv.Get ? [] : [(byte)_random.Next(256)];
                _joined.Ask(0x028801, esv, [((byte)_random.Next(0x80, 0x100), edt)], _ => { });
            }
        }

        private (HemsController Hems, SimulatedModule Module) AddHems(int number, string password)
        {
            var module = new SimulatedModule(_unit.Air, new ModuleOptions { Mac = FirstMac + (ulong)number, FactoryOption = 1 });
            var line = new ByteLinePair(_unit.Air.Clock);
            module.Attach(line.Other);
            var hems = new HemsController(new HemsOptions { Id = SimulatedUnit.RouteBId, Password = password });
            return (HemsOnAir.Attach(hems, _unit.Air.Clock, line.One), module);
        }
    }
}
