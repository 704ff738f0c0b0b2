using System;
using System.Collections.Generic;
using System.IO;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>The way to a meter over a Wi-SUN dongle: the session of a controller, which joins again when it is lost.</summary>
    public sealed class WiSunMeterPath : MeterPath
    {
        private const int EchonetPort = 3610;

        private readonly HemsController _hems;
        private readonly Func<int, byte[]> _hear;
        private readonly Func<long> _now;
        private readonly Queue<HeardFrame> _heard = new();
        private int _troubles;
        private string _trouble;

        /// <summary>Makes it; nothing is sent yet.</summary>
        /// <param name="hems">The controller, whose bytes for the module are sent by its owner.</param>
        /// <param name="hear">Waits so many ms for bytes of the module's; null without any.</param>
        /// <param name="now">The clock, ms.</param>
        public WiSunMeterPath(HemsController hems, Func<int, byte[]> hear, Func<long> now)
        {
            _hems = hems;
            _hear = hear;
            _now = now;
            hems.Trouble += trouble => (_trouble, _troubles) = (trouble, _troubles + 1);
            hems.FrameHeard += frame => _heard.Enqueue(new HeardFrame(frame, PathEnd.Controller, HeardFrame.UnknownPort, false, Now));
        }

        /// <inheritdoc/>
        public override int Port => EchonetPort;

        /// <inheritdoc/>
        public override string Name => $"{_hems.Meter} over {_hems.Options.Port}";

        /// <inheritdoc/>
        public override long Now => _now();

        /// <inheritdoc/>
        public override int Pace => 250;

        /// <inheritdoc/>
        public override int ShortestSilence => 2000;

        /// <summary>A session is a link: it came up when we joined.</summary>
        public override bool IsLinkUp => true;

        /// <summary>A controller sends to nobody but its meter.</summary>
        public override bool HasGroup => false;

        /// <summary>Joins the meter.</summary>
        /// <param name="end">Whether to give up.</param>
        /// <exception cref="IOException">It cannot be joined; the message says what is in the way, and which side to look at.</exception>
        public void Join(Func<bool> end)
        {
            // The first may be a module that was busy.
            const int MostTroubles = 2;
            _hems.Start();
            while (_hems.State != HemsState.Joined)
            {
                Drive(long.MaxValue);
                if (_troubles >= MostTroubles || end())
                {
                    throw new IOException(_trouble ?? "ended before the meter was joined");
                }
            }
        }

        /// <summary>Ends the session, so that the meter is free for another controller.</summary>
        public void Leave()
        {
            const int Patience = 5000;
            bool hasLeft = _hems.State != HemsState.Joined;
            _hems.Left += () => hasLeft = true;
            _hems.Stop();
            for (long until = Now + Patience; !hasLeft && Now < until;)
            {
                Drive(until);
            }
        }

        /// <inheritdoc/>
        public override bool Has(PathEnd end)
        {
            return end == PathEnd.Controller;
        }

        /// <inheritdoc/>
        public override void Send(byte[] frame, PathEnd end, bool toGroup)
        {
            _hems.SendFrame(frame);
        }

        /// <inheritdoc/>
        public override HeardFrame Receive(long until)
        {
            while (_heard.Count == 0 && Now < until)
            {
                Drive(until);
            }

            return _heard.TryDequeue(out HeardFrame heard) ? heard : null;
        }

        private void Drive(long until)
        {
            const int LongestWait = 1000;
            long next = Math.Min(_hems.Step(Now), until);
            if (_heard.Count == 0 && _hear((int)Math.Clamp(next - Now, 0, LongestWait)) is byte[] bytes)
            {
                _hems.Take(Now, bytes);
            }
        }
    }
}
