using System;
using System.Linq;
using System.Net.NetworkInformation;
using System.Threading;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NanoComm.Policy;
using NanoComm.Records;
using NanoComm.RouteB;
using NUnit.Framework;

namespace NanoComm.Tests.Esp32
{
    /// <summary>The IP path over Ethernet: what cable, DHCP and addresses may do, from the first millisecond on.</summary>
    [NonParallelizable]
    public sealed class EthernetTests
    {
        private const string Own = "198.51.100.7";
        private const string Other = "198.51.100.8";
        private const string Hems = "198.51.100.20";
        private const string Group = "224.0.23.0";
        private const int Port = 3610;
        private const long Second = 1000;
        private const long Hour = 3600 * Second;
        private const long Day = 24 * Hour;

        // A closed port is tried again after this long, and an open one looks at its address as often.
        private const long BackOff = 5 * Second;

        private const int Patience = 30000;

        // Get of the instance list, and what begins the answer to it.
        private static readonly byte[] Get = Convert.FromHexString("1081000105FF010EF0016201D600");
        private const string Answer = Hems + ": 108100010EF00105FF017201D6";

        private Surroundings _board;
        private Esp32DatagramPort _port;
        private EchonetPath _path;
        private Wake _wake;
        private long _next;

        [Test]
        public void With_link_and_lease_it_opens_is_announced_and_answers()
        {
            Make(lease: Own);
            Lan.PlugIn();
            Lan.AskForLease();

            Run(BackOff);

            Assert.That(Announcements(), Is.EqualTo(1));
            AssertAnswers();
            AssertAnswers(isForGroup: true);
            Assert.That(_board.Lines, Is.EqualTo(new[] { "Info udp: open: " + Own }));
        }

        [Test]
        public void A_link_that_comes_an_hour_late_is_used_at_once_and_its_lack_was_told()
        {
            Make(lease: Own);
            Run(Hour);
            Assert.That(_port.IsOpen, Is.False);
            Assert.That(_board.Lines.First(), Is.EqualTo("Info udp: closed: no link"));

            Lan.PlugIn();
            Run(Second);
            Assert.That(_board.Lines.Last(), Is.EqualTo("Info udp: closed: link, and no address: DHCP has not answered"));
            Lan.AskForLease();
            Run(1);

            Assert.That(Announcements(), Is.EqualTo(1), "the event of the address wakes the path");
            AssertAnswers();
        }

        [Test]
        public void A_DHCP_server_that_was_silent_from_the_first_millisecond_is_taken_when_it_answers()
        {
            Make(lease: null);
            Lan.PlugIn();
            for (long time = 0; time < Day; time += Hour)
            {
                Lan.AskForLease();
                Run(Hour);
            }

            Assert.That(_port.IsOpen, Is.False);
            Assert.That(Lan.SocketsMade, Is.Zero);
            Assert.That(_board.Lines, Has.All.EndsWith(" udp: closed: link, and no address: DHCP has not answered"));
            Assert.That(_board.Lines, Has.Count.InRange(24, 150), "told again for who comes later, and not every five seconds");
            Lan.Offer(Own);
            Lan.AskForLease();
            Run(1);
            AssertAnswers();
        }

        [TestCase(false)]
        [TestCase(true)]
        public void A_cable_pulled_for_a_second_costs_no_more_than_the_back_off(bool losesEvents)
        {
            Make(lease: Own);
            Lan.LosesEvents = losesEvents;
            Lan.PlugIn();
            Lan.AskForLease();
            Run(2 * BackOff);

            Lan.PullOut();
            Run(Second);
            Assert.That(_port.IsOpen, Is.False);
            Lan.PlugIn();
            Lan.AskForLease();
            Run(losesEvents ? BackOff : 1);

            Assert.That(Announcements(), Is.EqualTo(2));
            AssertAnswers();
            AssertAnswers(isForGroup: true);
        }

        [TestCase(null, Own)]
        [TestCase(Own, null)]
        public void A_cable_pulled_for_a_day_leaves_a_few_lines_and_no_sockets(string lease, string fixedAddress)
        {
            Make(lease, fixedAddress);
            Lan.PlugIn();
            Lan.AskForLease();
            Run(2 * BackOff);
            int sockets = Lan.SocketsMade;

            Lan.PullOut();
            Run(Day);

            Assert.That(_port.IsOpen, Is.False);
            Assert.That(Lan.SocketsMade, Is.EqualTo(sockets), "nothing is tried without a link");
            Assert.That(_board.Lines, Has.Count.LessThan(200));
            Assert.That(_board.Lines.Last(), Is.EqualTo("Warning udp: closed: no link"));
            Lan.PlugIn();
            Lan.AskForLease();
            Run(1);
            Assert.That(Announcements(), Is.EqualTo(2));
            AssertAnswers();
            AssertAnswers(isForGroup: true);
        }

        [Test]
        public void A_fixed_address_without_a_cable_from_the_start_waits_for_it()
        {
            Make(fixedAddress: Own);
            Run(Hour);
            Assert.That(Lan.SocketsMade, Is.Zero);
            Assert.That(_board.Lines, Has.All.EndsWith(" udp: closed: no link"));

            Lan.PlugIn();
            Run(1);

            AssertAnswers();
            AssertAnswers(isForGroup: true);
        }

        [Test]
        public void A_link_that_was_away_between_two_looks_joins_the_group_and_announces_itself_anew()
        {
            Make(fixedAddress: Own);
            Lan.PlugIn();
            Run(BackOff + Second);
            int sockets = Lan.SocketsMade;

            // Away and back before anybody could look: only the event tells.
            lock (Lan.Gate)
            {
                Lan.PullOut();
                Lan.PlugIn();
            }

            Run(BackOff);

            Assert.That(Lan.SocketsMade, Is.EqualTo(sockets + 1));
            Assert.That(Announcements(), Is.EqualTo(2));
            AssertAnswers(isForGroup: true);
        }

        [TestCase(false)]
        [TestCase(true)]
        public void Another_address_is_taken_over_within_two_back_offs(bool losesEvents)
        {
            Make(lease: Own);
            Lan.LosesEvents = losesEvents;
            Lan.PlugIn();
            Lan.AskForLease();
            Run(BackOff);

            Lan.Offer(Other);
            Lan.AskForLease();
            Run(2 * BackOff);

            Assert.That(_board.Lines, Has.Exactly(1).EqualTo("Info udp: open: " + Other));
            Assert.That(Announcements(), Is.EqualTo(2));
            AssertAnswers(isForGroup: true);
        }

        [Test]
        public void An_address_that_DHCP_gives_up_because_somebody_has_it_closes_the_port_until_there_is_another()
        {
            Make(lease: Own);
            Lan.PlugIn();
            Lan.AskForLease();
            Run(BackOff);

            // lwIP declines what answers its ARP probe, and has no address then; the image tells nothing of it.
            Lan.Offer(null);
            Lan.AskForLease();
            Run(2 * BackOff);
            Assert.That(_port.IsOpen, Is.False);
            Assert.That(_board.Lines.Last(), Is.EqualTo("Info udp: closed: link, and no address: DHCP has not answered"));

            Lan.Offer(Other);
            Lan.AskForLease();
            Run(1);
            AssertAnswers();
        }

        [Test]
        public void What_is_sent_without_a_link_fails_and_is_counted()
        {
            Make(fixedAddress: Own);
            Lan.PlugIn();
            Run(Second);
            Lan.Arrive(Hems, Port, Get, false);
            Settle();

            // Before the receiving thread could see it.
            lock (Lan.Gate)
            {
                Lan.PullOut();
                _path.Step(Lan.Now);
            }

            Assert.That(_path.SendFailures, Is.EqualTo(1));
            Assert.That(Lan.Sent, Has.None.StartsWith(Hems));
        }

        [Test]
        public void What_was_not_looked_at_when_the_port_closed_is_counted_as_lost()
        {
            Make(fixedAddress: Own);
            Lan.PlugIn();
            Run(Second);
            Lan.Arrive(Hems, Port, Get, false);
            Settle();
            Lan.PullOut();
            Run(BackOff);

            Lan.PlugIn();
            Run(1);

            Assert.That(_path.Lost, Is.EqualTo(1));
        }

        [Test]
        public void Another_host_with_the_same_address_is_told_and_an_echo_is_not()
        {
            byte[] announcement = Convert.FromHexString("108100010EF0010EF0017301D500");
            Make(fixedAddress: Own);
            Lan.PlugIn();
            Run(Second);

            Lan.Arrive(Own, Port, announcement, true);
            Run(Second);
            Assert.That(_board.Lines, Has.None.Contains("another host"), "an image may give back what was sent a second ago");
            for (int i = 0; i < 12; i++)
            {
                Run(60 * Second);
                Lan.Arrive(Own, Port, announcement, true);
            }

            Run(Second);
            Assert.That(_board.Lines, Has.Exactly(2).EqualTo("Warning udp: another host has this address: " + Own));
            Assert.That(Lan.Sent, Has.None.StartsWith(Own));
        }

        [Test]
        public void An_image_without_Ethernet_is_told_by_name()
        {
            Make(lease: Own);
            Lan.IsThere = false;

            Run(Second);

            Assert.That(_board.Lines, Is.EqualTo(new[] { "Info udp: closed: the firmware image has no such interface" }));
        }

        [Test]
        public void Twelve_terminals_that_answer_the_unit_s_question_keep_their_places()
        {
            Make(lease: Own);
            Lan.PlugIn();
            Lan.AskForLease();
            Run(Second);
            string[] terminals = Enumerable.Range(100, 12).Select(i => "198.51.100." + i).ToArray();

            for (int round = 0; round < 2; round++)
            {
                foreach (string terminal in terminals)
                {
                    Lan.Arrive(terminal, Port, Get, false);
                    Run(100);
                    AnswerQuestions();
                }
            }

            Assert.That(terminals.Select(terminal => Lan.Sent.Count(sent => sent.StartsWith(terminal + ": 1081000"))),
                Has.All.EqualTo(2));
        }

        // The node announces itself when a port has opened: INF D5 to the group.
        private static int Announcements()
        {
            return Lan.Sent.Count(sent => sent.StartsWith(Group) && sent.Contains("7301D5"));
        }

        private void Make(string lease = null, string fixedAddress = null)
        {
            Lan.Reset(lease, fixedAddress);
            _board = new Surroundings();
            _next = 0;
            var network = new Esp32Network(NetworkInterfaceType.Ethernet);
            _port = Esp32DatagramPort.CreateIPv4(network, Port, Lan.Clock, _board);
            _wake = new Wake(_port);
            var identity = new EchonetIdentity(new byte[3], new byte[13], new byte[12], new byte[12]);
            _path = new EchonetPath(new FakeBoard { Random = new FakeRandom() }, new IDatagramPort[] { _port },
                PathRules.ForIp(Port, 200, 1000, 4000), new RouteBPolicy(new DurableStore(new FakeFiles()), RouteParts.Ip, false),
                new EchonetNode(0, new NodeProfile(identity)), null, null);
            _path.Notify(_wake);
        }

        private void AssertAnswers(bool isForGroup = false)
        {
            Lan.Sent.Clear();
            Lan.Arrive(Hems, Port, Get, isForGroup);
            Run(Second);
            Assert.That(Lan.Sent, Has.Exactly(1).StartsWith(Answer));
        }

        // Terminals prove themselves by answering the unit's own Get of D6.
        private void AnswerQuestions()
        {
            const string Question = "0EF0010EF0016201D600";
            foreach (string sent in Lan.Sent.Where(sent => sent.EndsWith(Question)).ToArray())
            {
                Lan.Sent.Remove(sent);
                string[] parts = sent.Split(": ");
                Lan.Arrive(parts[0], Port, Convert.FromHexString(parts[1][..8] + "0EF0010EF0017201D6040105FF01"), false);
                Run(1);
            }
        }

        // The loop of the path: steps when it is woken and at its deadline.
        private void Run(long milliseconds)
        {
            long end = Lan.Now + milliseconds;
            while (true)
            {
                Settle();
                if (_wake.Take() || Lan.Now >= _next)
                {
                    _next = _path.Step(Lan.Now);
                    continue;
                }

                if (Lan.Now >= end)
                {
                    return;
                }

                long time = long.Min(long.Min(end, _next), _port.IsOpen ? Lan.ParkedUntil : long.MaxValue);
                Lan.AdvanceTo(long.Max(time, Lan.Now + 1));
            }
        }

        // The receiving thread has seen whatever changed, or waits to be given a socket: a port counts as closed before it has been
        // told that it is.
        private void Settle()
        {
            Assert.That(SpinWait.SpinUntil(() => _port.IsOpen ? Lan.Parked == Lan.Version : _wake.Closings == Openings(), Patience), Is.True);
        }

        private int Openings() => _board.Lines.Count(line => line.StartsWith("Info udp: open: ", StringComparison.Ordinal));

        private sealed class Wake(Esp32DatagramPort port) : ISignal
        {
            private readonly int _test = Environment.CurrentManagedThreadId;
            private int _isSet;
            private int _closings;

            // The last that the receiving thread does with a socket.
            public int Closings => Volatile.Read(ref _closings);

            public void Set()
            {
                Interlocked.Exchange(ref _isSet, 1);
                if (Environment.CurrentManagedThreadId != _test && !port.IsOpen)
                {
                    Interlocked.Increment(ref _closings);
                }
            }

            public bool Take()
            {
                return Interlocked.Exchange(ref _isSet, 0) == 1;
            }

            public WaitResult Wait(long deadline)
            {
                throw new NotSupportedException();
            }
        }
    }
}
