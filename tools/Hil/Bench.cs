using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Hems;
using NanoComm.Keys;
using NanoComm.Reporting;
using NanoComm.Simulators.Dlms;

using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Hil
{
    /// <summary>
    /// What a scenario has: a board, and everything that is around a board. Which board, and whether time is virtual or real,
    /// is decided by the clock and the board that it is given; the rest is the same.
    /// </summary>
    public sealed class Bench
    {
        /// <summary>Milliseconds of a second.</summary>
        public const int Second = 1000;

        /// <summary>Milliseconds of a minute.</summary>
        public const int Minute = 60 * Second;

        /// <summary>W that stand for "no data" (E7).</summary>
        public const int NoPower = 0x7FFFFFFE;

        /// <summary>EPC of the instantaneous power.</summary>
        public const byte Power = 0xE7;

        private const int OrderPatience = 30 * Second;
        private const int PairingPatience = Minute;
        private const int AskPatience = 2 * Second;
        private const int AskPause = 100;
        private const int ShortPatience = 300;
        private const int MostLogLines = 400;
        private const string FactoryRecord = "factory";
        private const string InboxRecord = "ticket-in";

        private readonly IRandomSource _random;
        private readonly List<BoardLogLine> _log = [];
        private readonly Dictionary<int, Terminal> _terminals = [];
        private bool _isEnrolled;

        /// <summary>Puts everything around a board.</summary>
        /// <param name="clock">The time of it all.</param>
        /// <param name="board">The board, off.</param>
        /// <param name="setup">How it is set up.</param>
        public Bench(IBenchClock clock, IBoardUnderTest board, BenchSetup setup)
        {
            Clock = clock;
            Board = board;
            Setup = setup;
            int seed = setup.Seed ?? System.Random.Shared.Next();
            _random = setup.Seed is null ? new SystemRandom() : new SeededRandom(seed);
            Random = new Random(seed);
            Office = new BenchOffice(_random, setup.Seed is null ? UtilityTime.FromTime(DateTimeOffset.UtcNow) : 0);
            Meter = new BenchMeter(clock, Office, _random, setup);
            MeteringLine = new WatchedLine(board.MeteringLine, new Random(seed));
            Meter.Server.Attach(MeteringLine);
            if (board.WiSunLine != null)
            {
                WiSunLine = new WatchedLine(board.WiSunLine, new Random(seed));
                Air = new BenchAir(clock, WiSunLine, seed);
            }

            board.Logged += Keep;
        }

        /// <summary>The time.</summary>
        public IBenchClock Clock { get; }

        /// <summary>The board.</summary>
        public IBoardUnderTest Board { get; }

        /// <summary>How the bench is set up.</summary>
        public BenchSetup Setup { get; }

        /// <summary>Chance.</summary>
        public Random Random { get; }

        /// <summary>The key management.</summary>
        public BenchOffice Office { get; }

        /// <summary>The metering unit.</summary>
        public BenchMeter Meter { get; }

        /// <summary>The line to it.</summary>
        public WatchedLine MeteringLine { get; }

        /// <summary>The line to the Wi-SUN module, or null.</summary>
        public WatchedLine WiSunLine { get; }

        /// <summary>Module, air and controllers, or null.</summary>
        public BenchAir Air { get; }

        /// <summary>The route-B id that the bench's orders open.</summary>
        public string RouteBId { get; } = "0023456789ABCDEF00112233445566AA";

        /// <summary>Its password.</summary>
        public string RouteBPassword { get; } = "B3nchB3nch07";

        /// <summary>Where the scenario's results go.</summary>
        public ReportCase Results { get; set; } = new("bench", "bench", string.Empty);

        /// <summary>What the board has logged, oldest first.</summary>
        public IReadOnlyList<BoardLogLine> Log => _log;

        /// <summary>ms of the bench's clock.</summary>
        public long Now => Clock.Milliseconds;

        /// <summary>A terminal on IP.</summary>
        /// <param name="number">Which address of the bench's, 0 and up.</param>
        public Terminal TerminalOf(int number)
        {
            if (!_terminals.TryGetValue(number, out Terminal terminal))
            {
                terminal = new Terminal(Clock, Board.OpenTerminal(number));
                _terminals.Add(number, terminal);
            }

            return terminal;
        }

        /// <summary>Lets time pass.</summary>
        public void Run(long milliseconds)
        {
            Clock.Run(milliseconds);
        }

        /// <summary>Lets time pass until something is so, and fails the scenario when it does not come to be.</summary>
        /// <param name="condition">What.</param>
        /// <param name="milliseconds">How long at most.</param>
        /// <param name="what">What, in words.</param>
        /// <returns>How long it took, ms.</returns>
        /// <exception cref="ScenarioFailedException">It did not come to be.</exception>
        public long Until(Func<bool> condition, long milliseconds, string what)
        {
            long from = Now;
            Check(Clock.Until(condition, milliseconds), $"not within {milliseconds / Second} s: {what}");
            return Now - from;
        }

        /// <summary>Fails the scenario when something is not so.</summary>
        /// <param name="isSo">Whether it is.</param>
        /// <param name="otherwise">What to say when it is not.</param>
        /// <exception cref="ScenarioFailedException">It is not.</exception>
        public void Check(bool isSo, string otherwise)
        {
            if (!isSo)
            {
                throw new ScenarioFailedException(otherwise);
            }
        }

        /// <summary>Records a figure that must not be above a limit.</summary>
        public void AtMost(string name, double value, string unit, double limit)
        {
            Results.Figures.Add(new ReportFigure(name, value, unit, limit));
        }

        /// <summary>Records a figure that must not be below a limit.</summary>
        public void AtLeast(string name, double value, string unit, double limit)
        {
            Results.Figures.Add(new ReportFigure(name, value, unit, limit, true));
        }

        /// <summary>Records a figure.</summary>
        public void Tell(string name, double value, string unit)
        {
            Results.Figures.Add(new ReportFigure(name, value, unit));
        }

        /// <summary>Notes something for whoever reads the log of the scenario.</summary>
        public void Note(string text)
        {
            Keep(new BoardLogLine(Now, "bench: " + text));
        }

        /// <summary>Whether the board has logged a text since a time.</summary>
        public bool HasLogged(string text, long since = 0)
        {
            return _log.Any(line => line.At >= since && line.Text.Contains(text, StringComparison.Ordinal));
        }

        /// <summary>Makes the board one that is paired with the metering unit of this bench, and serves. One that is already is
        /// left as it is, but switched on.</summary>
        /// <exception cref="ScenarioFailedException">It does not become so.</exception>
        public void MakeReady()
        {
            if (_isEnrolled)
            {
                Board.PowerOn();
                UntilServed();
                return;
            }

            Enrol();
            Pair();
            if (Setup.Wifi != null)
            {
                Obey(Setup.Wifi);
            }

            UntilServed();
        }

        /// <summary>The board has no keys any more: it is to be enrolled again before it is used.</summary>
        public void Forget()
        {
            _isEnrolled = false;
        }

        /// <summary>Orders the B route open.</summary>
        public void OpenRouteB()
        {
            Obey(OrderBody.OpenRouteB(RouteBId, RouteBPassword));
        }

        /// <summary>Gives the board the bench's factory keys, while it is off, and switches it on.</summary>
        public void Enrol()
        {
            Board.PowerOff();
            Board.Records.Put(FactoryRecord, Office.FactoryRecord);
            _isEnrolled = true;
            Board.PowerOn();
        }

        /// <summary>Gives the board the next ticket, and waits until it is used.</summary>
        /// <exception cref="ScenarioFailedException">It is not.</exception>
        public void Pair()
        {
            Ticket ticket = Office.NextTicket();
            Give(ticket.Bytes);
            AwaitPairing(ticket);
        }

        /// <summary>Puts something into the board's inbox: a ticket, an order.</summary>
        public void Give(ReadOnlySpan<byte> content)
        {
            Board.Records.Put(InboxRecord, content.ToArray());
        }

        /// <summary>Waits until a ticket is used, and looks at the metering unit's receipt.</summary>
        /// <returns>How long it took, ms.</returns>
        /// <exception cref="ScenarioFailedException">It is not.</exception>
        public long AwaitPairing(Ticket ticket)
        {
            PairingSlots slots = Meter.State.Slots;
            long took = Until(() => slots.CommittedTicket.AsSpan().SequenceEqual(ticket.Id.Span), PairingPatience,
                "the metering unit has committed the ticket");
            Check(Office.IsGood(Receipt.Parse(slots.Receipt), ticket), "the receipt at the metering unit is not of this ticket");
            return took;
        }

        /// <summary>Gives the board an order by hand, and waits for its answer at the metering unit.</summary>
        /// <returns>How long it took, ms.</returns>
        /// <exception cref="ScenarioFailedException">None came, or another one than "done".</exception>
        public long Obey(OrderBody body)
        {
            Order order = Office.NextOrder(body);
            Give(order.Bytes);
            OrderAnswer answer = null;
            long took = Until(() => (answer = AnswerTo(order)) != null, OrderPatience, $"the order {body.Kind} is answered");
            Check(answer.Result == OrderResult.Done, $"the order {body.Kind} was answered by {answer.Result}");
            return took;
        }

        /// <summary>Asks a terminal's way for the power until it is told.</summary>
        /// <returns>How long it took, ms.</returns>
        /// <exception cref="ScenarioFailedException">It is not.</exception>
        public long UntilPower(Terminal terminal, int milliseconds)
        {
            long from = Now;
            while (HemsMeter.ToPower(terminal.Get(ShortPatience, Power)?.Find(Power)) == null)
            {
                Check(Now - from < milliseconds, $"not within {milliseconds / Second} s: the power (E7) is told on IP");
                Run(AskPause);
            }

            return Now - from;
        }

        /// <summary>The power as a terminal is told it.</summary>
        /// <returns>W; null for no answer or no data.</returns>
        public int? PowerOf(Terminal terminal)
        {
            return HemsMeter.ToPower(terminal.Get(AskPatience, Power)?.Find(Power));
        }

        /// <summary>Gives the board power, and takes it at a frame of its first ones.</summary>
        /// <param name="frame">At which frame that it sends to the metering unit, 1 and up.</param>
        /// <param name="isHeard">Whether the metering unit still hears that frame; the board never hears its answer.</param>
        /// <param name="milliseconds">How long is waited for it.</param>
        /// <returns>Whether the frame came.</returns>
        public bool PowerUntilFrame(int frame, bool isHeard, int milliseconds)
        {
            int heard = 0;
            bool isCut = false;
            MeteringLine.FrameHeard += Count;
            Board.PowerOn();
            bool came = Clock.Until(() => isCut, milliseconds);
            MeteringLine.FrameHeard -= Count;
            Board.PowerOff();
            MeteringLine.ToBoard.IsCut = false;
            MeteringLine.FromBoard.IsCut = false;
            return came;

            void Count()
            {
                if (++heard == frame)
                {
                    MeteringLine.ToBoard.IsCut = true;
                    MeteringLine.FromBoard.IsCut = !isHeard;
                    Clock.At(Now, () =>
                    {
                        Board.PowerOff();
                        isCut = true;
                    });
                }
            }
        }

        private void UntilServed()
        {
            if (Board.Lacks(BoardAbility.Ip) == null)
            {
                UntilPower(TerminalOf(0), Minute);
            }
        }

        private OrderAnswer AnswerTo(Order order)
        {
            byte[] kept = Meter.State.Orders.Answer;
            OrderAnswer answer = kept.Length == 0 ? null : OrderAnswer.Parse(kept);
            return answer != null && Office.IsGood(answer, order) ? answer : null;
        }

        private void Keep(BoardLogLine line)
        {
            _log.Add(line);
            Results.Log.Add($"{line.At / 1000.0:F3} {line.Text}");
            if (Results.Log.Count > MostLogLines)
            {
                Results.Log.RemoveAt(0);
            }
        }
    }
}
