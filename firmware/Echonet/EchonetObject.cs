using System;

namespace NanoComm.Echonet
{
    /// <summary>
    /// An object of the node: properties declared by a table, read and written as bytes. Knows neither frames nor
    /// transport.
    /// A table is rows of five bytes, one a property: EPC, <see cref="Access"/>, <see cref="Kind"/>, source (where the
    /// value comes from, in <see cref="PropertyValues"/>), with (what the kind says: a time, a selector, a limit).
    /// </summary>
    public abstract class EchonetObject
    {
        /// <summary>A property that is not there, or cannot be read.</summary>
        public const int NotServed = -1;

        /// <summary>The smallest property code.</summary>
        internal const int FirstEpc = 0x80;

        private const int RowLength = 5;
        private const int AccessAt = 1;
        private const int KindAt = 2;
        private const int SourceAt = 3;
        private const int WithAt = 4;

        // Row 0 stands for every property that is not in the table: no access, no kind.
        private readonly byte[] _rows;
        private readonly byte[] _rowOf = new byte[byte.MaxValue + 1 - FirstEpc];

        // Of a value that is encoded ahead: its length, and its place in _encoded. Of a selector: its place in a
        // terminal's selectors.
        private readonly byte[] _lengths;
        private readonly ushort[] _places;
        private readonly byte[] _encoded;
        private readonly byte[] _all;
        private readonly byte[] _live;
        private int _absent;
        private int _version;
        private int _liveVersion;

        /// <summary>Makes an object.</summary>
        /// <param name="eoj">Its code, with an instance of 1 or more.</param>
        /// <param name="values">Where its values come from.</param>
        /// <param name="tables">Its table: what it shares with other classes, then what is its own.</param>
        internal EchonetObject(int eoj, PropertyValues values, params byte[][] tables)
        {
            Code = eoj;
            Values = values;
            _rows = Join(tables);
            int rows = _rows.Length / RowLength;
            _lengths = new byte[rows];
            _places = new ushort[rows];
            int end = 0;
            for (int row = 1; row < rows; row++)
            {
                int length = (AccessOf(row) & Access.Get) == 0 ? 0 : KindOf(row).EncodedLength;
                _lengths[row] = (byte)length;
                _places[row] = (ushort)end;
                end += length;
            }

            Enter();
            _encoded = new byte[end];
            _all = EncodedRows(Access.Get);
            _live = EncodedRows(Access.Live);
        }

        /// <summary>The object's code.</summary>
        public int Code { get; }

        /// <summary>Whether the object is there now; while it is not, requests to it are not answered.</summary>
        public bool IsPresent
        {
            get { return Values.IsPresent; }
        }

        /// <summary>Where its values come from.</summary>
        internal PropertyValues Values { get; }

        /// <summary>Whether a property is in the announcement map.</summary>
        public bool IsAnnounced(byte epc)
        {
            return Allows(epc, Access.Inf);
        }

        /// <summary>Takes over what has changed since; called once before the properties of a frame are read.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Refresh(long now)
        {
            PropertyValues values = Values;
            values.Refresh(now);
            if (_version != values.Version)
            {
                _version = values.Version;
                if (_absent != values.Absent)
                {
                    _absent = values.Absent;
                    Enter();
                }

                Encode(_all);
            }
            else if (_liveVersion != values.LiveVersion)
            {
                Encode(_live);
            }

            _liveVersion = values.LiveVersion;
        }

        /// <summary>Reads a property.</summary>
        /// <param name="epc">Its code, any value.</param>
        /// <param name="terminal">Who asks.</param>
        /// <param name="buffer">Takes the value; has room for 255 bytes from <paramref name="offset"/> on.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>Bytes written, 1…255, or <see cref="NotServed"/>.</returns>
        public int Read(byte epc, Terminal terminal, byte[] buffer, int offset)
        {
            int row = epc < FirstEpc ? 0 : _rowOf[epc - FirstEpc];
            int length = _lengths[row];
            if (length > 0)
            {
                Array.Copy(_encoded, _places[row], buffer, offset, length);
                return length;
            }

            return (AccessOf(row) & Access.Get) == 0
                ? NotServed
                : KindOf(row).Read(this, row, terminal, buffer, offset);
        }

        /// <summary>Writes a property.</summary>
        /// <param name="epc">Its code, any value.</param>
        /// <param name="terminal">Who asks.</param>
        /// <param name="buffer">Holds the value.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="length">Its length in bytes, 0…255.</param>
        /// <returns>False, and nothing changed, when the property or the value is refused.</returns>
        public bool Write(byte epc, Terminal terminal, byte[] buffer, int offset, int length)
        {
            int row = RowOf(epc);
            return (AccessOf(row) & Access.Set) != 0
                && (KindOf(row).SelectorLength == 0 || terminal.Selects())
                && KindOf(row).Write(this, row, terminal, buffer, offset, length);
        }

        /// <summary>Whether a property is in the table with an access.</summary>
        internal bool Allows(byte epc, int access)
        {
            return (AccessOf(RowOf(epc)) & access) != 0;
        }

        /// <summary>The column source of a row.</summary>
        internal int SourceOf(int row)
        {
            return _rows[(row * RowLength) + SourceAt];
        }

        /// <summary>The column with of a row.</summary>
        internal int WithOf(int row)
        {
            return _rows[(row * RowLength) + WithAt];
        }

        /// <summary>Where in <see cref="Terminal.Selectors"/> the selector of a row is.</summary>
        internal int PlaceOf(int row)
        {
            return _places[row];
        }

        /// <summary>Where in <see cref="Terminal.Selectors"/> the selector is that a row is atomic with: the EPC in its
        /// column with.</summary>
        internal int SelectorPlaceOf(int row)
        {
            return _places[RowOf((byte)WithOf(row))];
        }

        /// <summary>Gives the object's selectors their places behind those of the node's other objects.</summary>
        /// <param name="end">Where the others end.</param>
        /// <returns>Where these end.</returns>
        internal int PlaceSelectors(int end)
        {
            for (int row = 1; row < _lengths.Length; row++)
            {
                int length = KindOf(row).SelectorLength;
                if (length > 0)
                {
                    _places[row] = (ushort)end;
                    end += length;
                }
            }

            return end;
        }

        /// <summary>Writes the defaults of the object's selectors.</summary>
        internal void WriteDefaults(byte[] selectors)
        {
            for (int row = 1; row < _lengths.Length; row++)
            {
                KindOf(row).WriteDefault(selectors, _places[row]);
            }
        }

        /// <summary>The properties that have an access, by code.</summary>
        /// <param name="access">What they have.</param>
        /// <param name="without">What they do not have.</param>
        internal byte[] PropertiesWith(int access, int without = 0)
        {
            var found = new byte[_lengths.Length];
            int count = 0;
            for (int epc = FirstEpc; epc <= byte.MaxValue; epc++)
            {
                if (Allows((byte)epc, access) && !Allows((byte)epc, without))
                {
                    found[count++] = (byte)epc;
                }
            }

            return First(found, count);
        }

        private static byte[] Join(byte[][] tables)
        {
            int length = RowLength;
            for (int i = 0; i < tables.Length; i++)
            {
                length += tables[i].Length;
            }

            var rows = new byte[length];
            int end = RowLength;
            for (int i = 0; i < tables.Length; i++)
            {
                tables[i].CopyTo(rows, end);
                end += tables[i].Length;
            }

            return rows;
        }

        // The properties that are there: one that is not is like one that the class does not have.
        private void Enter()
        {
            for (int row = 1; row < _lengths.Length; row++)
            {
                bool isThere = (AccessOf(row) & _absent) == 0;
                _rowOf[_rows[row * RowLength] - FirstEpc] = (byte)(isThere ? row : 0);
            }
        }

        private int RowOf(byte epc)
        {
            return epc < FirstEpc ? 0 : _rowOf[epc - FirstEpc];
        }

        private int AccessOf(int row)
        {
            return _rows[(row * RowLength) + AccessAt];
        }

        private PropertyKind KindOf(int row)
        {
            return Kind.Of(_rows[(row * RowLength) + KindAt]);
        }

        // The rows that are encoded ahead and have an access.
        private byte[] EncodedRows(int access)
        {
            var found = new byte[_lengths.Length];
            int count = 0;
            for (int row = 1; row < _lengths.Length; row++)
            {
                if (_lengths[row] > 0 && (AccessOf(row) & access) != 0)
                {
                    found[count++] = (byte)row;
                }
            }

            return First(found, count);
        }

        private static byte[] First(byte[] found, int count)
        {
            var first = new byte[count];
            Array.Copy(found, first, count);
            return first;
        }

        private void Encode(byte[] rows)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                KindOf(rows[i]).Read(this, rows[i], null, _encoded, _places[rows[i]]);
            }
        }
    }
}
