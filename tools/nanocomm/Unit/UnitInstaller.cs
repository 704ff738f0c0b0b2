using System;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
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

        /// <summary>Opens a folder, and refuses one that is another unit's.</summary>
        /// <exception cref="UserError">It cannot be used.</exception>
        public static DurableStore Open(string folder, UnitKind kind, SystemTitle title)
        {
            DurableStore store;
            try
            {
                store = new DurableStore(new FolderFiles(folder));
            }
            catch (IOException error)
            {
                throw new UserError("--store: " + error.Message);
            }

            SystemTitle? unit = ReadTitle(store);
            MeteringUnitState meter = MeteringUnitState.Load(store);
            SystemTitle? other = meter is null ? unit : new SystemTitle(meter.SystemTitle);
            bool isSame = other == title && (meter is null) == (kind == UnitKind.Communication);
            return other is null || isSame ? store
                : throw new UserError($"--store: {folder} holds the unit {other}: choose another folder");
        }

        /// <summary>Installs a unit.</summary>
        /// <exception cref="UserError">The folder did not take it.</exception>
        public static void Install(IDurableStore store, SystemTitle title, UnitKind kind, string serial, UnitKeys keys)
        {
            if (!(kind == UnitKind.Metering ? InstallMeter(store, title, serial, keys) : InstallUnit(store, title, keys)))
            {
                throw new UserError("--store: the folder did not take the unit's records: enroll it there once more with "
                    + $"--title {title}");
            }
        }

        private static bool InstallUnit(IDurableStore store, SystemTitle title, UnitKeys keys)
        {
            byte[] record = [.. title.ToArray(), .. keys.WrappingKey, .. keys.ProofKey];
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
