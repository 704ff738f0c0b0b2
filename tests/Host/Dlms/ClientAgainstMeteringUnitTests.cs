using System;
using System.Linq;
using System.Text;
using NanoComm.Dlms;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;
using DataAccessResult = NanoComm.Dlms.DataAccessResult;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>
    /// The firmware's client against the simulated metering unit, which shares no code with it: two readings of the
    /// standard, checked against each other.
    /// </summary>
    [TestFixture]
    public sealed class ClientAgainstMeteringUnitTests
    {
        private const int Minute = 60;
        private const int HalfHour = 1800;

        private readonly MeterReadings _readings = new();

        [Test]
        public void Association_and_minute_poll_are_cheap()
        {
            var link = new MeteringLink();
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            int association = link.Bytes;
            Poll(link);
            int poll = link.Bytes - association;
            TestContext.Out.WriteLine($"association {association} bytes, minute poll {poll} bytes");
            Assert.That(association, Is.LessThanOrEqualTo(420));
            Assert.That(poll, Is.LessThanOrEqualTo(270));
        }

        [Test]
        public void Minute_poll_reads_what_the_unit_measured()
        {
            var link = new MeteringLink();
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            Poll(link);
            DateTime time = MeterReadings.Time(_readings.Poll[0]);
            Assert.That(time, Is.EqualTo(link.Energy.ClockTime).Within(TimeSpan.FromSeconds(1)));
            (DateTime minute, uint normal, uint reverse) = RowOf(_readings.Poll[7]);
            Assert.That(minute, Is.EqualTo(MeterReadings.Floor(time, Minute)));
            Assert.That(normal, Is.EqualTo(link.Energy.NormalAt(minute)));
            Assert.That(reverse, Is.EqualTo(link.Energy.ReverseAt(minute)));
            Assert.That(MeterReadings.Energy(_readings.Poll[1]), Is.EqualTo(link.Energy.NormalAt(time)).Within(1));
            Assert.That(MeterReadings.Energy(_readings.Poll[2]), Is.EqualTo(link.Energy.ReverseAt(time)).Within(1));
        }

        [TestCase(9600, 12_000)]
        [TestCase(115200, 2_000)]
        public void Boot_to_reading_is_quick(int baudRate, int limit)
        {
            var link = new MeteringLink(baudRate);
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            Poll(link);
            ReadRows(link, _readings.Minutes, Minute, 60);
            ReadRows(link, _readings.HalfHours, HalfHour, 48);
            TestContext.Out.WriteLine($"{baudRate} baud: {link.Milliseconds} ms, {link.Bytes} bytes");
            Assert.That(link.Milliseconds, Is.LessThanOrEqualTo(limit));
        }

        [Test]
        public void Rows_come_through_every_combination_of_sizes(
            [Values(32, 64, 128, 512)] int information,
            [Values(64, 100, 300, 1024)] int response,
            [Values(0, 1, 7, 40)] int block)
        {
            var settings = new LinkSettings { MaxInformation = information, MaxResponse = response };
            var link = new MeteringLink(115200, new MeteringUnitOptions { MaxInformationLength = 200 }, settings);
            link.Server.Faults.BlockLength = block;
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            ReadRows(link, _readings.Minutes, Minute, 60);
            Poll(link);
        }

        [Test]
        public void Small_server_gets_a_segmented_request()
        {
            var link = new MeteringLink(9600, new MeteringUnitOptions { MaxInformationLength = 32 });
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            Poll(link);
        }

        [Test]
        public void Public_association_reads_the_name_and_nothing_else()
        {
            var link = new MeteringLink();
            Assert.That(link.Client.Associate(MeteringLink.PublicSap, null), Is.EqualTo(DlmsResult.Ok), Why(link));
            var name = new GetItem(new CosemDescriptor(1, 0, 0, 42, 0, 0, 2));
            Assert.That(link.Client.Get(name), Is.EqualTo(DlmsResult.Ok), Why(link));
            Assert.That(Encoding.ASCII.GetString(name.Buffer, name.Offset + 2, name.Length - 2),
                Is.EqualTo("NCMLSIM000000001"));
            Assert.That(link.Client.Get(_readings.Poll[0]), Is.EqualTo(DlmsResult.Refused));
            Assert.That(_readings.Poll[0].Result, Is.EqualTo(DataAccessResult.ReadWriteDenied));
        }

        [Test]
        public void Pairing_sap_without_keys_is_refused()
        {
            var link = new MeteringLink();
            DlmsResult result = link.Client.Associate(MeteringLink.PairingSap, null);
            Assert.That(result, Is.EqualTo(DlmsResult.Refused), Why(link));
        }

        [Test]
        public void What_is_not_there_is_refused_alone()
        {
            var link = new MeteringLink();
            GetItem[] items = [new(new CosemDescriptor(3, 1, 0, 9, 9, 9, 2)), _readings.Poll[1]];
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            Assert.That(link.Client.Get(items[0]), Is.EqualTo(DlmsResult.Refused));
            Assert.That(link.Client.GetWithList(items), Is.EqualTo(DlmsResult.Ok), Why(link));
            Assert.That(items[0].Result, Is.EqualTo(DataAccessResult.ObjectUndefined));
            Assert.That(items[1].Result, Is.EqualTo(DataAccessResult.Success));
        }

        [Test]
        public void Every_attribute_of_every_object_is_read_or_refused()
        {
            var link = new MeteringLink(115200);
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            foreach (CosemObject item in new MeteringObjects(link.Energy, link.State).All.Where(o => o.ClassId != 7))
            {
                byte[] obis = item.Name.ToString().Split('.', ':', '-').Select(byte.Parse).ToArray();
                for (byte attribute = 1; attribute <= 10; attribute++)
                {
                    var get = new GetItem(new CosemDescriptor(
                        item.ClassId, obis[0], obis[1], obis[2], obis[3], obis[4], attribute));
                    Assert.That(link.Client.Get(get), Is.AnyOf(DlmsResult.Ok, DlmsResult.Refused), Why(link));
                    Assert.That(link.IsAssociated);
                }
            }
        }

        [Test]
        public void Restart_at_every_request_is_noticed_and_got_over()
        {
            for (int after = 0; after < 7; after++)
            {
                var link = new MeteringLink(115200);
                link.Server.Faults.RestartsAfter = after;
                int associations = 0;
                for (int calls = 0; calls < 6; calls++)
                {
                    if (!link.IsAssociated)
                    {
                        associations += link.Associate() == DlmsResult.Ok ? 1 : 0;
                    }

                    DlmsResult result = link.Client.GetWithList(_readings.Poll);
                    Assert.That(result, Is.AnyOf(DlmsResult.Ok, DlmsResult.NotAssociated), Why(link));
                }

                Assert.That(associations, Is.EqualTo(after < 2 ? 1 : 2), $"restart after {after}");
                Assert.That(link.IsAssociated);
            }
        }

        [Test]
        public void Misbehaviour_is_a_security_error()
        {
            AssertAssociation(f => f.WrongTag = true, DlmsResult.SecurityError, DlmsDetail.Tag);
            AssertAssociation(f => f.WrongProof = true, DlmsResult.SecurityError, DlmsDetail.Tag);
            AssertAssociation(f => f.EchoesChallenge = true, DlmsResult.SecurityError, DlmsDetail.Challenge);
            AssertAssociation(f => f.EchoesTitle = true, DlmsResult.SecurityError, DlmsDetail.Title);
            AssertAssociation(f => f.ReplaysCounter = true, DlmsResult.SecurityError, DlmsDetail.Replay);
            AssertAssociation(f => f.SkipsCounters = 3, DlmsResult.Ok, DlmsDetail.None);
            AssertAssociation(f => f.ExceptionCounter = 0xFFFFFF00, DlmsResult.Refused, DlmsDetail.Exception);
            AssertPoll(f => f.WrongTag = true, DlmsResult.SecurityError, DlmsDetail.Tag);
            AssertPoll(f => f.ReplaysCounter = true, DlmsResult.SecurityError, DlmsDetail.Replay);
            AssertPoll(f => f.WrongInvokeId = true, DlmsResult.ProtocolError, DlmsDetail.Mismatch);
            AssertPoll(f => f.ShortList = true, DlmsResult.ProtocolError, DlmsDetail.Malformed);
            AssertPoll(f => f.WrongTypes = true, DlmsResult.Ok, DlmsDetail.None);
            AssertPoll(f => f.NeverAnswers = true, DlmsResult.NoAnswer, DlmsDetail.None);
            AssertPoll(f => f.ExceptionCounter = 5, DlmsResult.Refused, DlmsDetail.Exception);
        }

        [Test]
        public void Wrong_keys_are_refused_and_cost_the_link_nothing()
        {
            var link = new MeteringLink();
            var other = new SecurityContext(link.Security.ClientTitle, link.Security.ServerTitle,
                new NanoComm.Hal.Host.AesBlockCipher(new byte[16]), new byte[16], link);
            DlmsResult result = link.Client.Associate(MeteringLink.PairingSap, other);
            Assert.That(result, Is.EqualTo(DlmsResult.Refused), Why(link));
            Assert.That(link.Client.Detail, Is.EqualTo(DlmsDetail.Diagnostic));
            link.Advance(1000);
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
        }

        [Test]
        public void Pairing_anew_ends_the_old_association()
        {
            var link = new MeteringLink();
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            link.State.Pair(PairingKeys.MakeUp(2, link.Security.ClientTitle, new NanoComm.Hal.Host.SeededRandom(9)));
            Assert.That(link.Client.GetWithList(_readings.Poll), Is.EqualTo(DlmsResult.NotAssociated), Why(link));
            Assert.That(link.IsAssociated, Is.False);
        }

        [Test]
        public void A_day_of_polls_on_a_bad_line_reads_nothing_wrong()
        {
            var random = new Random(1);
            var settings = new LinkSettings { ServerTurnaround = 200 };
            var link = new MeteringLink(115200, null, settings);
            link.Tamper = (_, frame) => Damage(frame);
            link.TamperRequest = Damage;
            int good = 0;
            for (int minute = 0; minute < 1440; minute++)
            {
                link.Advance(60_000 - (link.Milliseconds % 60_000));
                if (!link.IsAssociated && link.Associate() != DlmsResult.Ok)
                {
                    continue;
                }

                if (link.Client.GetWithList(_readings.Poll) == DlmsResult.Ok)
                {
                    good++;
                    (DateTime time, uint normal, uint reverse) = RowOf(_readings.Poll[7]);
                    Assert.That(normal, Is.EqualTo(link.Energy.NormalAt(time)));
                    Assert.That(reverse, Is.EqualTo(link.Energy.ReverseAt(time)));
                }
            }

            HdlcStatistics statistics = link.Client.Link.Statistics;
            TestContext.Out.WriteLine($"{good} of 1440 polls, {statistics.Retransmissions} frames sent again");
            Assert.That(good, Is.GreaterThan(1380));
            Assert.That(statistics.Retransmissions, Is.GreaterThan(100));

            byte[] Damage(byte[] frame)
            {
                if (random.Next(10) == 0)
                {
                    frame[random.Next(frame.Length)] ^= (byte)random.Next(1, 256);
                }

                return frame;
            }
        }

        private static string Why(MeteringLink link)
        {
            return $"{link.Client.Detail} {link.Client.DetailCode:X}";
        }

        private static (DateTime Time, uint Normal, uint Reverse) RowOf(GetItem item)
        {
            Assert.That(item.Buffer.AsSpan(item.Offset, 2).ToArray(), Is.EqualTo(new byte[] { 1, 1 }));
            return MeterReadings.Row(item.Buffer, item.Offset + 2, item.Length - 2);
        }

        private void Poll(MeteringLink link)
        {
            Assert.That(link.Client.GetWithList(_readings.Poll), Is.EqualTo(DlmsResult.Ok), Why(link));
            Assert.That(_readings.Poll.Select(item => item.Result), Is.All.EqualTo(DataAccessResult.Success));
        }

        private void ReadRows(MeteringLink link, GetItem profile, int interval, int count)
        {
            DateTime last = MeterReadings.Floor(link.Energy.ClockTime, interval);
            DateTime first = last.AddSeconds(-(count - 1) * interval);
            _readings.SetRange(first, last);
            Assert.That(link.Client.GetRows(profile, _readings), Is.EqualTo(DlmsResult.Ok), Why(link));
            Assert.That(_readings.Rows.Select(row => row.Time).Order(),
                Is.EqualTo(Enumerable.Range(0, count).Select(i => first.AddSeconds(i * interval))));
            foreach ((DateTime time, uint normal, uint reverse) in _readings.Rows)
            {
                Assert.That(normal, Is.EqualTo(link.Energy.NormalAt(time)));
                Assert.That(reverse, Is.EqualTo(link.Energy.ReverseAt(time)));
            }
        }

        private static void AssertAssociation(Action<MeteringUnitFaults> fault, DlmsResult result, DlmsDetail detail)
        {
            var link = new MeteringLink(115200);
            fault(link.Server.Faults);
            Assert.That(link.Associate(), Is.EqualTo(result), Why(link));
            Assert.That(link.Client.Detail, Is.EqualTo(detail));
            Assert.That(link.IsAssociated, Is.EqualTo(result == DlmsResult.Ok));
        }

        private void AssertPoll(Action<MeteringUnitFaults> fault, DlmsResult result, DlmsDetail detail)
        {
            var link = new MeteringLink(115200);
            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok), Why(link));
            fault(link.Server.Faults);
            Assert.That(link.Client.GetWithList(_readings.Poll), Is.EqualTo(result), Why(link));
            Assert.That(link.Client.Detail, Is.EqualTo(detail));
            Assert.That(link.IsAssociated, Is.EqualTo(result is DlmsResult.Ok));
        }
    }
}
