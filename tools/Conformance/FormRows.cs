using System.Collections.Generic;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>Size, range and no-data value of each property of the tables, a row each.</summary>
    internal static class FormRows
    {
        public static IEnumerable<ConformanceRow> Make()
        {
            return PropertyTables.Meters.Prepend(PropertyTables.NodeProfile)
                .SelectMany(deviceClass => PropertyTables.Of(deviceClass).Select(fact => Row(deviceClass, fact)));
        }

        private static ConformanceRow Row(int deviceClass, PropertyFact fact)
        {
            return new ConformanceRow($"FORM-{deviceClass:X4}-{fact.Epc:X2}", RowGroup.Form,
                $"{fact.Epc:X2} {fact.Name} has its form: {fact.Form.Text}", Clause.Table(fact), true, deviceClass,
                meter =>
                {
                    TestedObject tested = meter.Find(deviceClass);
                    return fact.Epc is not (TestedObject.InfMapEpc or TestedObject.SetMapEpc or TestedObject.GetMapEpc)
                        && !tested.GetMap.Contains(fact.Epc) ? Finding.Skipped("not in the Get map")
                        : tested.Value(fact.Epc) is byte[] value ? Finding.Of(fact.Form.FindFault(value))
                        : Finding.Failed("in the Get map, and refused");
                });
        }
    }
}
