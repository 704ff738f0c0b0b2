using System.Diagnostics;
using System.Threading;
using NanoComm.Virtual;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Virtual
{
    /// <summary>A view wakes when something has changed, not more often than it may, and sleeps otherwise.</summary>
    [TestFixture]
    internal sealed class ChangesTests
    {
        private const int Pause = 100;
        private const int Patience = 10_000;

        private Changes _changes;
        private ManualResetEventSlim _end;

        [SetUp]
        public void Begin()
        {
            _changes = new Changes();
            _end = new ManualResetEventSlim();
        }

        [TearDown]
        public void End() => _end.Dispose();

        [Test]
        public void Many_changes_are_one_look_and_the_next_one_comes_a_little_later()
        {
            _changes.Set();
            _changes.Set();
            Assert.That(_changes.IsSet);
            long start = Stopwatch.GetTimestamp();
            Assert.That(_changes.Wait(_end, Patience), Is.False);
            Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds, Is.LessThan(Patience));
            Assert.That(_changes.IsSet, Is.False, "what changes from now on has a look of its own");

            start = Stopwatch.GetTimestamp();
            _changes.Set();
            Assert.That(_changes.Wait(_end, Patience), Is.False);
            Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds, Is.InRange(Pause - 20, Patience - 1));
        }

        [Test]
        public void Without_a_change_it_sleeps()
        {
            long start = Stopwatch.GetTimestamp();
            Assert.That(_changes.Wait(_end, 2 * Pause), Is.False);
            Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds, Is.AtLeast((2 * Pause) - 20));
        }

        [Test]
        public void The_end_is_not_waited_for()
        {
            _changes.Set();
            _changes.Wait(_end, Patience);
            var ending = new Thread(() =>
            {
                _end.Set();
                _changes.Set();
            });
            ending.Start();
            Assert.That(_changes.Wait(_end), Is.True);
            ending.Join();
        }

        [Test]
        public void No_change_is_lost_between_two_threads()
        {
            const int changes = 200_000;
            int made = 0;
            var maker = new Thread(() =>
            {
                for (int i = 0; i < changes; i++)
                {
                    Interlocked.Increment(ref made);
                    _changes.Set();
                }

                _end.Set();
                _changes.Set();
            });
            maker.Start();
            int seen = 0;
            while (!_changes.Wait(_end))
            {
                seen = Volatile.Read(ref made);
            }

            seen = Volatile.Read(ref made);
            maker.Join();
            Assert.That(seen, Is.EqualTo(changes));
        }
    }
}
