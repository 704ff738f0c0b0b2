using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>
    /// Requests to a meter and what comes back, one at a time and not faster than the path allows. What every answer has to be is
    /// looked at in each, and kept. What the meter asks of us is answered, as every node does.
    /// </summary>
    public sealed class MeterDialog
    {
        /// <summary>The longest answer: what an IPv6 packet of 1,280 bytes takes.</summary>
        public const int LongestAnswer = 1232;

        // A meter may take 20 seconds for a property.
        private const int Patience = 20_000;
        private const int Attempts = 2;
        private const int LongestSilence = 5_000;
        private const int SilenceByAnswers = 5;

        private const byte SelfNodeInstanceListS = 0xD6;
        private const byte OperationStatus = 0x80;

        private static readonly byte[] Instances = [1, 0x05, 0xFF, 0x01];

        private readonly MeterPath _path;
        private readonly HashSet<ushort> _used = new();
        private readonly List<HeardNotification> _notifications = new();
        private readonly List<HeardFrame> _strays = new();
        private readonly Dictionary<AnswerRule, (int Kept, List<string> Broken)> _rules = new();
        private ushort _tid;
        private long _lastSend;

        /// <summary>Begins one.</summary>
        /// <param name="path">The way.</param>
        /// <param name="firstTid">The TID before the first.</param>
        public MeterDialog(MeterPath path, ushort firstTid)
        {
            _path = path;
            _tid = firstTid;
            _lastSend = path.Now - path.Pace;
        }

        /// <summary>What is sent and heard, a line each.</summary>
        public event Action<string> Noted;

        /// <summary>What the meter announced so far, oldest first.</summary>
        public IReadOnlyList<HeardNotification> Notifications => _notifications;

        /// <summary>How long answers took, ms, in order; those to a request that was sent once.</summary>
        public List<(long Time, long Took, int Properties)> Answers { get; } = new();

        /// <summary>Requests sent a second time.</summary>
        public int Repetitions { get; private set; }

        /// <summary>How long silence is waited for, ms: the slower the meter answers, the longer.</summary>
        public int Silence => (int)Math.Clamp(SilenceByAnswers * Answers.Select(answer => answer.Took).DefaultIfEmpty().Max(),
            _path.ShortestSilence, LongestSilence);

        /// <summary>How often a rule of answers was kept, and how it was broken.</summary>
        public (int Kept, IReadOnlyList<string> Broken) Of(AnswerRule rule)
        {
            return _rules.TryGetValue(rule, out (int Kept, List<string> Broken) found) ? found : (0, []);
        }

        /// <summary>A request to the meter.</summary>
        public static EchonetMessage Request(int deoj, byte esv, params (byte Epc, byte[] Edt)[] properties)
        {
            var message = new EchonetMessage { Deoj = deoj, Esv = esv };
            message.Properties.AddRange(properties);
            return message;
        }

        /// <summary>A TID that was not used yet.</summary>
        public ushort NextTid()
        {
            _used.Add(++_tid);
            return _tid;
        }

        /// <summary>Asks.</summary>
        /// <param name="request">What; it is given a TID.</param>
        /// <param name="end">Where from.</param>
        /// <param name="toGroup">To the group.</param>
        /// <returns>The answer.</returns>
        /// <exception cref="MeterSilentException">There was none.</exception>
        public EchonetMessage Ask(EchonetMessage request, PathEnd end = PathEnd.Controller, bool toGroup = false)
        {
            request.Tid = NextTid();
            return Ask(request.ToBytes(), request, end, toGroup);
        }

        /// <summary>Asks by a frame that is made elsewhere.</summary>
        /// <param name="frame">Its bytes.</param>
        /// <param name="request">What it asks.</param>
        /// <param name="end">Where from.</param>
        /// <param name="toGroup">To the group.</param>
        /// <exception cref="MeterSilentException">There was no answer.</exception>
        public EchonetMessage Ask(byte[] frame, EchonetMessage request, PathEnd end = PathEnd.Controller, bool toGroup = false)
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                Send(frame, end, toGroup);
                long sent = _path.Now;
                if (Await(request, end, sent + Patience) is (EchonetMessage answer, HeardFrame heard))
                {
                    if (attempt == 0)
                    {
                        Answers.Add((heard.Time, heard.Time - sent, request.Properties.Count));
                    }

                    return answer;
                }

                Repetitions += attempt == 0 ? 1 : 0;
            }

            throw new MeterSilentException($"no answer to {Describe(request)} in {Patience / 1000} s, asked {Attempts} times");
        }

        /// <summary>Sends what is not to be answered, sees whether the meter is still there, and waits for silence.</summary>
        /// <param name="frame">Any bytes.</param>
        /// <param name="toGroup">To the group.</param>
        /// <returns>What the meter answered to it.</returns>
        /// <exception cref="MeterSilentException">The meter does not answer any more.</exception>
        public IReadOnlyList<HeardFrame> Probe(byte[] frame, bool toGroup = false)
        {
            _strays.Clear();
            Send(frame, PathEnd.Controller, toGroup);
            Ask(Request(EchonetMessage.NodeProfile, EchonetMessage.Get, (OperationStatus, [])));
            Wait(_path.Now + Silence);
            return _strays.ToList();
        }

        /// <summary>Listens.</summary>
        /// <param name="until">Until when, ms on the path's clock.</param>
        public void Wait(long until)
        {
            while (_path.Receive(until) is HeardFrame heard)
            {
                if (TakeUnasked(heard, Hear(heard)))
                {
                    _strays.Add(heard);
                }
            }
        }

        private void Send(byte[] frame, PathEnd end, bool toGroup)
        {
            Wait(_lastSend + _path.Pace);
            Noted?.Invoke($"{_path.Now / 1000.0:F3} > {(toGroup ? "group " : "")}{(end == PathEnd.Controller ? "" : end + " ")}"
                + Convert.ToHexString(frame));
            _lastSend = _path.Now;
            _path.Send(frame, end, toGroup);
        }

        private (EchonetMessage Answer, HeardFrame Heard)? Await(EchonetMessage request, PathEnd end, long until)
        {
            while (_path.Receive(until) is HeardFrame heard)
            {
                EchonetMessage message = Hear(heard);
                if (message != null && IsAnswer(message, request))
                {
                    Judge(request, message, heard, end);
                    return (message, heard);
                }

                if (TakeUnasked(heard, message))
                {
                    _strays.Add(heard);
                }
            }

            return null;
        }

        private EchonetMessage Hear(HeardFrame heard)
        {
            Noted?.Invoke($"{heard.Time / 1000.0:F3} < {(heard.IsToGroup ? "group " : "")}"
                + $"{(heard.End == PathEnd.Controller ? "" : heard.End + " ")}{Convert.ToHexString(heard.Bytes)}");
            EchonetMessage message = EchonetFrames.Parse(heard.Bytes);
            Keep(AnswerRule.Frame, message != null, () => $"no whole frame of format 1: {Convert.ToHexString(heard.Bytes)}");
            return message;
        }

        // One that answers another request of ours has that one's TID; one with a TID of nobody's is taken for an answer, and broken.
        private bool IsAnswer(EchonetMessage message, EchonetMessage request)
        {
            bool isOurs = message.Tid == request.Tid;
            return request.Esv == EchonetService.InfReq && isOurs && message.Esv == EchonetMessage.Inf
                || EchonetService.IsResponse(message.Esv) && (isOurs || !_used.Contains(message.Tid));
        }

        private void Judge(EchonetMessage request, EchonetMessage answer, HeardFrame heard, PathEnd end)
        {
            string what = $"answer to {Describe(request)}";
            bool isAll = (request.Deoj & 0xFF) == 0;
            bool isRefusal = EchonetService.IsRefusal(answer.Esv);
            Keep(AnswerRule.Tid, answer.Tid == request.Tid, () => $"{what}: TID {answer.Tid:X4} in place of {request.Tid:X4}");
            Keep(AnswerRule.Seoj, isAll ? answer.Seoj >> 8 == request.Deoj >> 8 && (answer.Seoj & 0xFF) != 0 : answer.Seoj == request.Deoj,
                () => $"{what}: SEOJ {answer.Seoj:X6}, asked was {request.Deoj:X6}");
            Keep(AnswerRule.Deoj, answer.Deoj == request.Seoj || answer.Esv == EchonetMessage.Inf,
                () => $"{what}: DEOJ {answer.Deoj:X6}, who asked was {request.Seoj:X6}");
            Keep(AnswerRule.Esv, EchonetService.Answers(request.Esv).Contains(answer.Esv),
                () => $"{what}: ESV {answer.Esv:X2} does not answer {request.Esv:X2}");
            Keep(AnswerRule.Properties, answer.Properties.Select(property => property.Epc)
                .SequenceEqual(request.Properties.Select(property => property.Epc)),
                () => $"{what}: {string.Join(' ', answer.Properties.Select(property => property.Epc.ToString("X2")))}");
            if (request.Esv == EchonetMessage.Get)
            {
                Keep(AnswerRule.Data, answer.Properties.Exists(property => property.Edt.Length == 0) == isRefusal,
                    () => $"{what}: ESV {answer.Esv:X2} {(isRefusal ? "with all data" : "without data of a property")}");
            }

            if (heard.Port != HeardFrame.UnknownPort)
            {
                Keep(AnswerRule.FromPort, heard.Port == _path.Port, () => $"{what}: from port {heard.Port}");
            }

            Keep(AnswerRule.ToPort, heard.End == (end == PathEnd.OtherPort ? PathEnd.Controller : end), () => $"{what}: to {heard.End}");
            Keep(AnswerRule.Length, heard.Bytes.Length <= LongestAnswer, () => $"{what}: {heard.Bytes.Length} bytes");
        }

        private void Keep(AnswerRule rule, bool isKept, Func<string> describe)
        {
            (int kept, List<string> broken) = _rules.TryGetValue(rule, out (int, List<string>) found) ? found : (0, []);
            if (!isKept)
            {
                broken.Add(describe());
            }

            _rules[rule] = (kept + (isKept ? 1 : 0), broken);
        }

        // True for what answers nothing that was asked.
        private bool TakeUnasked(HeardFrame heard, EchonetMessage message)
        {
            switch (message?.Esv)
            {
                case EchonetMessage.Inf or EchonetMessage.InfC:
                    _notifications.Add(new HeardNotification(message, heard.Time, heard.IsToGroup));
                    if (message.Esv == EchonetMessage.InfC)
                    {
                        Answer(heard, message, EchonetMessage.InfCRes, _ => []);
                    }

                    return false;
                case EchonetMessage.Get:
                    bool isKnown = message.Deoj == EchonetMessage.NodeProfile
                        && message.Properties.TrueForAll(property => property.Epc == SelfNodeInstanceListS);
                    Answer(heard, message, isKnown ? EchonetMessage.GetRes : EchonetMessage.GetSna, _ => isKnown ? Instances : []);
                    return false;
                default:
                    return true;
            }
        }

        private void Answer(HeardFrame heard, EchonetMessage request, byte esv, Func<byte, byte[]> read)
        {
            var answer = new EchonetMessage { Tid = request.Tid, Seoj = request.Deoj, Deoj = request.Seoj, Esv = esv };
            request.Properties.ForEach(property => answer.With(property.Epc, read(property.Epc)));
            Noted?.Invoke($"{_path.Now / 1000.0:F3} > {Convert.ToHexString(answer.ToBytes())}");
            _path.Send(answer.ToBytes(), heard.End, false);
        }

        private static string Describe(EchonetMessage request)
        {
            return $"{EchonetService.Name(request.Esv)} {request.Deoj:X6} "
                + string.Join(' ', request.Properties.Take(6).Select(property => property.Epc.ToString("X2")))
                + (request.Properties.Count > 6 ? " ..." : "");
        }
    }
}
