using System.Linq;
using System.Net;
using NanoComm.Audit;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.MeterLink;
using NanoComm.Policy;
using NanoComm.Rig;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A unit with an IP path, paired with a metering unit that has an Order box.</summary>
    internal sealed class OrderSite
    {
        public const uint Epoch = 100;
        public const int Second = 1000;
        public const int Minute = 60 * Second;

        private const int ProofKeyLength = 32;

        /// <summary>Makes and pairs both.</summary>
        /// <param name="seed">Decides every key.</param>
        public OrderSite(int seed)
        {
            Exchange = new ExchangeSite(seed);
            Files = ExchangeSite.MakeUnit(1);
            ExchangeSite.Give(Files, Exchange.Issue(1, Epoch));
            using SimulatedUnit unit = Exchange.Plug(Files);
            unit.Scheduler.Run(() => unit.Unit.Metering.State == MeteringState.Reading, Minute);
            Assert.That(unit.Unit.Pairing.Epoch, Is.EqualTo(Epoch));
        }

        /// <summary>Metering unit and key management.</summary>
        public ExchangeSite Exchange { get; }

        /// <summary>The unit's medium.</summary>
        public MemoryFiles Files { get; }

        /// <summary>What is in the Order box.</summary>
        public OrderSlot Box => Exchange.Meter.Orders;

        /// <summary>The metering unit's faults.</summary>
        public MeteringUnitFaults Faults => Exchange.Point.Server.Faults;

        /// <summary>A terminal's address.</summary>
        public static IPAddress Host(byte host)
        {
            Hal.DatagramPeer peer = SimulatedUnit.Peer(host);
            return new IPAddress(peer.Address[..peer.AddressLength]);
        }

        /// <summary>An order to cut a terminal off.</summary>
        public Order CutOff(uint number, byte host, int unit = 1)
        {
            return Exchange.Order(unit, number, OrderBody.CutOffIp(Host(host), null));
        }

        /// <summary>An order to let everybody in again.</summary>
        public Order ReadmitAll(uint number) => Exchange.Order(1, number, OrderBody.Readmit(OrderPath.Ip, null));

        /// <summary>Puts an order into the box.</summary>
        public void Post(Order order) => Assert.That(Box.Put(order.Bytes.ToArray(), 7));

        /// <summary>Whether a terminal may use the IP path.</summary>
        public static bool Admits(SimulatedUnit unit, byte host)
        {
            return unit.Unit.Policy.Admits(RoutePath.Ip, SimulatedUnit.Peer(host));
        }

        /// <summary>The answer at the metering unit, which must be authentic; null for none.</summary>
        public static OrderAnswer AnswerAt(MeteringUnitState meter)
        {
            if (meter.Orders.Answer.Length == 0)
            {
                return null;
            }

            OrderAnswer answer = OrderAnswer.Parse(meter.Orders.Answer);
            Assert.That(answer.IsAuthentic(new byte[ProofKeyLength]));
            return answer;
        }

        /// <summary>Looks at the answer at the metering unit.</summary>
        public void AssertAnswer(Order order, uint number, OrderResult result)
        {
            OrderAnswer answer = AnswerAt(Exchange.Meter);
            Assert.That(answer, Is.Not.Null);
            Assert.That((answer.Unit, answer.Number, answer.Result), Is.EqualTo((order.Unit, number, result)));
            Assert.That(answer.OrderId.ToArray(), Is.EqualTo(order.Id.ToArray()));
            Assert.That(Box.Order, Is.Empty);
        }

        /// <summary>How often an event is in a unit's security log.</summary>
        public static int Count(SimulatedUnit unit, Audit.SecurityEvent e)
        {
            var entry = new SecurityLogEntry();
            return Enumerable.Range(0, SecurityLog.Capacity)
                .Sum(i => unit.Unit.Security.Get(i, entry) && entry.Event == e ? (int)entry.Count : 0);
        }
    }
}
