using System;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Keys;
using NanoComm.Records;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>Puts factory keys into a unit's folder of records.</summary>
    internal static class UnitInstaller
    {
        /// <summary>The title in the factory record of a communication unit.</summary>
        /// <returns>Null where there is none.</returns>
        public static SystemTitle? ReadTitle(IDurableStore store)
        {
            var record = new byte[DurableStore.MaxLength];
            int length = store.Read(RecordCatalogue.FactoryKeys, record);
            return length > SystemTitle.Length ? new SystemTitle(record.AsSpan(0, SystemTitle.Length)) : null;
        }

        /// <summary>Opens a folder, and refuses one that is another unit's, or that a running unit has: keys are installed
        /// in a unit that is off.</summary>
        /// <exception cref="UserError">It cannot be used.</exception>
        public static UnitStore Open(string folder, UnitKind kind, SystemTitle title)
        {
            UnitStore unit = UnitStore.Open(folder, "nanocomm kms enroll");
            var store = new DurableStore(unit.Files);
            MeteringUnitState meter = kind == UnitKind.Metering ? MeteringUnitRecords.Load(unit) : MeteringUnitState.Load(store);
            SystemTitle? other = meter is null ? ReadTitle(store) : new SystemTitle(meter.SystemTitle);
            bool isSame = other == title && (meter is null) == (kind == UnitKind.Communication);
            return other is null || isSame ? unit
                : throw new UserError($"--store: {folder} holds the unit {other}: choose another folder");
        }

        /// <summary>Installs a unit.</summary>
        /// <exception cref="UserError">The folder did not take it.</exception>
        public static void Install(UnitStore unit, SystemTitle title, UnitKind kind, string serial, UnitKeys keys)
        {
            var store = new DurableStore(unit.Files);
            if (!(kind == UnitKind.Metering ? InstallMeter(store, title, serial, keys) : InstallUnit(store, title, keys)))
            {
                throw new UserError("--store: the folder did not take the unit's records: enroll it there once more with "
                    + $"--title {title}");
            }
        }

        /// <summary>What the factory record of a communication unit holds (docs/pairing.md).</summary>
        public static byte[] Record(SystemTitle title, UnitKeys keys) => [.. title.ToArray(), .. keys.WrappingKey, .. keys.ProofKey];

        private static bool InstallUnit(IDurableStore store, SystemTitle title, UnitKeys keys)
        {
            byte[] record = Record(title, keys);
            return store.Write(RecordCatalogue.FactoryKeys, record, record.Length);
        }

        private static bool InstallMeter(IDurableStore store, SystemTitle title, string serial, UnitKeys keys)
        {
            if (MeteringUnitState.Load(store) is not null)
            {
                return true;
            }

            var utility = new PairingKeys(0, keys.Utility.ClientTitle.ToArray(), keys.Utility.EncryptionKey.ToArray(),
                keys.Utility.AuthenticationKey.ToArray());
            return MeteringUnitState.MakeFactory(store, title.ToArray(), serial, keys.WrappingKey, keys.ProofKey, utility)
                is not null;
        }
    }
}
