using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>Shows rows on a screen of any width: as a table where they fit side by side, else each as a few lines. Long lists
    /// come in several tables, so that no more than one is in memory. A column that none of the first ones has is left
    /// out.</summary>
    internal sealed class ListScreen<T>
    {
        private const int RowsOfTable = 1000;
        private const int Indent = 2;
        private const int Gap = 3;

        // Left and right of a cell, and the line before it.
        private const int CellFrame = 3;

        private static readonly Style Quiet = new(Color.Grey);
        private static readonly Style Strong = new(decoration: Decoration.Bold);

        private ListField<T>[] _fields;
        private readonly int _width = AnsiConsole.Profile.Width;
        private bool? _isTable;

        public ListScreen(IEnumerable<ListField<T>> fields)
        {
            _fields = fields.Where(field => field.Place.HasFlag(ListPlace.Screen)).ToArray();
        }

        /// <summary>The last row shown; the default where there was none.</summary>
        public T Last { get; private set; }

        /// <summary>How many were shown.</summary>
        public int Count { get; private set; }

        /// <summary>Shows rows.</summary>
        public void Write(IEnumerable<T> rows)
        {
            foreach (T[] some in rows.Chunk(RowsOfTable))
            {
                if (Count == 0)
                {
                    _fields = _fields.Where(field => some.Any(row => field.OnScreen(row).Length > 0)).ToArray();
                }

                List<string[]> cells = some.Select(row => _fields.Select(field => field.OnScreen(row)).ToArray()).ToList();
                _isTable ??= Enumerable.Range(0, _fields.Length).Sum(i => CellFrame
                    + Math.Max(_fields[i].Heading.Length, cells.Max(row => row[i].Length))) < _width;
                if (_isTable.Value)
                {
                    WriteTable(cells);
                }
                else
                {
                    cells.ForEach(WriteLines);
                }

                Last = some[^1];
                Count += some.Length;
            }
        }

        private void WriteTable(List<string[]> rows)
        {
            Table table = new Table().Border(TableBorder.Rounded);
            foreach (ListField<T> field in _fields)
            {
                table.AddColumn(new TableColumn(new Text(field.Heading)));
            }

            foreach (string[] cells in rows)
            {
                table.AddRow(cells.Select(cell => new Text(cell.Length == 0 ? "-" : cell)));
            }

            AnsiConsole.Write(table);
        }

        private void WriteLines(string[] cells)
        {
            var line = new Paragraph();
            int column = 0;
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i].Length == 0)
                {
                    continue;
                }

                int length = _fields[i].Heading.Length + 1 + cells[i].Length;
                if (column > 0 && column + Gap + length > _width)
                {
                    column = Break(line);
                }
                else if (column > 0)
                {
                    line.Append(new string(' ', Gap));
                    column += Gap;
                }

                column = Add(line, i, cells[i], column + length > _width ? _width : column + length);
            }

            line.Append("\n");
            AnsiConsole.Write(line);
        }

        // What does not fit behind its name stands below it, cut where it has a blank.
        private int Add(Paragraph line, int field, string cell, int column)
        {
            Style style = field == 0 ? Strong : Style.Plain;
            line.Append(_fields[field].Heading, field == 0 ? Strong : Quiet);
            int room = _width - Indent;
            bool isBelow = _fields[field].Heading.Length + 1 + cell.Length > (field == 0 ? _width : room);
            if (!isBelow)
            {
                line.Append(" ").Append(cell, style);
                return column;
            }

            string rest = cell;
            while (rest.Length > 0)
            {
                int cut = rest.Length <= room ? rest.Length : rest.LastIndexOf(' ', room) is int blank and > 0 ? blank : room;
                Break(line);
                line.Append(rest[..cut], style);
                rest = rest[cut..].TrimStart();
            }

            // Nothing stands behind it.
            return _width;
        }

        private static int Break(Paragraph line)
        {
            line.Append("\n" + new string(' ', Indent));
            return Indent;
        }
    }
}
