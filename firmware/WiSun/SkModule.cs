using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Power;

namespace NanoComm.WiSun
{
    /// <summary>
    /// A module at its line: one command at a time, each with a deadline. An answer is taken for the command's by what
    /// it is, not by being the next one: events come in between, an OK may be lost, or be late and meet the next
    /// command. After a timeout a CR LF goes out, in case that the module waits for the rest of something, and the
    /// next command waits until the line is quiet. Belongs to one loop; allocates nothing after it was made. Clauses
    /// are those of the BP35A1 command reference.
    /// </summary>
    public sealed class SkModule
    {
        /// <summary>For <see cref="SendOutcome"/>: EVENT 21 said that it was sent. 1 is not sent, 2 that the neighbour
        /// was looked for instead.</summary>
        public const int Sent = 0;

        private const int EventSent = 0x21;
        private const int EventEnergyScanDone = 0x1F;
        private const int EventScanDone = 0x22;
        private const string UdpHandle = "1 ";
        private const string Secured = " 1 ";

        private const int ShortTimeout = 1000;
        private const int LongTimeout = 3000;
        private const int SendTimeout = 5000;

        // What is left of an answer of which one part has come: the rest was lost.
        private const int RestTimeout = 500;

        // A module sends a line without a pause: one that stops within it was cut off.
        private const int LineTimeout = 200;
        private const int QuietTime = 50;
        private const int LongestNoise = 500;

        // 28 channels, each 0.01 s × (2^4 + 1); and for the module itself.
        private const string ScanDuration = "4";
        private const string AllChannels = "0FFFFFFF ";
        private const int ScanTimeout = (28 * 170) + LongTimeout;

        private const int InputLength = 256;
        private const int FillsPerStep = 64;
        private const int FlushedCrLfs = (SkParser.MaxDataLength / 2) + 2;

        private static readonly byte[] CrLf = { 0x0D, 0x0A };

        private readonly ISerialLine _line;
        private readonly PowerGrant _power;
        private readonly byte[] _input = new byte[InputLength];
        private readonly SkCommand _command = new SkCommand();
        private readonly byte[] _destination = new byte[SkParser.AddressLength];
        private int _inputAt;
        private int _inputEnd;
        private int _fillsLeft;
        private Phase _phase;
        private long _deadline;
        private long _quietAt;
        private long _lastHeard;
        private SkEventKind _wanted;
        private int _wantedNumber;
        private bool _isSending;
        private bool _wantsValue;
        private bool _hasOk;
        private bool _hasWanted;

        /// <summary>Makes it.</summary>
        /// <param name="line">The line to the module.</param>
        /// <param name="power">Without its grant to send, nothing is written to the module.</param>
        /// <param name="received">Where the data of datagrams go.</param>
        public SkModule(ISerialLine line, PowerGrant power, DatagramQueue received)
        {
            _line = line;
            _power = power;
            Parser = new SkParser(received);
        }

        private enum Phase
        {
            Free,
            Waiting,
            Settling,
        }

        /// <summary>What the module says.</summary>
        public SkParser Parser { get; }

        /// <summary>Whether a command may be given.</summary>
        public bool IsFree
        {
            get { return _phase == Phase.Free; }
        }

        /// <summary>Whether a command is under way.</summary>
        public bool IsBusy
        {
            get { return _phase == Phase.Waiting; }
        }

        /// <summary>How the last command ended.</summary>
        public SkResult Result { get; private set; }

        /// <summary>What became of the last datagram that was taken with OK.</summary>
        public int SendOutcome { get; private set; }

        /// <summary>Commands not answered in time, in a row.</summary>
        public int Silences { get; private set; }

        /// <summary>Whether the event that came last belongs to the command under way.</summary>
        public bool IsAnswer { get; private set; }

        /// <summary>Times that the line did not take what was to be written.</summary>
        public int WriteFailures { get; private set; }

        /// <summary>Has the line wake a loop. Call once, before the loop starts.</summary>
        public void Notify(ISignal wake)
        {
            _line.Notify(wake);
        }

        /// <summary>Forgets the command under way and a line that has begun; waits until the line is quiet.</summary>
        public void Settle(long now)
        {
            Parser.Reset();
            Silences = 0;
            Result = SkResult.None;
            BeginSettling(now);
        }

        /// <summary>Forgets that commands were not answered: it may well have been these commands.</summary>
        public void ForgetSilences()
        {
            Silences = 0;
        }

        /// <summary>Sends as many CR LF as free a module that waits for the rest of the longest datagram: for one
        /// without a reset line.</summary>
        public void Flush()
        {
            for (int i = 0; i < FlushedCrLfs; i++)
            {
                Put(CrLf, CrLf.Length);
            }
        }

        /// <summary>Does what is due. Call first in each step, before <see cref="Next"/>.</summary>
        public void Step(long now)
        {
            _fillsLeft = FillsPerStep;
            if (_phase == Phase.Settling && now >= Deadline.Earlier(_quietAt, _deadline))
            {
                _phase = Phase.Free;
            }
        }

        /// <summary>Takes what the module said, up to the next event.</summary>
        /// <returns>The event, in the parser; <see cref="SkEventKind.None"/> when nothing more is there.</returns>
        public SkEventKind Next(long now)
        {
            while (_inputAt < _inputEnd || Fill(now))
            {
                SkEventKind kind = Parser.Take(_input, ref _inputAt, _inputEnd);
                if (kind != SkEventKind.None)
                {
                    Match(kind, now);
                    return kind;
                }
            }

            if (_fillsLeft > 0)
            {
                CheckTime(now);
            }

            return SkEventKind.None;
        }

        /// <summary>When to step again at the latest. Ask after <see cref="Next"/> gave nothing more.</summary>
        public long NextDeadline(long now)
        {
            if (_fillsLeft == 0)
            {
                return now;
            }

            long deadline = _phase == Phase.Waiting ? _deadline
                : _phase == Phase.Settling ? Deadline.Earlier(_quietAt, _deadline)
                : Deadline.Never;
            return Parser.IsInLine ? Deadline.Earlier(deadline, _lastHeard + LineTimeout) : deadline;
        }

        /// <summary>3.25 SKRESET.</summary>
        public void Reset(long now)
        {
            Begin("SKRESET");
            Send(LongTimeout, now);
        }

        /// <summary>3.1 SKSREG with a value.</summary>
        public void SetRegister(string name, int value, int digits, long now)
        {
            Begin("SKSREG ");
            _command.Add(name);
            _command.Add(" ");
            _command.AddHex(value, digits);
            Send(ShortTimeout, now);
        }

        /// <summary>3.1 SKSREG without a value: wants <see cref="SkEventKind.Register"/>.</summary>
        public void GetRegister(string name, long now)
        {
            Begin("SKSREG ");
            _command.Add(name);
            Want(SkEventKind.Register, 0);
            Send(ShortTimeout, now);
        }

        /// <summary>3.23 SKVER: wants <see cref="SkEventKind.Version"/>.</summary>
        public void AskVersion(long now)
        {
            Begin("SKVER");
            Want(SkEventKind.Version, 0);
            Send(ShortTimeout, now);
        }

        /// <summary>3.2 SKINFO: wants <see cref="SkEventKind.Info"/>.</summary>
        public void AskInfo(long now)
        {
            Begin("SKINFO");
            Want(SkEventKind.Info, 0);
            Send(ShortTimeout, now);
        }

        /// <summary>3.31 ROPT: wants an OK with a value, 00 binary or 01 hexadecimal.</summary>
        public void AskOption(long now)
        {
            Begin("ROPT");
            _wantsValue = true;
            SendWithCr(now);
        }

        /// <summary>3.30 WOPT 01, which wears the module's flash.</summary>
        public void SetHexOption(long now)
        {
            Begin("WOPT 01");
            SendWithCr(now);
        }

        /// <summary>3.16 SKSETPWD.</summary>
        public void SetPassword(byte[] password, long now)
        {
            Begin("SKSETPWD C ");
            _command.Add(password);
            Send(ShortTimeout, now);
        }

        /// <summary>3.17 SKSETRBID.</summary>
        public void SetRouteBId(byte[] id, long now)
        {
            Begin("SKSETRBID ");
            _command.Add(id);
            Send(ShortTimeout, now);
        }

        /// <summary>3.9 SKSCAN 0: wants EVENT 1F; <see cref="SkEventKind.Energies"/> comes before it.</summary>
        public void ScanEnergies(long now)
        {
            Scan("0 ", EventEnergyScanDone, now);
        }

        /// <summary>3.9 SKSCAN 3: wants EVENT 22; a <see cref="SkEventKind.Pan"/> for each network comes before
        /// it.</summary>
        public void ScanPans(long now)
        {
            Scan("3 ", EventScanDone, now);
        }

        /// <summary>3.3 SKSTART: ends a session that there is.</summary>
        public void Start(long now)
        {
            Begin("SKSTART");
            Send(LongTimeout, now);
        }

        /// <summary>3.6 SKTERM: EVENT 27 or 28 comes later. Refused without a session.</summary>
        public void EndSession(long now)
        {
            Begin("SKTERM");
            Send(ShortTimeout, now);
        }

        /// <summary>3.26 SKTABLE E: wants <see cref="SkEventKind.Port"/>.</summary>
        public void AskPorts(long now)
        {
            Begin("SKTABLE E");
            Want(SkEventKind.Port, 0);
            Send(ShortTimeout, now);
        }

        /// <summary>3.19 SKUDPPORT for the handle that datagrams are sent from.</summary>
        public void SetPort(int port, long now)
        {
            Begin("SKUDPPORT ");
            _command.Add(UdpHandle);
            _command.AddHex(port, 4);
            Send(ShortTimeout, now);
        }

        /// <summary>3.7 SKSENDTO, encrypted or not at all: wants EVENT 21.</summary>
        /// <param name="address">IPv6 destination, 16 bytes.</param>
        /// <param name="port">UDP destination port.</param>
        /// <param name="data">The payload, from index 0.</param>
        /// <param name="length">Its length, 1…<see cref="SkParser.MaxDataLength"/>.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void SendDatagram(byte[] address, int port, byte[] data, int length, long now)
        {
            Array.Copy(address, 0, _destination, 0, SkParser.AddressLength);
            Begin("SKSENDTO ");
            _command.Add(UdpHandle);
            _command.AddAddress(address);
            _command.Add(" ");
            _command.AddHex(port, 4);
            _command.Add(Secured);
            _command.Add(Parser.Dialect.SendSide);
            _command.AddHex(length, 4);
            _command.Add(" ");
            Want(SkEventKind.Event, EventSent);
            _isSending = true;
            SendOutcome = Sent;

            // The module counts: not a byte more, or it would be the start of the next command.
            Wait(SendTimeout, now);
            if (!Put(_command.Bytes, _command.Length) || !Put(data, length))
            {
                FailToWrite(now);
            }
        }

        private bool Fill(long now)
        {
            if (_fillsLeft == 0)
            {
                return false;
            }

            _inputAt = 0;
            _inputEnd = _line.Read(_input, 0, InputLength);
            if (_inputEnd == 0)
            {
                return false;
            }

            _fillsLeft--;
            _lastHeard = now;
            _quietAt = now + QuietTime;
            return true;
        }

        private void Match(SkEventKind kind, long now)
        {
            IsAnswer = false;
            if (_phase != Phase.Waiting)
            {
                return;
            }

            if (kind == SkEventKind.Fail)
            {
                IsAnswer = true;
                Complete(SkResult.Failed);
                if (_isSending)
                {
                    // Data that it did not take for data would be the start of the next command.
                    BeginSettling(now);
                }

                return;
            }

            if (kind == SkEventKind.Ok && (Parser.Value != SkParser.NoValue) == _wantsValue)
            {
                _hasOk = true;
            }
            else if (kind == _wanted && (kind != SkEventKind.Event || IsWantedEvent()))
            {
                _hasWanted = true;
            }
            else
            {
                return;
            }

            IsAnswer = true;
            if (_hasOk && _hasWanted)
            {
                Complete(SkResult.Ok);
            }
            else if (_wanted != SkEventKind.Event || _isSending)
            {
                _deadline = Deadline.Earlier(_deadline, now + RestTimeout);
            }
        }

        private bool IsWantedEvent()
        {
            if (Parser.Number != _wantedNumber)
            {
                return false;
            }

            if (!_isSending)
            {
                return true;
            }

            // What the stack sends of its own accord is reported too.
            bool isOurs = Octets.AreEqual(_destination, 0, Parser.Address, 0, SkParser.AddressLength);
            SendOutcome = isOurs ? Parser.Parameter : SendOutcome;
            return isOurs;
        }

        private void CheckTime(long now)
        {
            if (Parser.IsInLine && now >= _lastHeard + LineTimeout)
            {
                Parser.Reset();
            }

            if (_phase != Phase.Waiting || now < _deadline)
            {
                return;
            }

            // The line that was asked for has come, and its OK is lost; or a datagram is taken, and its EVENT 21 lost.
            if ((_hasWanted && _wanted != SkEventKind.None) || (_hasOk && _isSending))
            {
                Complete(SkResult.Ok);
                return;
            }

            TimeOut(now);
        }

        private void TimeOut(long now)
        {
            // One that says OK and no more is not dead.
            Silences += _hasOk ? 0 : 1;
            Result = SkResult.TimedOut;
            BeginSettling(now);
        }

        private void Complete(SkResult result)
        {
            Result = result;
            Silences = 0;
            _phase = Phase.Free;
        }

        private void BeginSettling(long now)
        {
            Put(CrLf, CrLf.Length);
            _phase = Phase.Settling;
            _quietAt = now + QuietTime;
            _deadline = now + LongestNoise;
        }

        private void Scan(string mode, int wantedNumber, long now)
        {
            Begin("SKSCAN ");
            _command.Add(mode);
            _command.Add(AllChannels);
            _command.Add(ScanDuration);
            _command.Add(Parser.Dialect.ScanSide);
            Want(SkEventKind.Event, wantedNumber);
            Send(ScanTimeout, now);
        }

        private void Begin(string text)
        {
            _wanted = SkEventKind.None;
            _hasWanted = true;
            _wantsValue = false;
            _isSending = false;
            _command.Clear();
            _command.Add(text);
        }

        private void Want(SkEventKind kind, int number)
        {
            _wanted = kind;
            _wantedNumber = number;
            _hasWanted = false;
        }

        private void Send(int timeout, long now)
        {
            _command.Add("\r\n");
            Write(timeout, now);
        }

        private void SendWithCr(long now)
        {
            _command.Add("\r");
            Write(ShortTimeout, now);
        }

        private void Write(int timeout, long now)
        {
            Wait(timeout, now);
            bool isTaken = Put(_command.Bytes, _command.Length);
            _command.Clear();
            if (!isTaken)
            {
                FailToWrite(now);
            }
        }

        // A command of which the module has a part at best is as good as one that it has not answered; the line gets
        // time to come to itself.
        private void FailToWrite(long now)
        {
            TimeOut(now);
            _quietAt = _deadline;
        }

        // The one place that writes to the line, and counts what it did not take: a module that is told nothing sends
        // nothing that it was asked for.
        private bool Put(byte[] bytes, int count)
        {
            bool isTaken = _power.MaySend && _line.Write(bytes, 0, count);
            WriteFailures += isTaken ? 0 : 1;
            return isTaken;
        }

        private void Wait(int timeout, long now)
        {
            Result = SkResult.None;
            _hasOk = false;
            _deadline = now + timeout;
            _phase = Phase.Waiting;
        }
    }
}
