using System;
using System.Collections.Generic;

namespace NanoComm.Hems
{
    /// <summary>The requests of a controller to its meter: one at a time, in order, sent again with the same TID until
    /// they are answered or given up. What confirms a notification goes in between.</summary>
    internal sealed class HemsRequests
    {
        private const int EchonetPort = 3610;
        private const int SendPause = 300;
        private const int MostSends = 5;

        // A meter may take 20 seconds; one that has not heard the request at all does not answer in them either.
        private const int FirstPatience = 10_000;
        private const int LastPatience = 15_000;
        private const int Attempts = 2;

        private readonly HemsModule _module;
        private readonly HemsOptions _options;
        private readonly Queue<Request> _waiting = new();
        private readonly Queue<Request> _outgoing = new();
        private Request _asked;
        private Request _sending;
        private string _meter;
        private string _side;
        private ushort _tid;
        private int _silence;

        public HemsRequests(HemsModule module, HemsOptions options)
        {
            _module = module;
            _options = options;
        }

        /// <summary>The meter does not answer any more: the session is to be made anew.</summary>
        public event Action Silent;

        public long Answers { get; private set; }

        public long Unanswered { get; private set; }

        public long Repetitions { get; private set; }

        /// <summary>Whether there was an answer in this session.</summary>
        public bool WasAnswered { get; private set; }

        /// <summary>EVENT 32 has come, and EVENT 33 not yet: nothing may be sent.</summary>
        public bool IsLimited { get; set; }

        /// <summary>A session begins.</summary>
        /// <param name="meter">The meter's address.</param>
        /// <param name="isDual">Whether SKSENDTO takes a side.</param>
        public void Open(string meter, bool isDual)
        {
            _meter = meter;
            _side = isDual ? "0 " : string.Empty;
            _silence = 0;
            WasAnswered = false;
            Next();
        }

        /// <summary>The session is over: what was asked is given up, what waits is asked in the next one.</summary>
        public void Close()
        {
            _meter = null;
            _outgoing.Clear();
            _sending = null;
            if (_asked != null)
            {
                Finish(null);
            }
        }

        /// <summary>Asks when it can be asked.</summary>
        /// <param name="message">The request; its TID is given here.</param>
        /// <param name="answered">Takes the answer, or null when there is none.</param>
        public void Ask(EchonetMessage message, Action<EchonetMessage> answered)
        {
            _waiting.Enqueue(new Request(message, true, answered));
            Next();
        }

        /// <summary>Confirms a notification, whatever is under way.</summary>
        public void Confirm(EchonetMessage response)
        {
            _outgoing.Enqueue(new Request(response, false, null));
            Next();
        }

        /// <summary>Sends any bytes, whatever is under way; not while there is no session.</summary>
        public void SendFrame(byte[] frame)
        {
            _outgoing.Enqueue(new Request(null, false, null) { Frame = frame });
            Next();
        }

        /// <summary>Sends what is next, if the module is free for it: a request when the one before it is done.</summary>
        public void Next()
        {
            if (_meter == null)
            {
                return;
            }

            if (_asked == null && !IsLimited && _waiting.TryDequeue(out Request next))
            {
                _asked = next;
                next.Message.Tid = ++_tid;
                _outgoing.Enqueue(next);
            }

            while (_sending == null && _outgoing.TryDequeue(out Request first))
            {
                if (IsOfUse(first))
                {
                    Send(first);
                }
            }
        }

        /// <summary>Takes a frame of the meter's.</summary>
        /// <returns>Whether it is the answer that is waited for.</returns>
        public bool Take(EchonetMessage message)
        {
            bool isAnswer = _asked != null && !message.IsNotification
                && message.Tid == _asked.Message.Tid && message.Seoj == _asked.Message.Deoj;
            if (isAnswer)
            {
                // It was sent, whatever the module says of it.
                _sending = _sending == _asked ? null : _sending;
                Finish(message);
                Next();
            }

            return isAnswer;
        }

        private bool IsOfUse(Request request)
        {
            return !request.WantsAnswer || request == _asked;
        }

        // OK and EVENT 21 come in either order.
        private void Send(Request request)
        {
            byte[] frame = request.Frame ?? request.Message.ToBytes();
            _sending = request;
            if (request.Sends++ > 0)
            {
                // Whatever the module still waits for, it is that.
                _module.Write(string.Empty);
            }

            bool isTaken = false;
            bool? isSent = null;
            _module.Expect(
                line =>
                {
                    isTaken |= line.IsOk;
                    isSent = line is SkEvent { Number: SkEvent.UdpSent } sent && sent.Address == _meter
                        ? sent.Parameter == 0
                        : isSent;
                    return isTaken && isSent != null;
                },
                _ => Conclude(request, isSent == true),
                _ => Conclude(request, false));
            _module.Write($"SKSENDTO 1 {_meter} {EchonetPort:X4} 1 {_side}{frame.Length:X4} ", frame);
        }

        private void Conclude(Request request, bool isSent)
        {
            _sending = null;
            if (!IsOfUse(request))
            {
                // It was answered meanwhile.
            }
            else if (!isSent)
            {
                Unsent(request);
            }
            else if (request.WantsAnswer)
            {
                int sends = request.Sends;
                _module.After(request.Attempts == 0 ? FirstPatience : LastPatience, () => Unheard(request, sends));
            }

            Next();
        }

        // EVENT 21 said 01 or 02, or the module did not want it, or did not answer.
        private void Unsent(Request request)
        {
            if (request.Sends < MostSends)
            {
                _module.After(SendPause * request.Sends, () => SendAgain(request));
            }
            else if (request.WantsAnswer)
            {
                GiveUp(_options.SilenceLimit);
            }
        }

        private void SendAgain(Request request)
        {
            _outgoing.Enqueue(request);
            Next();
        }

        private void Unheard(Request request, int sends)
        {
            if (_asked != request || request.Sends != sends)
            {
                return;
            }

            if (++request.Attempts < Attempts)
            {
                Repetitions++;
                SendAgain(request);
            }
            else
            {
                GiveUp(1);
            }
        }

        // One that is not answered may be bad luck, one that cannot be sent is not.
        private void GiveUp(int weight)
        {
            _silence += weight;
            if (_silence >= _options.SilenceLimit)
            {
                Silent?.Invoke();
            }
            else
            {
                Finish(null);
                Next();
            }
        }

        private void Finish(EchonetMessage answer)
        {
            Request request = _asked;
            _asked = null;
            if (answer != null)
            {
                Answers++;
                _silence = 0;
                WasAnswered = true;
            }
            else
            {
                Unanswered++;
            }

            request.Answered?.Invoke(answer);
        }

        private sealed class Request(EchonetMessage message, bool wantsAnswer, Action<EchonetMessage> answered)
        {
            public EchonetMessage Message { get; } = message;

            /// <summary>In place of <see cref="Message"/>: bytes that may be no message.</summary>
            public byte[] Frame { get; init; }

            public Action<EchonetMessage> Answered { get; } = answered;

            public bool WantsAnswer { get; } = wantsAnswer;

            public int Sends { get; set; }

            public int Attempts { get; set; }
        }
    }
}
