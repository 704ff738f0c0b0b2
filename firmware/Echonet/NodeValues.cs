namespace NanoComm.Echonet
{
    /// <summary>What the node profile shows: how many device objects there are, and which.</summary>
    internal sealed class NodeValues : PropertyValues
    {
        // Numbers.
        internal const byte OperationStatus = 0;
        internal const byte FormatVersion = 1;
        internal const byte Instances = 2;
        internal const byte Classes = 3;

        private const int NumberCount = Classes + 1;

        // The English tables translate 30 as "booting"; what it says is that the node has started and is in operation.
        private const uint InOperation = 0x30;

        // ECHONET Lite 1.14, message format 1 (specification part II, 6.11.1 "version information").
        private const uint Format1 = 0x010E0100;

        /// <summary>Makes the values of a node.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="devices">Its device objects.</param>
        public NodeValues(EchonetIdentity identity, EchonetObject[] devices)
            : base(identity, NumberCount, 0, SuperClass.Serial)
        {
            Devices = devices;
            IsPresent = true;
            Numbers[OperationStatus] = InOperation;
            Numbers[FormatVersion] = Format1;
            Version = 1;
        }

        /// <inheritdoc/>
        internal override void Refresh(long now)
        {
            uint instances = 0;

            // The node profile's own class counts here, and only here.
            uint classes = 1;
            for (int i = 0; i < Devices.Length; i++)
            {
                Devices[i].Refresh(now);
                instances += ObjectListKind.Lists(Devices, i, ObjectListKind.InstanceLength) ? 1u : 0;
                classes += ObjectListKind.Lists(Devices, i, ObjectListKind.ClassLength) ? 1u : 0;
            }

            if (Numbers[Instances] != instances || Numbers[Classes] != classes)
            {
                Numbers[Instances] = instances;
                Numbers[Classes] = classes;
                Version++;
            }
        }
    }
}
