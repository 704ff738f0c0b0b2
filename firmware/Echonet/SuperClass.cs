using static NanoComm.Echonet.Access;
using static NanoComm.Echonet.Kind;

namespace NanoComm.Echonet
{
    /// <summary>What every class has: the rows that the tables of all objects share, and where their values are in
    /// <see cref="PropertyValues"/>.</summary>
    internal static class SuperClass
    {
        /// <summary>Byte string: FE, manufacturer code, unique number.</summary>
        public const byte Identification = 0;

        /// <summary>Byte string: manufacturer code.</summary>
        public const byte Manufacturer = 1;

        /// <summary>Byte string: product code.</summary>
        public const byte Product = 2;

        /// <summary>Byte string of devices: production number.</summary>
        public const byte Serial = 3;

        /// <summary>Number of devices: 30, on.</summary>
        public const byte On = 0;

        /// <summary>Number of devices: the release of the device object specification, as 82 tells it.</summary>
        public const byte Release = 1;

        /// <summary>Number of devices: 41 fault, 42 none.</summary>
        public const byte Fault = 2;

        /// <summary>Number of devices: what fault.</summary>
        public const byte FaultDescription = 3;

        /// <summary>Numbers of a device before those of its class.</summary>
        public const byte DeviceNumbers = 4;

        /// <summary>Byte strings of a device before those of its class.</summary>
        public const byte DeviceOctets = 4;

        /// <summary>The rows that profiles and devices have in common.</summary>
        public static byte[] Table()
        {
            return new byte[]
            {
                // EPC                    access kind    source          with
                Epc.IdentificationNumber, Get,   Octets, Identification, 0,
                Epc.ManufacturerCode,     Get,   Octets, Manufacturer,   0,
                Epc.ProductCode,          Get,   Octets, Product,        0,
                Epc.InfMap,               Get,   Map,    0,              Inf,
                Epc.SetMap,               Get,   Map,    0,              Set,
                Epc.GetMap,               Get,   Map,    0,              Get,
            };
        }

        /// <summary>The other rows of the device object super class (device object specification, Release R).</summary>
        public static byte[] DeviceTable()
        {
            return new byte[]
            {
                // EPC                    access     kind       source            with
                Epc.OperationStatus,      GetInf,    U8,        On,               0,
                Epc.InstallationLocation, GetSetInf, Location,  0,                0,
                Epc.StandardVersion,      Get,       U32,       Release,          0,
                Epc.FaultStatus,          GetInf,    U8,        Fault,            0,
                Epc.FaultDescription,     Get,       U16,       FaultDescription, 0,
                Epc.ProductionNumber,     Get,       Octets,    Serial,           0,
                Epc.CurrentTime,          Get,       TimeOfDay, 0,                0,
                Epc.CurrentDate,          Get,       Date,      0,                0,
            };
        }
    }
}
