using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Hil
{
    /// <summary>
    /// The bench's end of a serial line: spoils what passes as a bad wire does, and keeps evidence of what the board has
    /// sent, by which a first look tells the one line from the other, and both from noise.
    /// </summary>
    public sealed class WatchedLine : IByteLine
    {
        private const int MostKept = 4096;

        private static readonly string[] Commands = ["SKVER", "SKRESET", "SKSREG", "SKINFO", "SKSCAN", "SKSTART", "ROPT", "WOPT"];

        private readonly IByteLine _line;
        private readonly Random _random;
        private readonly List<byte> _heard = [];
        private readonly HdlcDeframer _deframer = new();

        /// <summary>Watches a line.</summary>
        /// <param name="line">What the board is at.</param>
        /// <param name="random">Decides which bits are turned over.</param>
        public WatchedLine(IByteLine line, Random random)
        {
            _line = line;
            _random = random;
            line.Received += Take;
        }

        /// <inheritdoc/>
        public event Action<ReadOnlyMemory<byte>> Received;

        /// <summary>A whole HDLC frame of the board's has come, and is passed on after this.</summary>
        public event Action FrameHeard;

        /// <summary>What happens to bytes of the board's.</summary>
        public LineFaults FromBoard { get; } = new();

        /// <summary>What happens to bytes for the board.</summary>
        public LineFaults ToBoard { get; } = new();

        /// <summary>Bytes that came of the board, spoilt or not.</summary>
        public long BytesHeard { get; private set; }

        /// <summary>Bits that were turned over and bytes that were lost, both ways.</summary>
        public long Spoilt { get; private set; }

        /// <summary>HDLC frames that came of the board whole.</summary>
        public long Frames { get; private set; }

        /// <summary>SNRM among them: the board begins to speak to a metering unit.</summary>
        public long Snrms { get; private set; }

        /// <summary>Whether there was only one frame, again and again: the board calls, and does not hear.</summary>
        public bool OnlyCalls => Snrms > 0 && Frames == Snrms;

        /// <summary>Whether SKSTACK commands came: at the other end is what drives a Wi-SUN module.</summary>
        public bool HasCommands
        {
            get
            {
                string text = Encoding.Latin1.GetString([.. _heard]);
                return Commands.Any(command => text.Contains(command, StringComparison.Ordinal));
            }
        }

        /// <inheritdoc/>
        public void Send(ReadOnlyMemory<byte> bytes)
        {
            byte[] spoilt = Spoil(bytes.Span, ToBoard);
            if (spoilt.Length > 0)
            {
                _line.Send(spoilt);
            }
        }

        private void Take(ReadOnlyMemory<byte> bytes)
        {
            BytesHeard += bytes.Length;
            _heard.AddRange(bytes.Span);
            _heard.RemoveRange(0, Math.Max(0, _heard.Count - MostKept));
            foreach (HdlcFrame frame in _deframer.Push(bytes.Span))
            {
                Frames++;
                Snrms += frame.Control == HdlcControl.Snrm ? 1 : 0;
                FrameHeard?.Invoke();
            }

            byte[] spoilt = Spoil(bytes.Span, FromBoard);
            if (spoilt.Length > 0)
            {
                Received?.Invoke(spoilt);
            }
        }

        private byte[] Spoil(ReadOnlySpan<byte> bytes, LineFaults faults)
        {
            if (faults.IsCut)
            {
                return [];
            }

            var kept = new List<byte>(bytes.Length);
            foreach (byte one in bytes)
            {
                byte heard = one;
                for (int bit = 0; bit < 8; bit++)
                {
                    heard ^= Happens(faults.BitError) ? (byte)(1 << bit) : (byte)0;
                }

                if (!Happens(faults.Drop))
                {
                    kept.Add(heard);
                }
            }

            return [.. kept];
        }

        private bool Happens(double probability)
        {
            bool happens = probability > 0 && _random.NextDouble() < probability;
            Spoilt += happens ? 1 : 0;
            return happens;
        }
    }
}
