using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// A home controller behind its Wi-SUN module: scans, joins, asks, and comes back when it is thrown out, as real
    /// ones do. An event handler of the air's clock; requests go out one at a time, in order.
    /// </summary>
    public sealed class HemsController
    {
        private const int ControllerObject = 0x05FF01;
        private const int EchonetPort = 3610;
        private const int Channels = 28;
        private const int ScanSlack = 5000;
        private const int SendPause = 300;
        private const int MostSends = 5;

        private readonly IAirClock _clock;
        private readonly IByteLine _line;
        private readonly HemsOptions _options;
        private readonly SkLineReader _reader;
        private readonly Queue<Question> _questions = new();

        private Expectation _expected;
        private Question _asked;
        private string _side = string.Empty;
        private string _channel;
        private string _pan;
        private string _mac;
        private string _meter;
        private int _scan;
        private long _joinUntil;
        private int _silence;
        private long _epoch;
        private ushort _tid;
        private bool _isLimited;

        /// <summary>Makes a controller; it does nothing before <see cref="Start"/>.</summary>
        /// <param name="clock">Its time.</param>
        /// <param name="line">The line to its module.</param>
        /// <param name="options">How it behaves.</param>
        public HemsController(IAirClock clock, IByteLine line, HemsOptions options)
        {
            _clock = clock;
            _line = line;
            _options = options;
            _reader = new SkLineReader(Hear);
            line.Received += Receive;
        }

        /// <summary>A session began; not raised for renewals.</summary>
        public event Action Joined;

        /// <summary>A frame of the meter that answers nothing: a notification.</summary>
        public event Action<EchonetMessage> Notified;

        /// <summary>What passes the line, for people: "&gt; " sent, "&lt; " heard. Id and password are not
        /// shown.</summary>
        public event Action<string> Trace;

        /// <summary>Where it stands.</summary>
        public HemsState State { get; private set; }

        /// <summary>The meter's address, or null before it was found.</summary>
        public string Meter => _meter;

        /// <summary>Sessions that began.</summary>
        public long Joins { get; private set; }

        /// <summary>Renewals of sessions.</summary>
        public long Refreshes { get; private set; }

        /// <summary>EVENT 24.</summary>
        public long FailedJoins { get; private set; }

        /// <summary>Requests that were answered.</summary>
        public long Answers { get; private set; }

        /// <summary>Requests that were given up.</summary>
        public long Unanswered { get; private set; }

        /// <summary>Requests sent again.</summary>
        public long Repetitions { get; private set; }

        /// <summary>Times the module did not do what it was told, and was set up again.</summary>
        public long Restarts { get; private set; }

        /// <summary>Begins; sets the module up whatever state it is in.</summary>
        public void Start()
        {
            _clock.Enter(SetUp);
        }

        /// <summary>Ends the session and does nothing more.</summary>
        public void Stop()
        {
            _clock.Enter(() =>
            {
                bool isJoined = State == HemsState.Joined;
                Leave(HemsState.Stopped);
                if (isJoined)
                {
                    Write("SKTERM");
                }
            });
        }

        /// <summary>Asks the meter.</summary>
        /// <param name="deoj">Object asked, e.g. 028801.</param>
        /// <param name="esv">Service: Get, SetC.</param>
        /// <param name="properties">Properties.</param>
        /// <param name="answered">Takes the answer, or null when there is none.</param>
        public void Ask(int deoj, byte esv, IEnumerable<(byte Epc, byte[] Edt)> properties,
            Action<EchonetMessage> answered)
        {
            _clock.Enter(() =>
            {
                var message = new EchonetMessage { Seoj = ControllerObject, Deoj = deoj, Esv = esv };
                message.Properties.AddRange(properties);
                _questions.Enqueue(new Question(message, answered));
                AskNext();
            });
        }

        private void Receive(ReadOnlyMemory<byte> bytes)
        {
            _clock.Enter(() =>
            {
                foreach (byte value in bytes.Span)
                {
                    _reader.Put(value);
                }
            });
        }

        // Everything that was begun in the state that ends is void; what was asked is asked again when it can be.
        private void Leave(HemsState next)
        {
            _epoch++;
            _expected = null;
            State = next;
            if (_asked != null)
            {
                Question question = _asked;
                _asked = null;
                Unanswered++;
                question.Answered(null);
            }
        }

        private void SetUp()
        {
            Leave(HemsState.Starting);
            _side = string.Empty;
            _isLimited = false;
            _silence = 0;
            Write(string.Empty);
            Command("SKRESET", () =>
            Command("SKSREG SFE 0", () =>
            Command("SKINFO", () =>
            Option(() =>
            Command("SKSETPWD C " + _options.Password, () =>
            Command("SKSETRBID " + _options.Id, () => Scan(_options.FirstScan)))))));
        }

        private void Option(Action then)
        {
            Expect("OK ", SetUpAgain, answer =>
            {
                _reader.IsBinary = answer == "OK 00";
                if (_reader.IsBinary && _options.WantsHexadecimal)
                {
                    _reader.IsBinary = false;
                    Expect("OK", SetUpAgain, _ => then());
                    WriteBytes("WOPT 01\r");
                }
                else
                {
                    then();
                }
            });
            WriteBytes("ROPT\r");
        }

        private void SetUpAgain()
        {
            Restarts++;
            Leave(HemsState.Starting);
            After(_options.Pause, SetUp);
        }

        private void Scan(int duration)
        {
            State = HemsState.Scanning;
            _scan = duration;
            _mac = null;
            Command($"SKSCAN 2 FFFFFFFF {duration:X}{_side}", () =>
                Expect("EVENT 22", SetUpAgain, _ => EndScan(), (Channels * 10 * ((1 << duration) + 1)) + ScanSlack));
        }

        private void EndScan()
        {
            if (_mac == null)
            {
                After(_options.Pause, _scan < _options.LastScan ? () => Scan(_scan + 1) : SetUp);
                return;
            }

            Command("SKSREG S2 " + _channel, () =>
            Command("SKSREG S3 " + _pan, () =>
            {
                Expect("FE80:", SetUpAgain, address =>
                {
                    _meter = address;
                    _joinUntil = _clock.Milliseconds + _options.JoinTimeout;
                    Join();
                });
                Write("SKLL64 " + _mac);
            }));
        }

        // The first EVENT 24 is seldom the last word. When it is, the module may have forgotten who we are.
        private void Join()
        {
            State = HemsState.Joining;
            Command("SKJOIN " + _meter, () => Expect("EVENT 25", RetryJoin, _ =>
            {
                Joins++;
                _silence = 0;
                State = HemsState.Joined;
                Joined?.Invoke();
                AskNext();
            }, _options.JoinTimeout));
        }

        private void RetryJoin()
        {
            Leave(HemsState.Joining);
            bool isInTime = _clock.Milliseconds < _joinUntil;
            After(_options.Pause, isInTime ? Join : SetUp);
        }

        private void JoinAgain()
        {
            Leave(HemsState.Joining);
            _joinUntil = _clock.Milliseconds + _options.JoinTimeout;
            After(_options.Pause, Join);
        }

        private void AskNext()
        {
            if (State == HemsState.Joined && _asked == null && !_isLimited && _questions.TryDequeue(out Question next))
            {
                _asked = next;
                next.Message.Tid = ++_tid;
                Send(next);
            }
        }

        private void Send(Question question)
        {
            byte[] frame = question.Message.ToBytes();
            question.Sends++;
            question.IsSent = false;
            Expect("OK", () => Unsent(question), _ =>
            {
                if (!question.IsSent)
                {
                    Unsent(question);
                }
                else
                {
                    After(_options.AnswerTimeout, () => Unheard(question, question.Sends));
                }
            });
            string side = _side;
            WriteBytes([
                .. Encoding.ASCII.GetBytes(
                    $"SKSENDTO 1 {_meter} {EchonetPort:X4} {_options.Security}{side} {frame.Length:X4} "),
                .. frame,
            ]);
        }

        // EVENT 21 said 01 or 02, or the module did not want it, or did not answer.
        private void Unsent(Question question)
        {
            if (_asked != question)
            {
                return;
            }

            if (question.Sends < MostSends)
            {
                After(SendPause * question.Sends, () =>
                {
                    if (_asked == question)
                    {
                        Write(string.Empty);
                        Send(question);
                    }
                });
            }
            else
            {
                GiveUp(question, _options.SilenceLimit);
            }
        }

        private void Unheard(Question question, int sends)
        {
            if (_asked != question || question.Sends != sends)
            {
                return;
            }

            if (++question.Attempts < _options.Attempts)
            {
                Repetitions++;
                Send(question);
            }
            else
            {
                GiveUp(question, 1);
            }
        }

        // One that is not answered may be bad luck, one that cannot be sent is not.
        private void GiveUp(Question question, int weight)
        {
            _asked = null;
            _expected = null;
            Unanswered++;
            _silence += weight;
            if (_silence >= _options.SilenceLimit)
            {
                _silence = 0;
                JoinAgain();
            }

            question.Answered(null);
            AskNext();
        }

        private void Hear(string line, byte[] payload)
        {
            Trace?.Invoke("< " + line);
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "EVENT" when words.Length >= 3:
                    HearEvent(words);
                    break;
                case "ERXUDP" when words.Length >= _reader.HeaderWords:
                    HearDatagram(words, payload);
                    break;
                case "EINFO":
                    HearInfo(words[^1]);
                    break;
                default:
                    HearField(line);
                    break;
            }

            // FAIL of anything is a failure of what is waited for.
            Expectation expected = _expected;
            if (expected == null)
            {
                return;
            }

            if (line.StartsWith(expected.Start, StringComparison.Ordinal))
            {
                _expected = null;
                expected.Met(line);
            }
            else if (line.StartsWith("FAIL", StringComparison.Ordinal)
                || (State == HemsState.Joining && line.StartsWith("EVENT 24", StringComparison.Ordinal)))
            {
                _expected = null;
                expected.Failed();
            }
        }

        private void HearInfo(string last)
        {
            bool isDual = last.Length == 1;
            _side = isDual ? " 0" : string.Empty;
            _reader.HeaderWords = isDual ? 9 : 8;
        }

        private void HearField(string line)
        {
            int colon = line.IndexOf(':');
            if (colon < 0 || !line.StartsWith("  ", StringComparison.Ordinal))
            {
                return;
            }

            string value = line[(colon + 1)..];
            switch (line[2..colon])
            {
                case "Channel":
                    _channel = value;
                    break;
                case "Pan ID":
                    _pan = value;
                    break;
                case "Addr":
                    _mac = value;
                    break;
                default:
                    break;
            }
        }

        private void HearEvent(string[] words)
        {
            switch (words[1])
            {
                case "21" when _asked != null && words[2] == _meter:
                    _asked.IsSent = words[^1] == "00";
                    break;
                case "24":
                    FailedJoins++;
                    break;
                case "25" when State == HemsState.Joined:
                    Refreshes++;
                    break;
                case "26" or "27" or "28" or "29" when State == HemsState.Joined:
                    JoinAgain();
                    break;
                case "32":
                    _isLimited = true;
                    break;
                case "33":
                    _isLimited = false;
                    AskNext();
                    break;
                default:
                    break;
            }
        }

        private void HearDatagram(string[] words, byte[] payload)
        {
            if (words[1] != _meter || words[4] != "0E1A")
            {
                return;
            }

            byte[] frame = payload;
            if (frame == null && !TryHex(words[^1], out frame))
            {
                return;
            }

            EchonetMessage message = EchonetMessage.Parse(frame);
            if (message == null)
            {
                return;
            }

            bool isAnswer = message.Esv != EchonetMessage.Inf && _asked != null && message.Tid == _asked.Message.Tid;
            if (!isAnswer)
            {
                Notified?.Invoke(message);
                return;
            }

            Question question = _asked;
            _asked = null;
            _silence = 0;
            Answers++;
            question.Answered(message);
            AskNext();
        }

        private static bool TryHex(string text, out byte[] bytes)
        {
            bytes = new byte[text.Length / 2];
            return Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        }

        private void Command(string text, Action then)
        {
            Expect("OK", SetUpAgain, _ => then());
            Write(text);
        }

        private void Expect(string start, Action failed, Action<string> met, int timeout = 0)
        {
            var expectation = new Expectation(start, met, failed);
            _expected = expectation;
            After(timeout > 0 ? timeout : _options.CommandTimeout, () =>
            {
                if (_expected == expectation)
                {
                    _expected = null;
                    failed();
                }
            });
        }

        private void After(int milliseconds, Action action)
        {
            long epoch = _epoch;
            _clock.At(_clock.Milliseconds + milliseconds, () =>
            {
                if (epoch == _epoch)
                {
                    action();
                }
            });
        }

        private void Write(string text)
        {
            WriteBytes(text + "\r\n");
        }

        private void WriteBytes(string text)
        {
            bool isSecret = text.StartsWith("SKSET", StringComparison.Ordinal);
            Trace?.Invoke("> " + (isSecret ? text[..text.IndexOf(' ')] + " ***" : text.Trim()));
            _line.Send(Encoding.ASCII.GetBytes(text));
        }

        private void WriteBytes(byte[] bytes)
        {
            Trace?.Invoke(string.Create(CultureInfo.InvariantCulture, $"> SKSENDTO … ({bytes.Length} bytes)"));
            _line.Send(bytes);
        }

        private sealed record Expectation(string Start, Action<string> Met, Action Failed);

        private sealed class Question(EchonetMessage message, Action<EchonetMessage> answered)
        {
            public EchonetMessage Message { get; } = message;

            public Action<EchonetMessage> Answered { get; } = answered;

            public int Sends { get; set; }

            public int Attempts { get; set; }

            public bool IsSent { get; set; }
        }
    }
}
