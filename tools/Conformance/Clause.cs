namespace NanoComm.MeterConformance
{
    /// <summary>Where rules come from, as reports name it.</summary>
    internal static class Clause
    {
        /// <summary>ECHONET Lite specification, part II, of which section numbers are those of version 1.14.</summary>
        public const string Part2 = "ECHONET Lite specification, part II";

        /// <summary>What was read of it in extracts.</summary>
        public const string Interface = "application interface specification of low-voltage meters and HEMS controllers";

        /// <summary>What real meters were seen to do, and controllers rely on.</summary>
        public const string Observed = "seen at real meters, and relied on by controllers";

        /// <summary>No clause was found.</summary>
        public const string None = "no clause found";

        /// <summary>A property's line in the tables.</summary>
        public static string Table(PropertyFact fact)
        {
            return Table(fact.Class, fact.Epc);
        }

        /// <summary>A property's line in the tables.</summary>
        /// <param name="deviceClass">0 for the super class.</param>
        /// <param name="epc">The property.</param>
        public static string Table(int deviceClass, byte epc)
        {
            return $"{PropertyTables.Source}, {(deviceClass == 0 ? "super class" : deviceClass.ToString("X4"))} {epc:X2}";
        }
    }
}
