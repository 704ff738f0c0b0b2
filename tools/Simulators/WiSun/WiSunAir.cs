using System;
using System.Collections.Generic;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// The medium between modules: 28 channels, each of which carries one frame at a time. Who wants to send waits for
    /// a free carrier; nothing collides. Where the clock is virtual, the seed decides everything that is left to
    /// chance.
    /// </summary>
    public sealed class WiSunAir
    {
        /// <summary>The first logical channel (922.5 MHz).</summary>
        public const byte FirstChannel = 0x21;

        /// <summary>The last logical channel.</summary>
        public const byte LastChannel = 0x3C;

        // IEEE 802.15.4: macMaxFrameRetries. Back-off and the time until a jammed channel is given up are our choice.
        private const int Retries = 3;
        private const int LongestBackOff = 5;
        private const int JammedAfter = 50;

        private readonly long[] _busyUntil = new long[LastChannel + 1];
        private readonly byte[] _energy = new byte[LastChannel + 1];
        private readonly bool[] _isJammed = new bool[LastChannel + 1];
        private readonly Dictionary<(int, int), AirLink> _links = new();
        private readonly List<SimulatedModule> _modules = new();

        /// <summary>Makes an empty air.</summary>
        /// <param name="clock">Its time.</param>
        /// <param name="seed">Decides chance.</param>
        public WiSunAir(IAirClock clock, int seed)
        {
            Clock = clock;
            Random = new Random(seed);
            Array.Fill(_energy, (byte)4);
        }

        /// <summary>Its time.</summary>
        public IAirClock Clock { get; }

        /// <summary>Frames sent, repetitions included.</summary>
        public long Frames { get; private set; }

        /// <summary>Datagrams lost by <see cref="AirLink.DatagramLoss"/>.</summary>
        public long DatagramsLost { get; private set; }

        /// <summary>Each frame that is sent, for tests that want to see.</summary>
        public event Action<AirFrame> Sent;

        internal Random Random { get; }

        /// <summary>What lies between two modules.</summary>
        public AirLink Between(SimulatedModule one, SimulatedModule other)
        {
            var key = (Math.Min(one.Number, other.Number), Math.Max(one.Number, other.Number));
            if (!_links.TryGetValue(key, out AirLink link))
            {
                link = new AirLink();
                _links.Add(key, link);
            }

            return link;
        }

        /// <summary>Energy that an ED scan finds on a channel, 00…FF as it prints it.</summary>
        public byte GetEnergy(byte channel)
        {
            return _energy[channel];
        }

        /// <summary>Sets the energy that an ED scan finds on a channel.</summary>
        public void SetEnergy(byte channel, byte energy)
        {
            _energy[channel] = energy;
        }

        /// <summary>Has somebody else sit on a channel: its carrier is never free.</summary>
        public void Jam(byte channel, bool isJammed)
        {
            _isJammed[channel] = isJammed;
        }

        internal int Add(SimulatedModule module)
        {
            _modules.Add(module);
            return _modules.Count - 1;
        }

        /// <summary>Sends a frame.</summary>
        /// <param name="from">Who.</param>
        /// <param name="frame">What.</param>
        /// <param name="done">Told when it is over: whether it was acknowledged, or sent to everybody.</param>
        internal void Transmit(SimulatedModule from, AirFrame frame, Action<bool> done)
        {
            Attempt(from, frame, done, from.PowerUps, Retries);
        }

        private void Attempt(SimulatedModule from, AirFrame frame, Action<bool> done, long powerUp, int retries)
        {
            long now = Clock.Milliseconds;
            if (_isJammed[frame.Channel])
            {
                Clock.At(now + JammedAfter, () => Finish(from, powerUp, done, false));
                return;
            }

            long start = Math.Max(now, _busyUntil[frame.Channel]) + Random.Next(LongestBackOff);
            long end = start + frame.AirTime;
            _busyUntil[frame.Channel] = end;
            Frames++;
            Sent?.Invoke(frame);
            Clock.At(end, () =>
            {
                if (from.PowerUps != powerUp)
                {
                    return;
                }

                from.CountTransmission(frame.AirTime);
                bool isHeard = Arrive(from, frame);
                if (!isHeard && frame.To != null && retries > 0)
                {
                    Attempt(from, frame, done, powerUp, retries - 1);
                }
                else
                {
                    Finish(from, powerUp, done, isHeard || frame.To == null);
                }
            });
        }

        // A module that lost its power meanwhile is not told.
        private static void Finish(SimulatedModule from, long powerUp, Action<bool> done, bool isHeard)
        {
            if (from.PowerUps == powerUp)
            {
                done(isHeard);
            }
        }

        private bool Arrive(SimulatedModule from, AirFrame frame)
        {
            bool isHeard = false;
            foreach (SimulatedModule module in _modules)
            {
                if (module == from || !module.IsTunedTo(frame))
                {
                    continue;
                }

                AirLink link = Between(from, module);
                if (link.Lqi == 0 || Happens(link.FrameLoss))
                {
                    continue;
                }

                isHeard = true;
                if (frame.Kind == AirFrameKind.Datagram && Happens(link.DatagramLoss))
                {
                    DatagramsLost++;
                    continue;
                }

                Clock.At(Clock.Milliseconds + link.DelayMilliseconds, () => module.Hear(frame, link.Lqi));
            }

            return isHeard;
        }

        // Draws a number only where there is a doubt, so that what does not happen changes nothing.
        private bool Happens(double probability)
        {
            return probability > 0 && Random.NextDouble() < probability;
        }
    }
}
