using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.MeterConformance
{
    /// <summary>Every row that there is.</summary>
    public static class RowBook
    {
        /// <summary>All of them, in the order in which they are run.</summary>
        public static IReadOnlyList<ConformanceRow> All { get; } = Make().OrderBy(row => IndexOf(row.Group)).ToList();

        /// <summary>Some of them.</summary>
        /// <param name="deviceClass">Those for a class and for every meter; 0 for all.</param>
        /// <param name="only">Groups or ids; none for all.</param>
        public static IReadOnlyList<ConformanceRow> Select(int deviceClass, IReadOnlyCollection<string> only)
        {
            return All.Where(row => deviceClass == 0 || row.Class == 0 || row.Class == deviceClass || row.Class == PropertyTables.NodeProfile)
                .Where(row => only.Count == 0 || only.Any(name => IsNamed(row, name))).ToList();
        }

        /// <summary>Whether a group or an id is that of a row.</summary>
        public static bool IsNamed(ConformanceRow row, string name)
        {
            return row.Group.Equals(name, StringComparison.OrdinalIgnoreCase) || row.Id.Equals(name, StringComparison.OrdinalIgnoreCase);
        }

        private static IEnumerable<ConformanceRow> Make()
        {
            return NodeRows.Make().Concat(RequiredRows.Make()).Concat(FormRows.Make()).Concat(IdentityRows.Make())
                .Concat(MapRows.Make()).Concat(SelectorRows.Make()).Concat(FrameRows.Make()).Concat(MulticastRows.Make())
                .Concat(SizeRows.Make()).Concat(TimeRows.Make()).Concat(WatchRows.Make()).Concat(AnswerRows.Make());
        }

        private static int IndexOf(string group)
        {
            return RowGroup.All.Select((name, i) => (name, i)).Single(pair => pair.name == group).i;
        }
    }
}
