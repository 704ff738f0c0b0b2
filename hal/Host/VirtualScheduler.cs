using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// The deterministic scheduler: loops and events run one at a time on a virtual clock, which jumps to the next
    /// deadline or event when all are waiting. The seed decides the order among what is ready at the same instant and
    /// every random byte, so a run is repeated exactly from its seed. Each loop has random bytes of its own: as with a
    /// board's source, what one of them draws changes nothing of what another draws. Each sequence has a thread of its
    /// own; one thread at a time has the turn, and reactions, events and the condition of <see cref="Run"/> run on
    /// whichever has it.
    /// </summary>
    /// <remarks>
    /// To hand the turn over takes longer than most steps. So a sequence that waits does not hand it back: its thread
    /// decides what is next, and takes the steps that need no thread itself, until another sequence is to go on or the
    /// run is over.
    /// <para>Where <see cref="StepsMayHang"/>, every loop and the watch over them has a thread of its own, so that a step may
    /// be held in its middle, with the locks that it holds, while the others go on; one that then waits for such a lock
    /// hangs with it.</para>
    /// </remarks>
    public sealed class VirtualScheduler : ILoops, IClock, IDisposable
    {
        /// <summary>Steps without the clock moving after which the run is given up.</summary>
        public const int LivelockSteps = 1_000_000;

        private const int WaitsAfterStop = 10_000;
        private const int BlockedBelieved = 5;

        private static readonly TimeSpan BlockedLook = TimeSpan.FromMilliseconds(20);
        private const string EventName = "event";
        private const ulong FingerprintOffset = 14695981039346656037;
        private const ulong FingerprintPrime = 1099511628211;

        // Streams of their own: what one side draws changes neither the other side's numbers nor the order.
        private readonly Random _order;
        private readonly int _random;
        private readonly PriorityQueue<Action, EventKey> _events = new PriorityQueue<Action, EventKey>();
        private readonly List<VirtualLoop> _loops = new List<VirtualLoop>();
        private readonly List<VirtualLoop> _ready = new List<VirtualLoop>();
        private readonly DeadlineHeap _deadlines = new DeadlineHeap();
        private readonly AutoResetEvent _returned = new AutoResetEvent(false);
        private readonly Dictionary<string, (long From, long Length)> _hangs = [];

        private VirtualLoop _current;
        private Func<bool> _until;
        private long _limit;
        private long _eventCount;
        private long _instant = -1;
        private int _stepsAtInstant;
        private int _waitsAfterStop;
        private int _runningThread;

        // One more than the index of the sequence whose own code runs; 0 while that is the scheduler's.
        private int _running;
        private ExceptionDispatchInfo _failure;
        private bool _isOver;
        private bool _isRunning;
        private bool _isDisposed;

        /// <summary>Makes a scheduler at time 0.</summary>
        /// <param name="seed">Decides the whole run.</param>
        public VirtualScheduler(int seed)
        {
            Seed = seed;
            var streams = new Random(seed);
            _order = new Random(streams.Next());
            _random = streams.Next();
            Random = new LoopRandom(this, new SeededRandom(_random));
            HostRandom = new Random(streams.Next());
        }

        /// <summary>The seed that repeats this run.</summary>
        public int Seed { get; }

        /// <inheritdoc/>
        public long Milliseconds { get; private set; }

        /// <inheritdoc/>
        public bool IsStopping { get; private set; }

        /// <summary>The firmware's random bytes.</summary>
        public IRandomSource Random { get; }

        /// <summary>Random numbers for simulators and faults.</summary>
        public Random HostRandom { get; }

        /// <summary>How long a sequence may run without waiting, in real time, before the run is given up. A debugger
        /// suspends it.</summary>
        public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>Whether a step may be held up for a while, or for ever (<see cref="Hang"/>, <see cref="Hold"/>), which a watch
        /// over the loops is to find. Set before the loops are started. Elsewhere the watch is not run, as every step
        /// returns in the instant in which it began.</summary>
        public bool StepsMayHang { get; set; }

        /// <summary>Since when a step is held for ever: the last that was, in milliseconds; -1 while none is.</summary>
        public long HangsSince { get; private set; } = -1;

        /// <summary>Names of the loops, in the order in which they were started, without the watch over them.</summary>
        public IEnumerable<string> LoopNames => _loops.Where(loop => !loop.IsWatch).Select(loop => loop.Name);

        /// <summary>Names of the loops that wait for a lock which a held step has.</summary>
        public IEnumerable<string> BlockedLoops =>
            _loops.OfType<VirtualSequence>().Where(loop => loop.IsBlocked).Select(loop => loop.Name);

        /// <summary>Steps so far: of reactions, of sequences from one wait to the next, and events.</summary>
        public long Steps { get; private set; }

        /// <summary>How often a sequence's thread was gone over to.</summary>
        public long Switches { get; private set; }

        /// <summary>A number made of every step's time and loop so far: equal in runs that went the same way.</summary>
        public ulong Fingerprint { get; private set; } = FingerprintOffset;

        /// <inheritdoc/>
        public ISignal CreateSignal(string name)
        {
            return new VirtualSignal(name, this);
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            if (StepsMayHang)
            {
                return Start(name, new SteppedReaction(reaction, wake, this));
            }

            var signal = (VirtualSignal)wake;
            if (signal.Waiter != null)
            {
                throw new InvalidOperationException(
                    $"The signal '{signal.Name}' already wakes '{signal.Waiter.Name}'.");
            }

            return Add(new VirtualReaction(name, _loops.Count, reaction, signal));
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, ISequence sequence)
        {
            return Add(new VirtualSequence(name, _loops.Count, sequence, this));
        }

        /// <inheritdoc/>
        public void StartWatch(IReaction watch)
        {
            if (StepsMayHang)
            {
                var sequence = new SteppedReaction(watch, CreateSignal("next look"), this);
                Add(new VirtualSequence("watch", _loops.Count, sequence, this) { IsWatch = true });
            }
        }

        /// <summary>Has a loop hang: its first step from then on does not return.</summary>
        /// <param name="loop">Its name.</param>
        /// <param name="from">In milliseconds; 0 for its first step.</param>
        /// <param name="length">For how long, in milliseconds, or <see cref="Deadline.Never"/>: for ever.</param>
        public void Hang(string loop, long from, long length = Deadline.Never)
        {
            _hangs[loop] = (from, length);
        }

        /// <summary>Holds the step that calls it, with all locks that it holds; the other loops go on meanwhile. Who waits for
        /// such a lock hangs from then on.</summary>
        /// <param name="until">Until when, in milliseconds, or <see cref="Deadline.Never"/>: until the unit stops.</param>
        public void Hold(long until)
        {
            if (!StepsMayHang || _current is not VirtualSequence sequence)
            {
                throw new InvalidOperationException("Only the step of a loop can be held, where steps may hang.");
            }

            if (!IsStopping && EndStep(sequence))
            {
                HangsSince = until == Deadline.Never ? Milliseconds : HangsSince;
                Park(sequence, new VirtualSignal("nothing", this), until);
            }
        }

        /// <summary>Has an action run at a point of the virtual clock.</summary>
        /// <param name="time">In milliseconds; now, when it has passed.</param>
        /// <param name="action">Never waits. Actions of the same time run in the order in which they were given;
        /// where loops come in between, the seed decides.</param>
        public void At(long time, Action action)
        {
            CheckThread();
            _events.Enqueue(action, new EventKey(Math.Max(time, Milliseconds), _eventCount++));
        }

        /// <summary>Runs everything that is due up to and including a point of the clock, and leaves the clock
        /// there.</summary>
        /// <param name="time">In milliseconds.</param>
        /// <exception cref="SchedulerDeadlockException">A sequence waits for ever, and nothing that could set its
        /// signal is scheduled. (A reaction that waits for its wake signal is idle, not stuck.)</exception>
        /// <exception cref="SchedulerLivelockException">The clock does not move any more.</exception>
        /// <exception cref="LoopFailedException">A loop or an event threw.</exception>
        public void RunUntil(long time)
        {
            Drive(null, time);
        }

        /// <summary>Runs until a condition holds; it is looked at before the first step and after each.</summary>
        /// <param name="until">The condition.</param>
        /// <param name="latest">When it must hold at the latest, in milliseconds, or
        /// <see cref="Deadline.Never"/>.</param>
        /// <exception cref="TimeoutException">It did not hold in time; the message names each loop and what it
        /// waits for.</exception>
        /// <exception cref="SchedulerDeadlockException">It can never hold: nothing is scheduled and every loop waits
        /// for ever.</exception>
        /// <exception cref="SchedulerLivelockException">The clock does not move any more.</exception>
        /// <exception cref="LoopFailedException">A loop or an event threw.</exception>
        public void Run(Func<bool> until, long latest)
        {
            Drive(until, latest);
        }

        /// <summary>
        /// Stops the unit: no reaction is stepped and no event runs any more, and every wait of a sequence answers
        /// <see cref="WaitResult.Stopping"/> until it ends. From outside a run, returns when all have ended; from a
        /// loop or an event, that happens before the run returns.
        /// </summary>
        /// <exception cref="LoopFailedException">A sequence threw while it ended; the others have ended
        /// too.</exception>
        public void Stop()
        {
            CheckThread();
            IsStopping = true;
            if (_isRunning)
            {
                return;
            }

            Enter();
            try
            {
                EndSequences();
            }
            finally
            {
                _isRunning = false;
            }
        }

        /// <summary>Stops, and ends the threads. What a sequence throws while it ends is lost: <see cref="Stop"/>
        /// first where it matters.</summary>
        public void Dispose()
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            try
            {
                Stop();
            }
            catch (LoopFailedException)
            {
                // An exception out of Dispose would hide the one that a test is failing with.
            }

            foreach (VirtualLoop loop in _loops)
            {
                if (loop is VirtualSequence { IsEnded: true, IsLost: false } sequence)
                {
                    sequence.Join();
                    sequence.Dispose();
                }
            }

            _returned.Dispose();
        }

        internal void Set(VirtualSignal signal)
        {
            CheckThread();
            signal.IsSet = true;
            if (signal.Waiter != null && signal.Waiter != _current)
            {
                MakeReady(signal.Waiter);
            }
        }

        internal WaitResult Wait(VirtualSignal signal, long deadline)
        {
            if (!_isRunning || _current is not VirtualSequence sequence
                || _runningThread != Environment.CurrentManagedThreadId)
            {
                string who = _isRunning && _current != null ? $"'{_current.Name}'" : "an event or the test";
                throw new InvalidOperationException(
                    $"{who} waits for '{signal.Name}': only a sequence may; a reaction returns its deadline.");
            }

            if (signal.Waiter != null)
            {
                throw new InvalidOperationException(
                    $"'{sequence.Name}' waits for '{signal.Name}', which already wakes '{signal.Waiter.Name}'.");
            }

            if (IsStopping)
            {
                return CountWaitAfterStop(sequence);
            }

            if (!EndStep(sequence))
            {
                throw new InvalidOperationException($"'{sequence.Name}' has run for too long and was given up.");
            }

            sequence.Beat.Due = deadline;
            Park(sequence, signal, deadline);
            sequence.Beat.Due = Milliseconds;
            if (IsStopping)
            {
                return WaitResult.Stopping;
            }

            bool signalled = signal.IsSet;
            signal.IsSet = false;
            HangIfAsked(sequence);
            return signalled ? WaitResult.Signalled : WaitResult.TimedOut;
        }

        // On a sequence's thread, which has the turn now: what it runs next is the sequence's own code.
        internal void BeginStep(VirtualSequence sequence)
        {
            _runningThread = Environment.CurrentManagedThreadId;
            Volatile.Write(ref _running, sequence.Index + 1);
        }

        // At the beginning of each step.
        internal void HangIfAsked(VirtualSequence sequence)
        {
            if (_hangs.TryGetValue(sequence.Name, out (long From, long Length) hang) && Milliseconds >= hang.From)
            {
                _hangs.Remove(sequence.Name);
                Hold(hang.Length == Deadline.Never ? Deadline.Never : Milliseconds + hang.Length);
            }
        }

        // On a sequence's thread, when it has returned or thrown: the last that it does.
        internal void Leave(VirtualSequence sequence)
        {
            if (EndStep(sequence))
            {
                _returned.Set();
            }
        }

        private LoopBeat Add(VirtualLoop loop)
        {
            CheckThread();
            loop.Beat = new LoopBeat(loop.Name, Milliseconds);
            if (IsStopping)
            {
                loop.IsEnded = true;
                return loop.Beat;
            }

            _loops.Add(loop);
            MakeReady(loop);
            return loop.Beat;
        }

        private void MakeReady(VirtualLoop loop)
        {
            if (!loop.IsReady && !loop.IsEnded)
            {
                loop.IsReady = true;
                _ready.Add(loop);
            }
        }

        private void Drive(Func<bool> until, long limit)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Enter();
            _until = until;
            _limit = limit;
            _isOver = false;
            try
            {
                while (!_isOver)
                {
                    VirtualSequence next = TakeSteps();
                    if (next != null)
                    {
                        Resume(next);
                    }
                }

                if (IsStopping)
                {
                    EndSequences();
                }
            }
            finally
            {
                _isRunning = false;
                _current = null;
                _until = null;
            }
        }

        private void Enter()
        {
            if (_isRunning)
            {
                throw new InvalidOperationException("The scheduler is already running.");
            }

            _isRunning = true;
            _runningThread = Environment.CurrentManagedThreadId;
        }

        // On the thread that has the turn: everything up to the sequence that goes on next, or to the end of the run; then
        // null.
        private VirtualSequence TakeSteps()
        {
            while (!IsStopping && (_until == null || !_until()) && Next(out VirtualSequence sequence))
            {
                if (sequence != null)
                {
                    return sequence;
                }
            }

            _isOver = true;
            return null;
        }

        // Takes one step, or moves the clock; false at the limit. A sequence's step is the caller's to take.
        private bool Next(out VirtualSequence sequence)
        {
            sequence = null;
            bool isEventDue = _events.TryPeek(out _, out EventKey key) && key.Time <= Milliseconds;
            int candidates = _ready.Count + (isEventDue ? 1 : 0);
            if (candidates == 0)
            {
                return Advance();
            }

            int pick = candidates == 1 ? 0 : _order.Next(candidates);
            if (pick >= _ready.Count)
            {
                Step(_events.Dequeue());
                return true;
            }

            VirtualLoop loop = TakeReady(pick);
            Count(loop);
            _current = loop;
            sequence = loop as VirtualSequence;
            if (sequence == null)
            {
                Step((VirtualReaction)loop);
                _current = null;
            }

            return true;
        }

        private VirtualLoop TakeReady(int index)
        {
            VirtualLoop loop = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            loop.IsReady = false;
            return loop;
        }

        private bool Advance()
        {
            long next = NextTime();
            if (next == Deadline.Never)
            {
                CheckDeadlock();
            }

            if (next > _limit || next == Deadline.Never)
            {
                return ReachLimit();
            }

            Milliseconds = next;
            while (_deadlines.Next <= next)
            {
                MakeReady((VirtualLoop)_deadlines.Take());
            }

            return true;
        }

        private bool ReachLimit()
        {
            if (_limit != Deadline.Never)
            {
                Milliseconds = Math.Max(Milliseconds, _limit);
            }

            if (_until != null && !_until())
            {
                throw new TimeoutException(
                    $"The condition did not hold by {Milliseconds} ms (seed {Seed}).{Describe()}");
            }

            return false;
        }

        private long NextTime()
        {
            long next = _deadlines.Next;
            return _events.TryPeek(out _, out EventKey key) && key.Time < next ? key.Time : next;
        }

        // Nothing is ready or scheduled.
        private void CheckDeadlock()
        {
            bool isStuck = _until != null;
            if (!isStuck && Milliseconds < _limit)
            {
                foreach (VirtualLoop loop in _loops)
                {
                    isStuck |= loop is VirtualSequence && !loop.IsEnded;
                }
            }

            if (isStuck)
            {
                throw new SchedulerDeadlockException(
                    $"Nothing can happen any more at {Milliseconds} ms (seed {Seed}).{Describe()}");
            }
        }

        private void Step(Action action)
        {
            Count(null);
            try
            {
                action();
            }
            catch (Exception failure)
            {
                throw new LoopFailedException(EventName, Milliseconds, failure);
            }
        }

        private void Step(VirtualReaction reaction)
        {
            try
            {
                _deadlines.Set(reaction, reaction.Step(Milliseconds));
            }
            catch (Exception failure)
            {
                End(reaction);
                throw new LoopFailedException(reaction.Name, Milliseconds, failure);
            }

            if (reaction.Signal.IsSet || reaction.Deadline <= Milliseconds)
            {
                MakeReady(reaction);
            }
        }

        // On the thread that runs the scheduler: hands the turn over, and has it back where the run is over, a sequence
        // has ended, or something has failed.
        private void Resume(VirtualSequence sequence)
        {
            Switches++;
            sequence.Resume();
            VirtualSequence lost = AwaitReturn();
            _runningThread = Environment.CurrentManagedThreadId;
            if (lost != null && lost.IsBlocked)
            {
                _current = null;
                return;
            }

            if (lost != null)
            {
                End(lost);
                throw new SchedulerLivelockException($"'{lost.Name}' has run for {Patience.TotalSeconds} s of real "
                    + $"time without waiting, at {Milliseconds} ms (seed {Seed}).");
            }

            ExceptionDispatchInfo failure = _failure;
            _failure = null;
            failure?.Throw();
            if (_current is VirtualSequence { IsEnded: true } ended)
            {
                _current = null;
                End(ended);
                if (ended.Failure != null)
                {
                    throw new LoopFailedException(ended.Name, Milliseconds, ended.Failure);
                }
            }
        }

        // Null, or the sequence that runs on without waiting and was given up: its thread does not have the turn any more.
        private VirtualSequence AwaitReturn()
        {
            long steps = Steps;
            if (StepsMayHang)
            {
                return AwaitReturnOrBlock();
            }

            while (!_returned.WaitOne(Patience))
            {
                int running = Volatile.Read(ref _running);
                bool isSameStep = steps == Steps;
                steps = Steps;
                if (running > 0 && isSameStep && !Debugger.IsAttached
                    && Interlocked.CompareExchange(ref _running, 0, running) == running)
                {
                    var lost = (VirtualSequence)_loops[running - 1];
                    lost.IsLost = true;
                    return lost;
                }
            }

            return null;
        }

        // The same where a step may be held with a lock that others want: the one that has the turn and waits for such a lock
        // hangs as well, and the turn goes on without it.
        private VirtualSequence AwaitReturnOrBlock()
        {
            int blocked = 0;
            long steps = Steps;
            while (!_returned.WaitOne(BlockedLook))
            {
                int running = Volatile.Read(ref _running);
                bool isBlocked = running > 0 && steps == Steps && ((VirtualSequence)_loops[running - 1]).Waits;
                steps = Steps;
                blocked = isBlocked ? blocked + 1 : 0;
                if (blocked >= BlockedBelieved && Interlocked.CompareExchange(ref _running, 0, running) == running)
                {
                    var lost = (VirtualSequence)_loops[running - 1];
                    lost.IsLost = true;
                    lost.IsBlocked = true;
                    return lost;
                }
            }

            return null;
        }

        // False where the sequence was given up meanwhile.
        private bool EndStep(VirtualSequence sequence)
        {
            int running = sequence.Index + 1;
            return Interlocked.CompareExchange(ref _running, 0, running) == running;
        }

        private void End(VirtualLoop loop)
        {
            loop.IsEnded = true;
            _deadlines.Set(loop, Deadline.Never);
            if (loop.Signal != null)
            {
                loop.Signal.Waiter = null;
                loop.Signal = null;
            }
        }

        // On a sequence's thread: takes the others' steps until it is its own turn.
        private void Park(VirtualSequence sequence, VirtualSignal signal, long deadline)
        {
            sequence.Signal = signal;
            signal.Waiter = sequence;
            _deadlines.Set(sequence, deadline);
            if (signal.IsSet || deadline <= Milliseconds)
            {
                MakeReady(sequence);
            }

            _current = null;
            VirtualSequence next = TakeOthersSteps();
            if (next != sequence)
            {
                HandOver(next);
                sequence.AwaitTurn();
            }

            BeginStep(sequence);
            signal.Waiter = null;
            sequence.Signal = null;
            _deadlines.Set(sequence, Deadline.Never);
        }

        // What fails belongs to who called for the run.
        private VirtualSequence TakeOthersSteps()
        {
            try
            {
                return TakeSteps();
            }
            catch (Exception failure)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
                return null;
            }
        }

        private void HandOver(VirtualSequence next)
        {
            if (next == null)
            {
                _returned.Set();
                return;
            }

            Switches++;
            next.Resume();
        }

        private WaitResult CountWaitAfterStop(VirtualSequence sequence)
        {
            if (++_waitsAfterStop > WaitsAfterStop)
            {
                throw new InvalidOperationException($"'{sequence.Name}' goes on waiting although the unit stops.");
            }

            return WaitResult.Stopping;
        }

        private void EndSequences()
        {
            LoopFailedException first = null;
            foreach (VirtualLoop loop in _loops)
            {
                if (loop is VirtualSequence { HasBegun: true, IsEnded: false, IsBlocked: false } sequence)
                {
                    _waitsAfterStop = 0;
                    _current = sequence;
                    try
                    {
                        Resume(sequence);
                    }
                    catch (LoopFailedException failure)
                    {
                        first ??= failure;
                    }
                }

                End(loop);
            }

            _current = null;
            _ready.Clear();
            _events.Clear();
            if (first != null)
            {
                throw first;
            }
        }

        private void Count(VirtualLoop loop)
        {
            Steps++;
            Fingerprint = (Fingerprint ^ (ulong)Milliseconds) * FingerprintPrime;
            Fingerprint = (Fingerprint ^ (ulong)(loop == null ? 0 : loop.Index + 1)) * FingerprintPrime;
            loop?.CountStep(Milliseconds);
            if (_instant != Milliseconds)
            {
                _instant = Milliseconds;
                _stepsAtInstant = 0;
            }

            if (++_stepsAtInstant > LivelockSteps)
            {
                ThrowLivelock();
            }
        }

        private void ThrowLivelock()
        {
            string busiest = EventName;
            int steps = 0;
            foreach (VirtualLoop loop in _loops)
            {
                if (loop.LastTime == Milliseconds && loop.StepsAtInstant > steps)
                {
                    busiest = loop.Name;
                    steps = loop.StepsAtInstant;
                }
            }

            throw new SchedulerLivelockException($"{LivelockSteps} steps without the clock moving, most of them by "
                + $"'{busiest}', at {Milliseconds} ms (seed {Seed}).{Describe()}");
        }

        private string Describe()
        {
            var text = new StringBuilder();
            foreach (VirtualLoop loop in _loops)
            {
                string state = loop.IsEnded ? "has ended"
                    : loop.IsReady ? "is ready"
                    : loop.Deadline == Deadline.Never ? $"waits for '{loop.Signal?.Name}' for ever"
                    : $"waits for '{loop.Signal?.Name}' until {loop.Deadline} ms";
                text.Append($" '{loop.Name}' {state}.");
            }

            return _loops.Count == 0 ? " No loop runs." : text.ToString();
        }

        private void CheckThread()
        {
            if (_isRunning && _runningThread != Environment.CurrentManagedThreadId)
            {
                throw new InvalidOperationException(
                    "Called from a thread that is not the scheduler's: use At, or the run could not be repeated.");
            }
        }

        // A reaction as a sequence.
        private sealed class SteppedReaction(IReaction reaction, ISignal wake, VirtualScheduler scheduler) : ISequence
        {
            public void Run()
            {
                while (wake.Wait(reaction.Step(scheduler.Milliseconds)) != WaitResult.Stopping)
                {
                }
            }
        }

        // Of the loop that runs now; between steps, of whoever puts the unit together.
        private sealed class LoopRandom(VirtualScheduler scheduler, SeededRandom outside) : IRandomSource
        {
            private const int Spread = 0x61C88647;

            public void Fill(byte[] buffer, int offset, int count)
            {
                VirtualLoop loop = scheduler._current;
                if (loop != null)
                {
                    loop.Random ??= new SeededRandom(unchecked(scheduler._random + ((loop.Index + 1) * Spread)));
                }

                (loop?.Random ?? outside).Fill(buffer, offset, count);
            }
        }

        private readonly record struct EventKey(long Time, long Number) : IComparable<EventKey>
        {
            public int CompareTo(EventKey other)
            {
                int byTime = Time.CompareTo(other.Time);
                return byTime != 0 ? byTime : Number.CompareTo(other.Number);
            }
        }
    }
}
