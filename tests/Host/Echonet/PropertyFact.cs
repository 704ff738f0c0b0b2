using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Host.Echonet
{
    /// <summary>A row of high-voltage-properties.txt: what the standard says of a property.</summary>
    internal sealed record PropertyFact(
        string Class, byte Epc, char Get, char Set, char Inf, int Shortest, int Longest, string None, string First)
    {
        private const string File = "high-voltage-properties.txt";
        private const string SuperClass = "every";
        private const int Columns = 9;

        /// <summary>Whether a class has to have it.</summary>
        public bool IsRequired => Get is 'R' or 'C';

        /// <summary>Whether it is of the class and not of all.</summary>
        public bool IsOwn => Class != SuperClass;

        /// <summary>The properties of a class, those of the super class among them.</summary>
        /// <param name="eoj">An object of the class.</param>
        public static IReadOnlyList<PropertyFact> Of(int eoj)
        {
            string own = (eoj >> 8).ToString("X4");
            return System.IO.File.ReadLines(Path.Combine(AppContext.BaseDirectory, File))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(Parse)
                .Where(fact => fact.Class == own || fact.Class == SuperClass)
                .DistinctBy(fact => fact.Epc)
                .ToList();
        }

        public override string ToString()
        {
            return $"{Class} {Epc:X2}";
        }

        private static PropertyFact Parse(string line)
        {
            string[] cells = line.Split(' ', Columns, StringSplitOptions.RemoveEmptyEntries);
            string[] bytes = cells[5].Split("..");
            return new PropertyFact(cells[0], Convert.ToByte(cells[1], 16), cells[2][0], cells[3][0], cells[4][0],
                int.Parse(bytes[0]), int.Parse(bytes[^1]), ValueOf(cells[6]), ValueOf(cells[7]));
        }

        // Null where there is none; a time stays a T.
        private static string ValueOf(string cell)
        {
            return cell == "-" ? null : string.Concat(cell.Split(':').Select(Repeated));
        }

        private static string Repeated(string part)
        {
            string[] halves = part.Split('*');
            return string.Concat(Enumerable.Repeat(halves[0], halves.Length == 1 ? 1 : int.Parse(halves[1])));
        }
    }
}
