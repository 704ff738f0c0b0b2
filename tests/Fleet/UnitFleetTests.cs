using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NanoComm.CommandLine;
using NanoComm.Fleet;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Fleet
{
    /// <summary>Whole units, asked over UDP.</summary>
    [TestFixture]
    [Platform("Linux")]
    public sealed class UnitFleetTests
    {
        private const byte Normal = 0xE0;
        private const byte Unique = 0x83;
        private const string Controller = "127.60.255.1";

        [Test]
        public void Every_unit_answers_with_what_its_own_meter_has_measured()
        {
            using FleetSite site = new FleetSite("127.60.0.0/24", 60).Begin(60);
            using var terminal = new Terminal(Controller, FleetSite.Port);

            var numbers = new HashSet<string>();
            var energies = new HashSet<uint>();
            foreach (FleetUnit unit in site.Fleet.Units)
            {
                // What was read at the last minute, a minute and a poll ago at most.
                uint least = unit.Meter.NormalAt(unit.Meter.Instant.AddSeconds(-70));
                uint told = BinaryPrimitives.ReadUInt32BigEndian(terminal.Get(unit.Address.Address, Normal));
                uint most = unit.Meter.NormalAt(unit.Meter.Instant.AddSeconds(2));
                Assert.That(told, Is.InRange(least, most), unit.Address.ToString());
                numbers.Add(Convert.ToHexString(terminal.Get(unit.Address.Address, Unique)));
                energies.Add(told);
            }

            Assert.That(numbers, Has.Count.EqualTo(60), "each is somebody else");
            Assert.That(energies.Count, Is.GreaterThan(10), "of twenty households, few of which have used the same");
        }

        [Test]
        public void One_search_is_answered_by_each_unit_over_half_a_second()
        {
            using FleetSite site = new FleetSite("127.60.1.0/24", 100).Begin(100);
            using var terminal = new Terminal("127.60.255.2", FleetSite.Port);
            Assert.That(site.Fleet.GroupError, Is.Null);

            Dictionary<IPAddress, double> answers = terminal.Search(site.Fleet.Units[0].Address.Address, Normal, 1500);

            Assert.That(answers.Keys, Is.EquivalentTo(site.Fleet.Units.Select(unit => unit.Address.Address)));
            Assert.That(answers.Values.Max() - answers.Values.Min(), Is.GreaterThan(250), "a hundred at once would be a flood");
            Assert.That(site.Fleet.Look().GroupRequests, Is.EqualTo(1), "what the fleet announces is not the fleet's to hear");
            Assert.That(site.Fleet.Look().Counters.Notifications, Is.GreaterThanOrEqualTo(100), "and it has announced itself");
        }

        [Test]
        public void A_unit_that_fails_does_not_touch_its_neighbours()
        {
            using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            taken.Bind(new IPEndPoint(IPAddress.Parse("127.60.2.4"), FleetSite.Port));
            using FleetSite site = new FleetSite("127.60.2.0/24", 8).Begin(7);

            Assert.That(site.Fleet.Units[3].Failure, Does.Contain("127.60.2.4:23614 is in use"));
            Assert.That(site.Fleet.Units.Where(unit => unit.Number != 3).All(unit => unit.IsReading));
            Assert.That(site.Fleet.Look().Failed, Is.EqualTo(1));
        }

        [Test]
        public void A_silent_metering_unit_costs_its_own_unit_the_reading_and_nobody_else_time()
        {
            using FleetSite site = new FleetSite("127.60.3.0/24", 20, options => options with
            {
                Faults = new FleetFaults(0, 50, 0, 0),
            });
            int silent = site.Fleet.Units.Count(unit => unit.Fault == FleetFault.Silent);
            Assert.That(silent, Is.InRange(4, 16));
            site.Begin(20 - silent);

            site.Await(() => site.Fleet.Units.Where(unit => unit.Fault == FleetFault.Silent)
                .All(unit => unit.Unit?.Metering.Failures > 0), "questions that were given up");
            foreach (FleetUnit unit in site.Fleet.Units.Where(unit => unit.Fault == FleetFault.Silent))
            {
                Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Absent));
            }

            long before = site.Fleet.Look().Counters.LiveReadings;
            site.Await(() => site.Fleet.Look().Counters.LiveReadings > before + (20 - silent), "readings that go on");
        }

        [Test]
        public void A_unit_that_is_exchanged_is_paired_by_its_ticket_and_ordered_to_answer()
        {
            using FleetSite site = new FleetSite("127.60.4.0/24", 3, options => options with
            {
                Faults = new FleetFaults(0, 0, 0, 100),
            }).Begin(3);
            using var terminal = new Terminal("127.60.255.4", FleetSite.Port);
            FleetUnit unit = site.Fleet.Units[1];
            uint epoch = unit.Unit.Pairing.Epoch;

            unit.Post(unit.Exchange);
            site.Await(() => unit.Starts == 2 && unit.Unit?.Pairing.State == PairingState.Paired, "pairings by a ticket");
            unit.Post(unit.Order);

            Assert.That(unit.Unit.Pairing.Epoch, Is.EqualTo(epoch + 1));
            site.Await(() => unit.IsReading && terminal.Get(unit.Address.Address, Unique) is not null, "answers of the new unit");
            Assert.That(site.Fleet.Units.Where(other => other != unit).All(other => other.Starts == 1 && other.IsReading));
        }

        [Test]
        public void A_fleet_that_was_killed_is_the_same_fleet_again()
        {
            using var folder = new TemporaryFolder();
            FleetOptions Keep(FleetOptions options) => options with { Store = folder.Path };
            byte[] Number(string address)
            {
                using var terminal = new Terminal("127.60.255.5", FleetSite.Port);
                return terminal.Get(IPAddress.Parse(address), Unique);
            }

            byte[] before;
            using (FleetSite first = new FleetSite("127.60.5.0/24", 4, Keep).Begin(4))
            {
                before = Number("127.60.5.2");
                Assert.That(() => new FleetSite("127.60.5.0/24", 4, Keep), Throws.InstanceOf<UserError>(), "one at a time");
            }

            using FleetSite again = new FleetSite("127.60.5.0/24", 4, Keep).Begin(4);
            Assert.That(Number("127.60.5.2"), Is.EqualTo(before));
            Assert.That(again.Fleet.Units.All(unit => unit.Failure is null));
        }

        [Test]
        public void High_voltage_units_stand_beside_low_voltage_ones()
        {
            using FleetSite site = new FleetSite("127.60.6.0/24", 6, options => options with { HighVoltageShare = 50 }).Begin(6);
            Assert.That(site.Fleet.Units.Select(unit => unit.IsHighVoltage).Distinct().Count(), Is.EqualTo(2));
            Assert.That(site.Fleet.Units.All(unit => unit.IsHighVoltage == (unit.Unit.Data.High is not null)));
        }

        [Test]
        public void The_number_of_threads_does_not_grow_with_the_units()
        {
            int few;
            using (FleetSite site = new FleetSite("127.60.7.0/24", 2).Begin(2))
            {
                few = site.Fleet.Look().Threads;
            }

            using FleetSite many = new FleetSite("127.60.8.0/24", 150).Begin(150);
            Assert.That(many.Fleet.Look().Threads, Is.LessThan(few + 20), "one for each unit would be 148 more");
        }
    }
}
