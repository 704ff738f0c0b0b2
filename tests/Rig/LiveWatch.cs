using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>
    /// Asks a running unit for its instantaneous power (E7) once a second, at a random moment of the second, and reckons
    /// how old each answer is: from the moment at which the metering unit told that power last. Powers differ from
    /// second to second within a minute, so an answer shows which moment that was.
    /// </summary>
    public sealed class LiveWatch
    {
        private const int Second = 1000;
        private const int FirstMinute = 60 * Second;
        private const int ValueOffset = EchonetFrame.PropertiesOffset + 2;
        private const int NoPower = 0x7FFFFFFE;

        private static readonly byte[] Request =
            Convert.FromHexString("1081" + "0001" + "05FF01" + "028801" + "62" + "01" + "E700");

        private readonly SimulatedUnit _unit;
        private readonly Random _random;
        private readonly DatagramPeer _peer = SimulatedUnit.Peer(9);
        private readonly List<(long At, int Power)> _told = [];
        private readonly List<long> _ages = [];

        /// <summary>Watches a unit; before it is started.</summary>
        /// <param name="unit">One with a line to its metering unit.</param>
        /// <param name="seed">Decides when in a second is asked.</param>
        public LiveWatch(SimulatedUnit unit, int seed)
        {
            _unit = unit;
            _random = new Random(seed);
            unit.Meter.TellsPower = power => _told.Add((unit.Scheduler.Milliseconds, power));
            Action<byte[], int, DatagramPeer> others = unit.Port.Sent;
            unit.Port.Sent = (buffer, length, destination) =>
            {
                others?.Invoke(buffer, length, destination);
                if (destination is not null && destination.IsSameHost(_peer) && buffer[EchonetFrame.EsvOffset] == Esv.GetRes)
                {
                    Take(buffer);
                }
            };
        }

        /// <summary>Runs a unit with its metering unit at the end of a line, and watches it from its first minute on.
        /// </summary>
        /// <param name="seed">Decides everything that is left to chance.</param>
        /// <param name="start">What the metering clock shows at virtual time 0.</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="bitError">Share of the bits that are inverted, each way.</param>
        /// <param name="milliseconds">How long it is watched.</param>
        /// <param name="load">Share of the line's time that was used meanwhile, 0…1.</param>
        public static LiveWatch Run(int seed, DateTime start, int baudRate, double bitError, long milliseconds, out double load)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(seed, start, baudRate);
            unit.Line.ToFar.BitError = bitError;
            unit.Line.ToNear.BitError = bitError;
            var watch = new LiveWatch(unit, seed);
            unit.Unit.Start();
            watch.Start(FirstMinute);
            unit.Scheduler.RunUntil(FirstMinute);
            load = PollCount.Run(unit, milliseconds).Load(baudRate, milliseconds);
            return watch;
        }

        /// <summary>Askings.</summary>
        public int Asked { get; private set; }

        /// <summary>Answers "no data", and askings without an answer.</summary>
        public int Missing => Asked - _ages.Count;

        /// <summary>Age of the oldest answer, ms.</summary>
        public long Oldest => _ages.Max();

        /// <summary>Begins to ask.</summary>
        /// <param name="from">Virtual time, ms.</param>
        public void Start(long from)
        {
            _unit.Scheduler.At(from + _random.Next(Second), () =>
            {
                Asked++;
                _unit.Port.Deliver(Request, _peer);
                Start(from + Second);
            });
        }

        /// <summary>Share of all askings that were answered with a value of at most an age, 0…1.</summary>
        /// <param name="age">In ms.</param>
        public double ShareUpTo(long age)
        {
            return (double)_ages.Count(one => one <= age) / Asked;
        }

        private void Take(byte[] answer)
        {
            int power = (answer[ValueOffset] << 24) | (answer[ValueOffset + 1] << 16) | (answer[ValueOffset + 2] << 8)
                | answer[ValueOffset + 3];
            if (power == NoPower)
            {
                return;
            }

            int last = _told.FindLastIndex(told => told.Power == power);
            if (last < 0)
            {
                throw new InvalidOperationException($"{power} W is no power that the metering unit has told");
            }

            _ages.Add(_unit.Scheduler.Milliseconds - _told[last].At);
            _told.RemoveRange(0, Math.Max(0, _told.Count - 100));
        }
    }
}
