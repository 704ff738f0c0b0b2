using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>The property tables of Release R, as data.</summary>
    public static class PropertyTables
    {
        /// <summary>The source of these tables, as rows name it.</summary>
        public const string Source = "machine-readable appendix 1.3.1 (Release R)";

        /// <summary>The node profile.</summary>
        public const int NodeProfile = 0x0EF0;

        /// <summary>The low-voltage meter.</summary>
        public const int LowVoltage = 0x0288;

        /// <summary>The high-voltage meter.</summary>
        public const int HighVoltage = 0x028A;

        /// <summary>The bidirectional high-voltage meter.</summary>
        public const int Bidirectional = 0x028F;

        private const string Resource = "release-r.txt";
        private const string SuperClass = "every";
        private const int Columns = 8;

        private static readonly IReadOnlyList<PropertyFact> Facts = Read().ToList();

        /// <summary>Classes of meters that there are tables of.</summary>
        public static IReadOnlyList<int> Meters { get; } = [LowVoltage, HighVoltage, Bidirectional];

        /// <summary>The properties of a class in order; of a meter those of the super class among them.</summary>
        public static IReadOnlyList<PropertyFact> Of(int deviceClass)
        {
            return Facts.Where(fact => fact.Class == deviceClass || (fact.Class == 0 && deviceClass != NodeProfile))
                .OrderByDescending(fact => fact.Class)
                .DistinctBy(fact => fact.Epc)
                .OrderBy(fact => fact.Epc)
                .ToList();
        }

        private static IEnumerable<PropertyFact> Read()
        {
            using Stream stream = typeof(PropertyTables).Assembly.GetManifestResourceStream(Resource);
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is string line)
            {
                if (line.Length > 0 && line[0] != '#')
                {
                    yield return Parse(line.Split(' ', Columns, StringSplitOptions.RemoveEmptyEntries));
                }
            }
        }

        private static PropertyFact Parse(string[] cells)
        {
            int deviceClass = cells[0] == SuperClass ? 0 : int.Parse(cells[0], NumberStyles.HexNumber);
            return new PropertyFact(deviceClass, byte.Parse(cells[1], NumberStyles.HexNumber), cells[2][0], ToDemand(cells[3]),
                ToDemand(cells[4]), ToDemand(cells[5]), ValueForm.Parse(cells[6]), cells[7]);
        }

        private static Demand ToDemand(string cell)
        {
            return cell switch
            {
                "R" => Demand.Required,
                "C" => Demand.Conditional,
                "S" => Demand.SecondHand,
                "O" => Demand.Optional,
                "-" => Demand.None,
                _ => throw new FormatException($"'{cell}' is no demand"),
            };
        }
    }
}
