using System;
using System.Collections.Generic;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Whoever owns the line: hears every frame, lets it pass, alters, drops or keeps it, and speaks to either side in
    /// the other's name. It has no key.
    /// </summary>
    internal sealed class LineAttacker : IByteLine
    {
        private readonly IByteLine _line;
        private readonly HdlcDeframer _fromUnit = new();
        private readonly HdlcDeframer _fromMeter = new();
        private List<HdlcFrame> _answers;

        /// <summary>Puts itself between the metering unit and a line.</summary>
        /// <param name="line">The metering unit's end of it.</param>
        public LineAttacker(IByteLine line)
        {
            _line = line;
            line.Received += bytes => Pass(_fromUnit, bytes.Span, true);
        }

        /// <inheritdoc/>
        public event Action<ReadOnlyMemory<byte>> Received;

        /// <summary>What becomes of a frame (of the unit, when true), after it was heard; null: it is dropped. Without
        /// a rule every frame passes.</summary>
        public Func<HdlcFrame, bool, HdlcFrame?> Rule { get; set; }

        /// <summary>Frames of the unit that were heard, oldest first.</summary>
        public List<HdlcFrame> OfUnit { get; } = [];

        /// <summary>Frames of the metering unit that were heard, oldest first.</summary>
        public List<HdlcFrame> OfMeter { get; } = [];

        /// <summary>Takes what the metering unit sends.</summary>
        public void Send(ReadOnlyMemory<byte> bytes)
        {
            Pass(_fromMeter, bytes.Span, false);
        }

        /// <summary>Sends a frame to the metering unit.</summary>
        public void ToMeter(HdlcFrame frame)
        {
            Received?.Invoke(frame.ToBytes());
        }

        /// <summary>Sends a frame to the unit.</summary>
        public void ToUnit(HdlcFrame frame)
        {
            _line.Send(frame.ToBytes());
        }

        /// <summary>Sends a frame to the metering unit and takes its answer from the line.</summary>
        /// <returns>The answer; null for none.</returns>
        public HdlcFrame? Exchange(HdlcFrame frame)
        {
            _answers = [];
            ToMeter(frame);
            HdlcFrame? answer = _answers.Count > 0 ? _answers[^1] : null;
            _answers = null;
            return answer;
        }

        private void Pass(HdlcDeframer deframer, ReadOnlySpan<byte> bytes, bool isOfUnit)
        {
            foreach (HdlcFrame frame in deframer.Push(bytes))
            {
                if (_answers != null && !isOfUnit)
                {
                    _answers.Add(frame);
                    continue;
                }

                (isOfUnit ? OfUnit : OfMeter).Add(frame);
                HdlcFrame? passed = Rule == null ? frame : Rule(frame, isOfUnit);
                if (passed is not HdlcFrame altered)
                {
                    continue;
                }

                if (isOfUnit)
                {
                    ToMeter(altered);
                }
                else
                {
                    ToUnit(altered);
                }
            }
        }
    }
}
