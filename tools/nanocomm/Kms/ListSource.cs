using System;
using System.Collections.Generic;

namespace NanoComm.Tool
{
    /// <summary>What a list is made from.</summary>
    internal sealed class ListSource<T>
    {
        /// <summary>What its rows are called.</summary>
        public required string Name { get; init; }

        /// <summary>Its columns.</summary>
        public required IReadOnlyList<ListField<T>> Fields { get; init; }

        /// <summary>Its rows, at most so many, or all for null; read as they are taken.</summary>
        public required Func<int?, IEnumerable<T>> Rows { get; init; }

        /// <summary>How many there are, without reading them.</summary>
        public required Func<long> Count { get; init; }

        /// <summary>How many there are in each state.</summary>
        public required IEnumerable<(string State, Func<long> Count)> ByState { get; init; }

        /// <summary>Names a row as the place behind which a list can go on.</summary>
        public required Func<T, string> Place { get; init; }
    }
}
