using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Metering;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Echonet
{
    /// <summary>The high-voltage objects against the standard's tables, read as data, both ways.</summary>
    [TestFixture(Eoj.HighVoltageMeter)]
    [TestFixture(Eoj.BidirectionalHighVoltageMeter)]
    public class HighVoltageTableTests
    {
        private const int TimeLength = 7;
        private const byte InfMap = 0x9D;
        private const byte SetMap = 0x9E;
        private const byte GetMap = 0x9F;

        private readonly int _eoj;
        private readonly IReadOnlyList<PropertyFact> _facts;

        public HighVoltageTableTests(int eoj)
        {
            _eoj = eoj;
            _facts = PropertyFact.Of(eoj);
        }

        // Every property that the class itself has: the metering unit has data for all of them.
        [Test]
        public void EveryPropertyOfTheClassIsServed()
        {
            EchonetFixture fixture = Read();
            IEnumerable<byte> wanted = _facts.Where(fact => fact.IsOwn || fact.IsRequired).Select(fact => fact.Epc);
            Assert.That(wanted.Except(Map(fixture, GetMap)), Is.Empty);
        }

        [Test]
        public void NothingElseIsServed()
        {
            EchonetFixture fixture = Read();
            byte[] readable = Enumerable.Range(0, 256).Select(epc => (byte)epc)
                .Where(epc => fixture.Get(epc).Length > 0)
                .ToArray();
            Assert.That(readable, Is.EquivalentTo(Map(fixture, GetMap)));
            Assert.That(readable.Except(_facts.Select(fact => fact.Epc)), Is.Empty);
        }

        [Test]
        public void EveryValueHasItsLength()
        {
            foreach (EchonetFixture fixture in new[] { Identified(), Read(), Stale() })
            {
                foreach (PropertyFact fact in Served(fixture))
                {
                    Assert.That(fixture.Get(fact.Epc).Length / 2, Is.InRange(fact.Shortest, fact.Longest), fact.ToString());
                }
            }
        }

        [Test]
        public void TheLongestRowsAreTheStandards()
        {
            EchonetFixture fixture = Read();
            int rows = 0;
            foreach (PropertyFact fact in Served(fixture).Where(fact => fact.First != null && fact.Longest > fact.Shortest
                && fact.Shortest > TimeLength))
            {
                Assert.That(fixture.Set(Epc.MinutesTime, "07EB021C0C220A"));
                Assert.That(fixture.Get(fact.Epc).Length / 2, Is.EqualTo(fact.Longest), fact.ToString());
                rows++;
            }

            Assert.That(rows, Is.EqualTo(_eoj == Eoj.BidirectionalHighVoltageMeter ? 2 : 0));
        }

        // Before the first reading, and when the last one is stale.
        [Test]
        public void WithoutDataEveryValueSaysSo()
        {
            foreach (EchonetFixture fixture in new[] { Identified(), Stale() })
            {
                PropertyFact[] facts = Served(fixture).Where(fact => fact.None != null).ToArray();
                Assert.That(facts, Is.Not.Empty);
                foreach (PropertyFact fact in facts)
                {
                    string edt = fixture.Get(fact.Epc);
                    Assert.That(fact.None[0] == 'T' ? "T" + edt[(2 * TimeLength)..] : edt, Is.EqualTo(fact.None),
                        fact.ToString());
                }
            }
        }

        [Test]
        public void WithDataNoValueSaysThatThereIsNone()
        {
            EchonetFixture fixture = Read();
            foreach (PropertyFact fact in Served(fixture).Where(fact => fact.None != null))
            {
                Assert.That(fixture.Get(fact.Epc), Does.Not.Contain("FFFFFFE"), fact.ToString());
            }
        }

        [Test]
        public void BeforeAnySetEveryValueIsTheFirst()
        {
            EchonetFixture fixture = Read();
            PropertyFact[] facts = Served(fixture).Where(fact => fact.First != null).ToArray();
            Assert.That(facts, Is.Not.Empty);
            foreach (PropertyFact fact in facts)
            {
                Assert.That(fixture.Get(fact.Epc), Is.EqualTo(fact.First), fact.ToString());
            }
        }

        [Test]
        public void MapsGiveWhatTheTableAllows()
        {
            EchonetFixture fixture = Read();
            AssertMap(fixture, SetMap, fact => fact.Set);
            AssertMap(fixture, InfMap, fact => fact.Inf);
            AssertMap(fixture, GetMap, fact => fact.Get);
        }

        [Test]
        public void WhatTheSetMapListsCanBeSetAndNothingElse()
        {
            EchonetFixture fixture = Read();
            byte[] map = Map(fixture, SetMap);
            foreach (PropertyFact fact in _facts)
            {
                string edt = fixture.Get(fact.Epc);
                Assert.That(edt.Length > 0 && fixture.Set(fact.Epc, edt), Is.EqualTo(map.Contains(fact.Epc)), fact.ToString());
            }
        }

        [Test]
        public void WhatTheInfMapListsIsAnnouncedAndNothingElse()
        {
            EchonetFixture fixture = Read();
            byte[] map = Map(fixture, InfMap);
            foreach (PropertyFact fact in _facts)
            {
                string answer = fixture.Ask(EchonetFixture.Request(_eoj, Esv.InfReq, fact.Epc, ""));
                Assert.That(answer, Is.EqualTo(map.Contains(fact.Epc)
                    ? EchonetFixture.Answer(_eoj, Esv.Inf, fact.Epc, fixture.Get(fact.Epc))
                    : EchonetFixture.Answer(_eoj, Esv.InfSna, fact.Epc, "")), fact.ToString());
            }
        }

        // The unit of what is not there has no value that says so.
        [Test]
        [TestCase(HighVoltageParameters.NoUnit, 0x00)]
        [TestCase(0x00, HighVoltageParameters.NoUnit)]
        [TestCase(HighVoltageParameters.NoUnit, HighVoltageParameters.NoUnit)]
        public void WithoutRegistersOnlyWhatIsOptionalIsAbsent(byte reactiveUnit, byte cumulativeDemandUnit)
        {
            EchonetFixture whole = Read();
            var fixture = new EchonetFixture(MeterClass.HighVoltage)
            {
                Asked = _eoj, ReactiveUnit = reactiveUnit, CumulativeDemandUnit = cumulativeDemandUnit,
            };
            fixture.Identify();
            Take(fixture);

            byte[] absent = Map(whole, GetMap).Except(Map(fixture, GetMap)).ToArray();
            Assert.That(absent, Is.Not.Empty);
            foreach (byte epc in absent)
            {
                Assert.That(_facts.Single(fact => fact.Epc == epc).Get, Is.EqualTo('O'));
                Assert.That(fixture.Get(epc), Is.Empty);
            }
        }

        private static byte[] Map(EchonetFixture fixture, byte epc)
        {
            return EchonetMaps.Read(Convert.FromHexString(fixture.Get(epc)));
        }

        private static void Take(EchonetFixture fixture)
        {
            fixture.TakeReading(EchonetFixture.ReadingTime);
            long halfHour = MeterTime.Floor(EchonetFixture.ReadingTime, MeterTime.HalfHour);
            fixture.TakeHalfHour(halfHour, 5000);
            fixture.Data.High.ReactiveMinutes.Put(halfHour, 1, 2);
        }

        private EchonetFixture Identified()
        {
            var fixture = new EchonetFixture(MeterClass.HighVoltage) { Asked = _eoj };
            fixture.Identify();
            return fixture;
        }

        private EchonetFixture Read()
        {
            EchonetFixture fixture = Identified();
            Take(fixture);
            return fixture;
        }

        private EchonetFixture Stale()
        {
            EchonetFixture fixture = Read();
            fixture.Now += 2 * MeterTime.HalfHour * 1000;
            return fixture;
        }

        private IEnumerable<PropertyFact> Served(EchonetFixture fixture)
        {
            byte[] map = Map(fixture, GetMap);
            return _facts.Where(fact => map.Contains(fact.Epc));
        }

        // Not applicable: never there. Required: always. Optional is as the unit has decided.
        private void AssertMap(EchonetFixture fixture, byte map, Func<PropertyFact, char> rule)
        {
            byte[] epcs = Map(fixture, map);
            foreach (PropertyFact fact in _facts.Where(fact => rule(fact) != 'O'))
            {
                Assert.That(epcs.Contains(fact.Epc), Is.EqualTo(rule(fact) != '-'), $"{fact} in {map:X2}");
            }
        }
    }
}
