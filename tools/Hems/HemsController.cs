using System;

namespace NanoComm.Hems
{
    /// <summary>
    /// A home controller behind its Wi-SUN module: sets the module up, scans, joins, asks, and comes back when it is
    /// thrown out.
    /// </summary>
    public sealed class HemsController : HemsLink
    {
        private const int EchonetPort = 3610;
        private const int Channels = 28;
        private const int ScanSlack = 10_000;
        private const int LeavePatience = 5000;
        private const int Settle = 300;
        private const int Pause = 2000;
        private const int FirstScan = 4;
        private const int FewestJoins = 2;
        private const int FailuresToTrouble = 3;
        private const int PairingIdLength = 8;

        private readonly HemsModule _module = new();
        private readonly HemsRequests _requests;
        private SkScan _scan;
        private bool _isDual;
        private long _joinUntil;
        private int _joinTries;
        private int _setUpFailures;

        /// <summary>Makes a controller; it does nothing before <see cref="Start"/>.</summary>
        /// <param name="options">How it behaves.</param>
        public HemsController(HemsOptions options)
            : base(options)
        {
            _requests = new HemsRequests(_module, options);
            _requests.Silent += () => JoinAgain(_requests.WasAnswered
                ? "the meter does not answer any more: look at the distance and the meter's side; joining again"
                : "the meter let us in and answers no ECHONET Lite request: look at the meter's side");
            _module.Heard += Hear;
        }

        /// <summary>Bytes for the module.</summary>
        public override event Action<ReadOnlyMemory<byte>> Send
        {
            add => _module.Send += value;
            remove => _module.Send -= value;
        }

        /// <summary>The module is there and set up.</summary>
        public event Action ModuleReady;

        /// <summary>The meter is looked for.</summary>
        public event Action Searching;

        /// <summary>The meter is found.</summary>
        public event Action<HemsPan> Found;

        /// <summary>Every frame of the meter's that comes over the session, as it comes. Who takes them here takes them all: nothing is
        /// confirmed then, and no request answered.</summary>
        public event Action<byte[]> FrameHeard;

        /// <summary>What the module says it is.</summary>
        public string Version { get; private set; } = "?";

        /// <summary>The dialect that the module speaks: A1, or C2 with a side in many lines.</summary>
        public string Dialect => _isDual ? "C2" : "A1";

        /// <summary>Renewals of sessions.</summary>
        public long Refreshes { get; private set; }

        /// <summary>EVENT 24.</summary>
        public long FailedJoins { get; private set; }

        /// <summary>Requests that were answered.</summary>
        public long Answers => _requests.Answers;

        /// <summary>Requests that were given up.</summary>
        public long Unanswered => _requests.Unanswered;

        /// <summary>Requests sent again.</summary>
        public long Repetitions => _requests.Repetitions;

        /// <summary>Times the module did not do what it was told, and was set up again.</summary>
        public long Restarts { get; private set; }

        /// <inheritdoc/>
        public override bool IsEncrypted => true;

        private protected override HemsTimers Timers => _module;

        /// <summary>Begins; sets the module up whatever state it is in.</summary>
        public override void Start()
        {
            Post(SetUp);
        }

        /// <summary>Ends the session, so that the meter is free for another controller, and does nothing more.</summary>
        public override void Stop()
        {
            Post(() =>
            {
                bool wasJoined = State == HemsState.Joined;
                Leave(HemsState.Stopped);
                if (wasJoined)
                {
                    _module.Expect(line => line is SkEvent { EndsSession: true }, _ => TellLeft(), _ => { }, LeavePatience);
                    _module.Write("SKTERM");
                }
            });
        }

        /// <summary>Takes what the module says.</summary>
        /// <param name="now">The time, ms since some start, never decreasing.</param>
        /// <param name="bytes">As they come, cut anywhere.</param>
        public override void Take(long now, ReadOnlySpan<byte> bytes)
        {
            _module.Take(now, bytes);
        }

        /// <summary>Sends the meter any bytes, in this session.</summary>
        public void SendFrame(byte[] frame)
        {
            Post(() => _requests.SendFrame(frame));
        }

        private protected override void Ask(EchonetMessage message, Action<EchonetMessage> answered)
        {
            _requests.Ask(message, answered);
        }

        private protected override void Confirm(EchonetMessage response)
        {
            _requests.Confirm(response);
        }

        // Everything that was begun in the state that ends is void; what waits to be asked is asked when it can be.
        private void Leave(HemsState next)
        {
            _module.Forget();
            State = next;
            _requests.Close();
        }

        private void SetUp()
        {
            Leave(HemsState.Starting);
            _isDual = false;
            _requests.IsLimited = false;

            // An empty line ends whatever the module was told before; echo and old answers go by.
            _module.Write(string.Empty);
            _module.After(Settle, () =>
                Command("SKRESET", () =>
                Command("SKSREG SFE 0", () =>
                Command("SKVER", () =>
                Command("SKINFO", () =>
                AskForText(() =>
                Command($"SKSETPWD {Options.Password.Length:X} {Options.Password}", () =>
                Command("SKSETRBID " + Options.Id, () =>
                {
                    ModuleReady?.Invoke();
                    Scan(FirstScan);
                }))))))));
        }

        // ROPT and WOPT are the product's own commands, end with CR alone, and are not known to every module.
        private void AskForText(Action then)
        {
            if (!Options.WantsHexadecimal)
            {
                then();
                return;
            }

            Expect("ROPT", line => line.IsOk, answer =>
            {
                if (answer.Text != "OK 00")
                {
                    then();
                    return;
                }

                Expect("WOPT", line => line.IsOk, _ => then());
                _module.Write("WOPT 01", "\r");
            }, _ => then());
            _module.Write("ROPT", "\r");
        }

        private void SetUpAgain(string command, SkLine refusal)
        {
            Restarts++;
            if (++_setUpFailures % FailuresToTrouble == 0)
            {
                Tell(refusal == null
                    ? $"no Wi-SUN module answers at {Options.Port} ({command}): look at this side: whether the dongle "
                        + "is plugged in, speaks SKSTACK at this baud rate, and no other program has it"
                    : $"the module at {Options.Port} refuses {command} ({refusal.Text}): look at the module and its "
                        + "firmware; the meter has no part in this");
            }

            Leave(HemsState.Starting);
            _module.After(Pause, SetUp);
        }

        private void Scan(int duration)
        {
            State = HemsState.Scanning;
            Searching?.Invoke();
            _scan = new SkScan(Options.Id[^PairingIdLength..]);
            int time = (Channels * 10 * ((1 << duration) + 1)) + ScanSlack;
            Command($"SKSCAN 2 FFFFFFFF {duration:X}{(_isDual ? " 0" : string.Empty)}", () =>
                Expect("SKSCAN", line => line is SkEvent { Number: SkEvent.ScanDone }, _ => EndScan(duration), timeout: time));
        }

        private void EndScan(int duration)
        {
            HemsPan pan = _scan.Nearest;
            if (pan != null)
            {
                Found?.Invoke(pan);
                Approach(pan);
            }
            else if (duration < Options.LastScan)
            {
                _module.After(Pause, () => Scan(duration + 1));
            }
            else
            {
                Tell("no meter answers to this route-B id: look at the id; if it is right, at the meter's side "
                    + "(route B opened, the same id set) and at the distance");
                _module.After(Pause, SetUp);
            }
        }

        private void Approach(HemsPan pan)
        {
            Command($"SKSREG S2 {pan.Channel:X2}", () =>
            Command($"SKSREG S3 {pan.Pan:X4}", () =>
            {
                Expect("SKLL64", line => line.Text.StartsWith("FE80:", StringComparison.Ordinal), answer =>
                {
                    Meter = answer.Text;
                    BeginJoining(() => Tell($"the meter is there (channel {pan.Channel:X2}, PAN {pan.Pan:X4}, "
                        + $"{pan.Rssi:F0} dBm) and does not let us in: look at the password; if it is right, another "
                        + "controller may hold the meter's one session"));
                });
                _module.Write("SKLL64 " + pan.Mac);
            }));
        }

        private void BeginJoining(Action refused)
        {
            _joinUntil = Now + Options.JoinWindow;
            _joinTries = 0;
            Join(refused);
        }

        private void Join(Action refused)
        {
            State = HemsState.Joining;
            _joinTries++;
            Expect("SKJOIN", line => line.IsOk || IsEndOfJoin(line), first =>
            {
                if (IsEndOfJoin(first))
                {
                    EndJoin(first, refused);
                }
                else
                {
                    _module.Expect(IsEndOfJoin, line => EndJoin(line, refused), _ => JoinLater(refused),
                        Options.JoinTimeout);
                }
            });
            _module.Write("SKJOIN " + Meter);
        }

        private static bool IsEndOfJoin(SkLine line)
        {
            return line is SkEvent { Number: SkEvent.Joined or SkEvent.JoinFailed };
        }

        private void EndJoin(SkLine end, Action refused)
        {
            if (end is SkEvent { Number: SkEvent.Joined })
            {
                Enter();
            }
            else
            {
                JoinLater(refused);
            }
        }

        private void Enter()
        {
            _setUpFailures = 0;
            Join();
            _requests.Open(Meter, _isDual);
        }

        // The first EVENT 24 is seldom the last word. When it is, the module may have forgotten who we are.
        private void JoinLater(Action refused)
        {
            if (_joinTries < FewestJoins || Now < _joinUntil)
            {
                _module.After(Pause, () => Join(refused));
            }
            else
            {
                refused();
                _module.After(Pause, SetUp);
            }
        }

        private void JoinAgain(string trouble)
        {
            Leave(HemsState.Joining);
            Tell(trouble);
            _module.After(Pause, () => BeginJoining(() => { }));
        }

        private void Hear(SkLine line)
        {
            switch (line)
            {
                case SkEvent heard:
                    HearEvent(heard);
                    break;
                case SkDatagram datagram:
                    HearDatagram(datagram);
                    break;
                default:
                    HearAnswer(line.Text);
                    break;
            }
        }

        private void HearAnswer(string line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "EVER":
                    Version = words[^1];
                    break;
                case "EINFO":
                    _isDual = words[^1].Length == 1;
                    break;
                default:
                    _scan?.Take(line);
                    break;
            }
        }

        private void HearEvent(SkEvent heard)
        {
            switch (heard.Number)
            {
                case SkEvent.JoinFailed:
                    FailedJoins++;
                    break;
                case SkEvent.Joined when State == HemsState.Joined:
                    Refreshes++;
                    break;
                case SkEvent.LimitBegins:
                    _requests.IsLimited = true;
                    break;
                case SkEvent.LimitEnds:
                    _requests.IsLimited = false;
                    _requests.Next();
                    break;
                default:
                    if (heard.EndsSession && State == HemsState.Joined)
                    {
                        JoinAgain("the session with the meter ended; joining again");
                    }

                    break;
            }
        }

        // What comes in the clear may come from anybody.
        private void HearDatagram(SkDatagram datagram)
        {
            if (!datagram.IsEncrypted || datagram.Sender != Meter || datagram.Port != EchonetPort)
            {
                return;
            }

            if (FrameHeard != null)
            {
                FrameHeard(datagram.Data);
            }
            else if (EchonetMessage.Parse(datagram.Data) is { } message && !_requests.Take(message))
            {
                TakeUnasked(message);
            }
        }

        private void Command(string text, Action then)
        {
            Expect(text.Split(' ')[0], line => line.IsOk, _ => then());
            _module.Write(text);
        }

        private void Expect(string command, Func<SkLine, bool> isMet, Action<SkLine> met, Action<SkLine> failed = null,
            int timeout = HemsModule.CommandTimeout)
        {
            _module.Expect(isMet, met, failed ?? (refusal => SetUpAgain(command, refusal)), timeout);
        }
    }
}
