using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Records;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Virtual
{
    /// <summary>Another communication unit for the simulated metering unit, as the field has it: new from the factory, with
    /// a ticket in its inbox, and an order to open its B route once it is paired (docs/field-swap.md). The key office that
    /// made the two is as made-up as the metering unit, and keeps nothing.</summary>
    internal sealed class UnitExchange
    {
        /// <summary>Length of the keys that wrap tickets.</summary>
        public const int KeyLength = TicketMaker.KeyLength;

        private readonly SystemTitle _meter;
        private readonly uint _number;
        private readonly RouteBCredentials _credentials;
        private readonly SystemTitle _title = SystemTitle.MakeUp("NCC");
        private readonly UnitKeys _keys = UnitKeys.MakeUp(UnitKind.Communication);

        /// <summary>Makes the unit and its ticket.</summary>
        /// <param name="meter">The metering unit, which has factory keys.</param>
        /// <param name="credentials">Route-B id and password that its order will open the B route with.</param>
        public UnitExchange(MeteringUnitState meter, RouteBCredentials credentials)
        {
            _meter = new SystemTitle(meter.SystemTitle);
            _credentials = credentials;
            Epoch = (meter.Pairing?.Epoch ?? 0) + 1;

            // Above the ticket's epoch, and with it above that of every ticket before.
            _number = Epoch + 1;
            var store = new DurableStore(Files);
            byte[] factory = [.. _title.ToArray(), .. _keys.WrappingKey, .. _keys.ProofKey];
            store.Write(RecordCatalogue.FactoryKeys, factory, factory.Length);
            Ticket ticket = new TicketMaker(KeyManagement).Pair(_meter, meter.Factory.Kek, _title, _keys.WrappingKey, Epoch,
                UtilityTime.Never);
            store.Write(RecordCatalogue.Inbox, ticket.Bytes.ToArray(), ticket.Bytes.Length);
        }

        /// <summary>Its records.</summary>
        public IFiles Files { get; } = new MemoryFiles();

        /// <summary>Epoch of the pairing that its ticket makes.</summary>
        public uint Epoch { get; }

        /// <summary>Its title.</summary>
        public string Title => _title.ToString();

        private static SystemTitle KeyManagement => new("NCKSIM01"u8);

        /// <summary>The order to open its B route; for after the ticket.</summary>
        public byte[] MakeOrder()
        {
            using OrderBody body = OrderBody.OpenRouteB(_credentials.Id, _credentials.Password);
            var maker = new OrderMaker(KeyManagement);
            byte[] draft = maker.Write(new OrderRequest(_title, _meter, body, UtilityTime.Never), _number);
            return maker.Seal(draft, _title, _keys.WrappingKey).Bytes.ToArray();
        }
    }
}
