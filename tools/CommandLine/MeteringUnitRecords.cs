using NanoComm.Records;
using NanoComm.Simulators.Dlms;

namespace NanoComm.CommandLine
{
    /// <summary>The records of a simulated metering unit, which has no other name than the one in them.</summary>
    public static class MeteringUnitRecords
    {
        /// <summary>Reads the unit.</summary>
        /// <param name="unit">Its records.</param>
        /// <returns>Null when it is still to be made: there is no record, or making it was cut short.</returns>
        /// <exception cref="UserError">There are records, and no unit: its keys would be lost by making another.</exception>
        public static MeteringUnitState Load(UnitStore unit)
        {
            var store = new DurableStore(unit.Files);
            MeteringUnitState state = MeteringUnitState.Load(store);
            return state is not null || unit.IsNew || MeteringUnitState.IsCutShort(store) ? state
                : throw new UserError($"--store: {unit.Folder} holds records but no identity of a metering unit: put a good copy "
                    + "of identity.rec there, or take an empty folder for a new unit");
        }
    }
}
