using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Metering;
using NanoComm.Tests.Host.Echonet;
using NanoComm.Virtual;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Virtual
{
    [TestFixture]
    public class NamesTests
    {
        [TestCase(Eoj.NodeProfile, MeterClass.LowVoltage, "node 0EF001")]
        [TestCase(Eoj.LowVoltageMeter, MeterClass.LowVoltage, "meter 028801")]
        [TestCase(Eoj.HighVoltageMeter, MeterClass.HighVoltage, "meter 028A01")]
        [TestCase(Eoj.BidirectionalHighVoltageMeter, MeterClass.HighVoltage, "meter 028F01")]
        public void EveryPropertyThatIsServedHasANameOfItsOwn(int eoj, MeterClass meterClass, string name)
        {
            EchonetFixture fixture = EchonetFixture.WithReading(meterClass);
            fixture.Asked = eoj;
            byte[] served = EchonetMaps.Read(Convert.FromHexString(fixture.Get(Epc.GetMap)));
            List<string> names = served.Select(epc => Names.OfProperty(eoj, epc)).ToList();

            Assert.That(Names.OfObject(eoj), Is.EqualTo(name));
            Assert.That(names.Where(text => text.Length <= 3), Is.Empty);
            Assert.That(names.Select(text => text[3..]), Is.Unique);
        }

        // E0 is another thing in each class, and nothing is known of a foreign one.
        [TestCase(Eoj.LowVoltageMeter, "E0 energy normal")]
        [TestCase(Eoj.HighVoltageMeter, "E0 fixed date")]
        [TestCase(Eoj.NodeProfile, "E0")]
        [TestCase(0x013001, "E0")]
        public void ACodeIsNamedByItsClass(int eoj, string name)
        {
            Assert.That(Names.OfProperty(eoj, 0xE0), Is.EqualTo(name));
        }
    }
}
