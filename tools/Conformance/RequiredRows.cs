using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>Properties that the tables require, a row each.</summary>
    internal static class RequiredRows
    {
        public static IEnumerable<ConformanceRow> Make()
        {
            return PropertyTables.Meters.Prepend(PropertyTables.NodeProfile).SelectMany(MakeOf);
        }

        private static IEnumerable<ConformanceRow> MakeOf(int deviceClass)
        {
            foreach (PropertyFact fact in PropertyTables.Of(deviceClass))
            {
                if (IsDemanded(fact.Get))
                {
                    yield return Row("REQ", deviceClass, fact, fact.Get, "can be read, and the Get map (9F) says so", LooksAtGet);
                }

                if (IsDemanded(fact.Set))
                {
                    yield return Row("REQSET", deviceClass, fact, fact.Set, "is in the Set map (9E)", LooksAtSet);
                }

                if (IsDemanded(fact.Inf))
                {
                    yield return Row("REQINF", deviceClass, fact, fact.Inf, "is in the announcement map (9D)", LooksAtInf);
                }
            }
        }

        private static ConformanceRow Row(string prefix, int deviceClass, PropertyFact fact, Demand demand, string what,
            Func<TestedObject, byte, string> findFault)
        {
            string source = demand == Demand.SecondHand ? $"{Clause.Interface} 1.10, known at second hand"
                : demand == Demand.Conditional ? $"{Clause.Table(fact)}, under a footnote"
                : Clause.Table(fact);
            return new ConformanceRow($"{prefix}-{deviceClass:X4}-{fact.Epc:X2}", RowGroup.Required, $"{fact.Epc:X2} {fact.Name} {what}",
                source, demand == Demand.Required, deviceClass, meter =>
                {
                    TestedObject tested = meter.Find(deviceClass);
                    return fact.Release > tested.Release && deviceClass != PropertyTables.NodeProfile
                        ? Finding.Skipped($"from release {fact.Release} on; the meter says release {tested.Release} (82)")
                        : Finding.Of(findFault(tested, fact.Epc));
                });
        }

        private static string LooksAtGet(TestedObject tested, byte epc)
        {
            return tested.Value(epc) == null ? "Get is refused" : tested.GetMap.Contains(epc) ? null : "not in the Get map";
        }

        private static string LooksAtSet(TestedObject tested, byte epc)
        {
            return tested.SetMap.Contains(epc) ? null : "not in the Set map";
        }

        private static string LooksAtInf(TestedObject tested, byte epc)
        {
            return tested.InfMap.Contains(epc) ? null : "not in the announcement map";
        }

        private static bool IsDemanded(Demand demand)
        {
            return demand is Demand.Required or Demand.Conditional or Demand.SecondHand;
        }
    }
}
