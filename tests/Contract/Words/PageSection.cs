using System.Collections.Generic;

namespace NanoComm.Tests.Contract
{
    /// <summary>What a translation of a section keeps.</summary>
    /// <param name="Title">The heading; empty above the first one.</param>
    /// <param name="Level">1 and up; 0 above the first heading.</param>
    internal sealed record PageSection(string Title, int Level)
    {
        /// <summary>What stands one below the other: text, item, table, code, image.</summary>
        public List<string> Blocks { get; } = [];

        /// <summary>Code, line by line, with its fences.</summary>
        public List<string> Code { get; } = [];

        /// <summary>Of each row of a table: how many cells, and the numbers in those that are set to the right.</summary>
        public List<string> Rows { get; } = [];

        /// <summary>Code within a line, sorted.</summary>
        public List<string> Names { get; } = [];

        /// <summary>Where links lead, sorted: a page without its language, and which of its headings.</summary>
        public List<string> Links { get; } = [];
    }
}
