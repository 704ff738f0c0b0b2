namespace NanoComm.Echonet
{
    /// <summary>The node profile, class 0x0EF0: what the node is and which objects it has.</summary>
    public sealed class NodeProfile : EchonetObject
    {
        // The English tables translate 30 as "booting"; what it says is that the node has started and is in operation.
        private const byte InOperation = 0x30;

        // ECHONET Lite 1.14, message format 1 (specification part II, 6.11.1 "version information").
        private const uint Version = 0x010E0100;

        private readonly EchonetIdentity _identity;
        private readonly EchonetObject _device;

        /// <summary>Makes the profile of a node with one device object.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="device">The device object; listed while it is present.</param>
        public NodeProfile(EchonetIdentity identity, EchonetObject device)
            : base(
                Eoj.NodeProfile,
                new PropertyMap(Epc.OperationStatus, Epc.InstanceListNotification),
                new PropertyMap(),
                new PropertyMap(Epc.OperationStatus, Epc.StandardVersion, Epc.IdentificationNumber,
                    Epc.ManufacturerCode, Epc.ProductCode, Epc.InfMap, Epc.SetMap, Epc.GetMap, Epc.SelfNodeInstances,
                    Epc.SelfNodeClasses, Epc.InstanceListNotification, Epc.SelfNodeInstanceListS,
                    Epc.SelfNodeClassListS))
        {
            _identity = identity;
            _device = device;
        }

        private int DeviceCount
        {
            get { return _device.IsPresent ? 1 : 0; }
        }

        /// <inheritdoc/>
        public override void Refresh(long now)
        {
            _device.Refresh(now);
        }

        /// <inheritdoc/>
        protected override int ReadOwn(byte epc, Terminal terminal, byte[] buffer, int offset)
        {
            switch (epc)
            {
                case Epc.OperationStatus:
                    return WriteU8(InOperation, buffer, offset);
                case Epc.StandardVersion:
                    return WriteU32(Version, buffer, offset);
                case Epc.IdentificationNumber:
                    return WriteBytes(_identity.IdentificationNumber, buffer, offset);
                case Epc.ManufacturerCode:
                    return WriteBytes(_identity.ManufacturerCode, buffer, offset);
                case Epc.ProductCode:
                    return WriteBytes(_identity.ProductCode, buffer, offset);
                case Epc.SelfNodeInstances:
                    buffer[offset] = 0;
                    return 1 + WriteU16(DeviceCount, buffer, offset + 1);
                case Epc.SelfNodeClasses:
                    // The node profile's own class counts here, and only here.
                    return WriteU16(1 + DeviceCount, buffer, offset);
                case Epc.InstanceListNotification:
                case Epc.SelfNodeInstanceListS:
                    return WriteList(3, buffer, offset);
                case Epc.SelfNodeClassListS:
                    return WriteList(2, buffer, offset);
                default:
                    return NotServed;
            }
        }

        // Count, then the first bytes of each object's code: 3 for an instance, 2 for a class.
        private int WriteList(int codeLength, byte[] buffer, int offset)
        {
            int count = DeviceCount;
            buffer[offset] = (byte)count;
            if (count == 0)
            {
                return 1;
            }

            int code = _device.Code;
            for (int i = 0; i < codeLength; i++)
            {
                buffer[offset + 1 + i] = (byte)(code >> (16 - (8 * i)));
            }

            return 1 + codeLength;
        }
    }
}
