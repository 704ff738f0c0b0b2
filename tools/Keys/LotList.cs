using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>The units of a lot that is to be made: read from a file of rows, or counted up.</summary>
    public sealed class LotList
    {
        /// <summary>Most units of a lot.</summary>
        public const int MostUnits = 1_000_000;

        private const string TitleColumn = "title";
        private const string SerialColumn = "serial";
        private const string HardwareColumn = "hardware";
        private const string LotColumn = "lot";

        // The first three bytes of a title are its manufacturer's.
        private const ulong Countable = (1UL << 40) - 1;

        private readonly UnitKind _kind;
        private readonly List<LotRow> _rows = [];
        private readonly List<BatchError> _faults = [];
        private readonly Dictionary<SystemTitle, int> _titles = [];
        private readonly Dictionary<string, int> _serials = [];

        private LotList(UnitKind kind)
        {
            _kind = kind;
        }

        /// <summary>The units.</summary>
        public IReadOnlyList<LotRow> Rows => _rows;

        /// <summary>What is wrong, line by line: with one fault no lot is made.</summary>
        public IReadOnlyList<BatchError> Faults => _faults;

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file, with the column title, and if wanted serial, hardware and lot.</param>
        /// <param name="kind">What the units are.</param>
        /// <param name="hardware">The hardware where a row says none; null for none.</param>
        /// <param name="lot">The lot where a row says none; null for none.</param>
        /// <exception cref="IOException">It cannot be read.</exception>
        /// <exception cref="InvalidDataException">The first line does not name the columns.</exception>
        public static LotList Read(string path, UnitKind kind, string hardware, string lot)
        {
            var list = new LotList(kind);
            using RowFile file = RowFile.Open(path, [TitleColumn], [SerialColumn, HardwareColumn, LotColumn]);
            while (file.Read() && list._rows.Count <= MostUnits)
            {
                list.Take(file.Line, file[TitleColumn], file[SerialColumn], Name(file[HardwareColumn], hardware), Name(file[LotColumn], lot));
            }

            list._faults.AddRange(file.Faults);
            list._faults.Sort((one, other) => one.Line.CompareTo(other.Line));
            if (list._rows.Count > MostUnits)
            {
                throw new InvalidDataException($"it has more than {MostUnits:N0} units: make several lots of it");
            }

            return list;
        }

        /// <summary>Counts up from a first title.</summary>
        /// <param name="first">The first title.</param>
        /// <param name="count">How many.</param>
        /// <param name="kind">What the units are.</param>
        /// <param name="serial">The serial number of the first one, whose number at the end is counted on; null for those of the titles.</param>
        /// <param name="hardware">The hardware; null for none.</param>
        /// <param name="lot">The lot; null for none.</param>
        /// <exception cref="InvalidDataException">There are not so many behind it.</exception>
        public static LotList Count(SystemTitle first, int count, UnitKind kind, string serial, string hardware, string lot)
        {
            var list = new LotList(kind);
            ulong number = ulong.Parse(first.ToString(), System.Globalization.NumberStyles.AllowHexSpecifier);
            if ((number & Countable) + (ulong)count - 1 > Countable)
            {
                throw new InvalidDataException($"there are not {count:N0} titles from {first} on that begin with the same three bytes");
            }

            for (int i = 0; i < count; i++)
            {
                string next = serial is null ? "" : SerialNumber.Next(serial, i)
                    ?? throw new InvalidDataException($"the serial number '{serial}' does not end in a number that counts {count:N0} units");
                list.Take(i + 1, (number + (ulong)i).ToString("X16"), next, hardware, lot);
            }

            return list;
        }

        /// <summary>Looks for what the ledger has against them.</summary>
        /// <param name="ledger">The ledger.</param>
        /// <param name="again">Whether units that are in it, made and not written, are packed once more.</param>
        public void Check(Ledger ledger, bool again)
        {
            foreach (LotRow row in _rows)
            {
                Unit known = ledger.Find(row.Title);
                string fault = known is null || known.State == UnitState.Erased ? null
                    : known.Kind != _kind ? $"{row.Title} is in the ledger as a {(known.Kind == UnitKind.Metering ? "metering" : "communication")} unit"
                    : again ? null
                    : $"{row.Title} is in the ledger already: --again packs the keys that it has once more, where the lot was lost and never used";
                if (fault is not null)
                {
                    _faults.Add(new BatchError(row.Line, 0, fault));
                }
            }
        }

        private static string Name(string cell, string otherwise) => cell.Length > 0 ? cell : otherwise;

        private void Take(int line, string title, string serial, string hardware, string lot)
        {
            string fault = null;
            if (!SystemTitle.TryParse(title, out SystemTitle parsed))
            {
                fault = $"{TitleColumn}: {CellText.Quote(title)} is no title of 16 hexadecimal digits";
            }
            else if (!_titles.TryAdd(parsed, line))
            {
                fault = $"{parsed} is in line {_titles[parsed]} already";
            }

            serial = serial.Length > 0 ? serial : SerialNumber.Of(_kind, parsed);
            fault ??= Check(line, serial, hardware, lot);
            if (fault is not null)
            {
                _faults.Add(new BatchError(line, 0, fault));
                return;
            }

            _rows.Add(new LotRow(line, parsed, serial, hardware, lot));
        }

        private string Check(int line, string serial, string hardware, string lot)
        {
            return !SerialNumber.IsValid(serial) ? $"{SerialColumn}: {CellText.Quote(serial)} is not {SerialNumber.Form}"
                : !_serials.TryAdd(serial, line) ? $"the serial number {serial} is in line {_serials[serial]} already"
                : new[] { (HardwareColumn, hardware), (LotColumn, lot) }.Where(name => name.Item2 is not null && !SerialNumber.IsName(name.Item2))
                    .Select(name => $"{name.Item1}: {CellText.Quote(name.Item2)} is not 1 to {NewUnit.MaxNameLength} printable ASCII characters").FirstOrDefault();
        }
    }
}
