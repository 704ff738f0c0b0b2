using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;
using NanoComm.Simulators;

namespace NanoComm.Hil
{
    /// <summary>A terminal on IP that asks once and waits, so that what is not answered is seen. It answers the unit's own
    /// question (D6), as a controller does, unless it is told not to.</summary>
    public sealed class Terminal
    {
        /// <summary>The low-voltage smart meter.</summary>
        public const int MeterEoj = 0x028801;

        private const byte InstanceListS = 0xD6;

        private readonly IBenchClock _clock;
        private readonly IByteLine _line;
        private readonly Dictionary<ushort, EchonetMessage> _waiting = [];
        private ushort _tid;

        /// <summary>Makes it.</summary>
        /// <param name="clock">The bench's time.</param>
        /// <param name="line">Its datagrams.</param>
        public Terminal(IBenchClock clock, IByteLine line)
        {
            _clock = clock;
            _line = line;
            line.Received += Take;
        }

        /// <summary>Whether it answers what the unit asks.</summary>
        public bool ProvesItself { get; set; } = true;

        /// <summary>Whether the unit has asked it who it is.</summary>
        public bool WasAsked { get; private set; }

        /// <summary>Requests sent.</summary>
        public long Asked { get; private set; }

        /// <summary>Responses that came.</summary>
        public long Answered { get; private set; }

        /// <summary>How long the last <see cref="Ask"/> took, ms.</summary>
        public long AnswerTime { get; private set; }

        /// <summary>Asks the low-voltage meter and waits.</summary>
        /// <param name="patience">For how long, ms.</param>
        /// <param name="epcs">What is to be read.</param>
        /// <returns>Null when no answer came.</returns>
        public EchonetMessage Get(int patience, params byte[] epcs)
        {
            return Ask(patience, MeterEoj, EchonetMessage.Get, epcs.Select(epc => (epc, Array.Empty<byte>())));
        }

        /// <summary>Asks and waits.</summary>
        /// <param name="patience">For how long, ms.</param>
        /// <param name="deoj">The object.</param>
        /// <param name="esv">The service.</param>
        /// <param name="properties">The properties.</param>
        /// <returns>Null when no answer came.</returns>
        public EchonetMessage Ask(int patience, int deoj, byte esv, IEnumerable<(byte Epc, byte[] Edt)> properties)
        {
            long from = _clock.Milliseconds;
            ushort tid = Send(deoj, esv, properties);
            _waiting[tid] = null;
            bool isAnswered = _clock.Until(() => _waiting[tid] != null, patience);
            AnswerTime = _clock.Milliseconds - from;
            _waiting.Remove(tid, out EchonetMessage answer);
            return isAnswered ? answer : null;
        }

        /// <summary>Asks, and does not wait.</summary>
        /// <returns>The transaction id.</returns>
        public ushort Send(int deoj, byte esv, IEnumerable<(byte Epc, byte[] Edt)> properties)
        {
            var message = new EchonetMessage { Tid = ++_tid, Deoj = deoj, Esv = esv };
            message.Properties.AddRange(properties);
            Asked++;
            _line.Send(message.ToBytes());
            return _tid;
        }

        private void Take(ReadOnlyMemory<byte> datagram)
        {
            EchonetMessage message = EchonetMessage.Parse(datagram.Span);
            if (message == null)
            {
                return;
            }

            if (message.Esv == EchonetMessage.Get)
            {
                WasAsked = true;
                Prove(message);
            }
            else if (!message.IsNotification)
            {
                Answered++;
                if (_waiting.ContainsKey(message.Tid))
                {
                    _waiting[message.Tid] = message;
                }
            }
        }

        private void Prove(EchonetMessage question)
        {
            if (!ProvesItself)
            {
                return;
            }

            var answer = new EchonetMessage
            {
                Tid = question.Tid,
                Seoj = question.Deoj,
                Deoj = question.Seoj,
                Esv = EchonetMessage.GetRes,
            };
            _line.Send(answer.With(InstanceListS, 1, 0x05, 0xFF, 0x01).ToBytes());
        }
    }
}
