using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>No epoch is given out twice, whatever happens to the ledger, its clock or its computer.</summary>
    [Parallelizable]
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres, Explicit = true, Reason = "half a minute; dotnet test tests/Host --filter FullyQualifiedName~LedgerEpochTests -- NUnit.ExplicitMode=Relaxed")]
    internal sealed class LedgerEpochTests(Backend backend) : LedgerTestBase(backend)
    {
        [Test]
        public void An_epoch_is_the_time_or_one_more_than_the_last_one()
        {
            uint now = _f.Now;
            Assert.That(_f.Issue().Epoch, Is.EqualTo(now));
            Assert.That(_f.Issue(LedgerFixture.OtherMeter).Epoch, Is.EqualTo(now + 1));
            _f.Clock.Time += TimeSpan.FromHours(1);
            Assert.That(_f.Issue().Epoch, Is.EqualTo(now + 3600));
            _f.Clock.Time -= TimeSpan.FromDays(300);
            Assert.That(_f.Issue().Epoch, Is.EqualTo(now + 3601));
            _f.Restart();
            Assert.That(_f.Issue(kind: TicketKind.Retire).Epoch, Is.EqualTo(now + 3602));
        }

        [Test]
        public void A_jump_of_more_than_a_year_takes_a_confirmation()
        {
            _f.Issue();
            _f.Clock.Time += TimeSpan.FromDays(365);
            Assert.That(_f.Ledger.LookAhead().IsJump, Is.False);
            _f.Clock.Time += TimeSpan.FromSeconds(1);
            Assert.That(_f.Ledger.LookAhead().IsJump);
            Assert.That(() => _f.Issue(), Throws.TypeOf<LedgerException>().With.Message.Contains("more than a year"));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1));
            Assert.That(_f.Ledger.Issue([LedgerFixture.Request()], allowJump: true)[0].Epoch, Is.EqualTo(_f.Now));
        }

        [Test]
        public void A_backup_put_back_in_its_place_goes_on_where_the_lost_one_ended()
        {
            _f.Restart(_f.Backup);
            HashSet<uint> given = Many(100).ToHashSet();
            _f.Restart(_f.PutBack);
            Assert.That(_f.Tickets(), Is.Empty);
            Assert.That(_f.Ledger.LookAhead(), Is.EqualTo(new EpochOutlook(given.Max() + 1, given.Max(), false, false)));
            Assert.That(given, Does.Not.Contain(_f.Issue().Epoch));
        }

        [Test]
        public void A_backup_put_elsewhere_leaves_room_for_what_it_does_not_know()
        {
            _f.Restart(_f.Backup);
            HashSet<uint> given = Many(100).ToHashSet();
            _f.Restart(() =>
            {
                _f.PutBack();
                _f.MoveElsewhere();
            });
            _f.Clock.Time += TimeSpan.FromSeconds(2);
            Assert.That(_f.Ledger.LookAhead().IsElsewhere);
            Assert.That(_f.Issue().Epoch, Is.GreaterThan(_f.Now + 2_500_000));
            Assert.That(_f.Ledger.LookAhead().IsElsewhere, Is.False, "once");
        }

        [TestCase("", "which is no epoch")]
        [TestCase("no number", "which is no epoch")]
        [TestCase("99999999999999", "which is no epoch")]
        [TestCase("-1", "which is no epoch")]
        [TestCase("4294967295", "no epochs left")]
        public void An_absurd_mark_is_said_with_what_to_do(string text, string says)
        {
            File.WriteAllText(_f.MarkPath, text);
            Assert.That(() => _f.Ledger.LookAhead(), Throws.TypeOf<LedgerException>().With.Message.Contains(says)
                .And.Message.Contains("test.ledger.epoch").And.Message.Contains("remove the file"));
            Assert.That(() => _f.Ledger.Issue([LedgerFixture.Request()], allowJump: true), Throws.TypeOf<LedgerException>());
            Assert.That(_f.Tickets(), Is.Empty);
            Assert.That(File.ReadAllText(_f.MarkPath), Is.EqualTo(text), "a look changes nothing");
        }

        [Test]
        public void Units_that_have_nothing_to_do_with_each_other_have_epochs_of_their_own()
        {
            uint now = _f.Now;
            IReadOnlyList<IssuedTicket> issued = _f.Ledger.Issue([LedgerFixture.Request(), LedgerFixture.Request(),
                LedgerFixture.Request(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit)]);
            Assert.That(issued.Select(ticket => ticket.Epoch), Is.EqualTo(new[] { now, now + 1, now }));
            Assert.That(_f.Issue(LedgerFixture.OtherMeter).Epoch, Is.EqualTo(now + 2), "above the last one of its communication unit");
            Assert.That(_f.Issue(LedgerFixture.Meter, LedgerFixture.OtherUnit).Epoch, Is.EqualTo(now + 2), "above that of its metering unit");
            Assert.That(_f.Ledger.LookAhead(), Is.EqualTo(new EpochOutlook(now, now + 2, false, false)));
        }

        // Two backups of the same hour, put back one after the other, with the same unit and another one.
        [Test]
        public void Two_restores_give_nothing_out_twice([Values] bool isElsewhere)
        {
            var given = new HashSet<(SystemTitle, uint)>();
            _f.Restart(_f.Backup);
            for (int restore = 0; restore < 3; restore++)
            {
                foreach (SystemTitle meter in new[] { LedgerFixture.Meter, LedgerFixture.OtherMeter, LedgerFixture.Meter })
                {
                    IssuedTicket issued = _f.Issue(meter);
                    Assert.That(given.Add((meter, issued.Epoch)), $"{meter} {issued.Epoch} after {restore} restores");
                }

                _f.Clock.Time += TimeSpan.FromSeconds(isElsewhere ? 5 : 0);
                _f.Restart(() =>
                {
                    _f.PutBack();
                    if (isElsewhere)
                    {
                        _f.MoveElsewhere();
                    }
                });
            }
        }

        // What was forgotten was given out with a clock that was ahead.
        [Test]
        public void A_clock_set_back_before_a_restore_is_no_harm_to_who_was_forgotten()
        {
            _f.Clock.Time += TimeSpan.FromDays(10);
            _f.Restart(_f.Backup);
            uint forgotten = _f.Issue(LedgerFixture.OtherMeter).Epoch;
            _f.Clock.Time -= TimeSpan.FromDays(10);
            _f.Restart(_f.PutBack);
            Assert.That(_f.Issue().Epoch, Is.EqualTo(forgotten + 1));
            Assert.That(_f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit).Epoch, Is.EqualTo(forgotten + 1),
                "and the next unit after that");
        }

        [Test]
        public void A_unit_far_ahead_of_the_time_takes_a_confirmation_and_holds_up_no_other()
        {
            _f.Clock.Time += TimeSpan.FromDays(500);
            uint far = _f.Ledger.Issue([LedgerFixture.Request()], allowJump: true)[0].Epoch;
            _f.Clock.Time -= TimeSpan.FromDays(500);
            Assert.That(() => _f.Issue(), Throws.TypeOf<LedgerException>().With.Message.Contains($"{far + 1}").And.Message.Contains("--yes"));
            Assert.That(_f.Ledger.Issue([LedgerFixture.Request()], allowJump: true)[0].Epoch, Is.EqualTo(far + 1));
            Assert.That(_f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit).Epoch, Is.EqualTo(_f.Now));
        }

        // One digit too many, and every ticket from then on would be of the year 2089.
        [Test]
        public void A_stray_digit_in_the_mark_takes_a_confirmation()
        {
            _f.Issue();
            string mark = File.ReadAllText(_f.MarkPath).Trim();
            File.WriteAllText(_f.MarkPath, mark + "0\n");
            EpochOutlook outlook = _f.Ledger.LookAhead();
            Assert.That((outlook.IsJump, outlook.IsAheadOfClock), Is.EqualTo((true, true)));
            Assert.That(() => _f.Issue(), Throws.TypeOf<LedgerException>().With.Message.Contains("test.ledger.epoch"));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1));
            File.WriteAllText(_f.MarkPath, mark);
            Assert.That(_f.Issue().Epoch, Is.EqualTo(uint.Parse(mark) + 1));
        }

        [Test]
        public void A_clock_that_is_more_than_a_year_behind_takes_one_too()
        {
            _f.Issue();
            _f.Clock.Time -= TimeSpan.FromDays(366);
            Assert.That(() => _f.Issue(), Throws.TypeOf<LedgerException>().With.Message.Contains("clock"));
            Assert.That(_f.Ledger.Issue([LedgerFixture.Request()], allowJump: true), Has.Count.EqualTo(1));
        }

        [Test]
        public void Without_a_durable_mark_no_ticket_leaves()
        {
            // A folder in the way of the file that the mark is first written to.
            Directory.CreateDirectory(_f.MarkPath + ".tmp");
            Assert.That(() => _f.Issue(), Throws.InstanceOf<UnauthorizedAccessException>().Or.InstanceOf<IOException>());
            Assert.That(_f.Tickets(), Is.Empty);
            Directory.Delete(_f.MarkPath + ".tmp");
            Assert.That(_f.Issue().Epoch, Is.EqualTo(_f.Now));
        }

        [Test]
        public void A_ticket_that_cannot_be_made_takes_the_others_with_it()
        {
            var unknown = LedgerFixture.Request(SystemTitle.Parse("4E434D00000000FF"));
            Assert.That(() => _f.Ledger.Issue([LedgerFixture.Request(), unknown]),
                Throws.TypeOf<LedgerException>().With.Message.Contains("4E434D00000000FF is not in the ledger"));
            Assert.That(_f.Tickets(), Is.Empty);
        }

        [Test]
        public void Programs_on_one_ledger_wait_for_each_other()
        {
            const int programs = 4;
            const int tickets = 25;
            var given = new List<uint>[programs];
            Parallel.For(0, programs, i =>
            {
                using Ledger ledger = _f.Open();
                given[i] = Enumerable.Range(0, tickets)
                    .Select(_ => ledger.Issue([LedgerFixture.Request()])[0].Epoch).ToList();
            });
            Assert.That(given.SelectMany(epochs => epochs).Distinct().Count(), Is.EqualTo(programs * tickets));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(programs * tickets));
        }

        [Test]
        public void The_last_epoch_of_all_is_refused_and_not_wrapped()
        {
            File.WriteAllText(_f.MarkPath, $"{uint.MaxValue - 1}");
            _f.Ledger.Issue([LedgerFixture.Request()], allowJump: true);
            Assert.That(() => _f.Ledger.Issue([LedgerFixture.Request()], allowJump: true),
                Throws.TypeOf<LedgerException>().With.Message.Contains("no epochs left"));
        }

        [Test]
        public void A_clock_that_was_never_set_is_said()
        {
            _f.Clock.Time = DateTimeOffset.UnixEpoch;
            Assert.That(() => _f.Issue(), Throws.TypeOf<LedgerException>().With.Message.Contains("1970-01-01"));
        }

        private IEnumerable<uint> Many(int count)
        {
            return _f.Ledger.Issue(Enumerable.Repeat(LedgerFixture.Request(), count).ToList()).Select(issued => issued.Epoch);
        }
    }
}
