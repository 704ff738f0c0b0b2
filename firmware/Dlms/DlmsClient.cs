using System;
using NanoComm.Hal;

namespace NanoComm.Dlms
{
    /// <summary>
    /// A DLMS/COSEM client over one HDLC line: associate, read, act. It knows no meter. Calls block and
    /// belong to one loop; nothing is allocated after the constructor. What a call returned is valid until the next.
    /// </summary>
    public sealed class DlmsClient
    {
        private const byte Normal = 1;
        private const byte WithBlock = 2;
        private const byte WithList = 3;
        private const byte Data = 0;
        private const byte AccessResult = 1;

        private readonly Association _association;
        private readonly ApduReader _reader;
        private readonly ApduWriter _writer;
        private readonly RowSplitter _rows = new RowSplitter();
        private readonly byte[] _data;
        private int _dataLength;
        private int _kept;
        private int _invokeId;
        private int _kind;

        /// <summary>Makes a client, not associated.</summary>
        /// <param name="line">The line to the server, from now on this client's alone.</param>
        /// <param name="loops">Makes the signal that waits for the line.</param>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="random">Makes the challenges.</param>
        /// <param name="settings">Sizes and times; not changed afterwards.</param>
        public DlmsClient(
            ISerialLine line, ILoops loops, IClock clock, IRandomSource random, LinkSettings settings)
        {
            Link = new HdlcLink(line, loops, clock, settings);
            _association = new Association(Link, random, settings);
            _reader = _association.Reader;
            _writer = _association.Writer;
            _data = new byte[settings.MaxData];
        }

        /// <summary>The link, for its statistics.</summary>
        public HdlcLink Link { get; }

        /// <summary>Whether there is an association, as far as this side knows, of this client with these keys.</summary>
        /// <param name="clientAddress">The client's SAP.</param>
        /// <param name="security">What was associated with; null for an association without keys.</param>
        public bool IsAssociatedWith(int clientAddress, SecurityContext security)
        {
            return _association.IsOpen && _association.ClientAddress == clientAddress
                && _association.Security == security;
        }

        /// <summary>Why the last call did not end well.</summary>
        public DlmsDetail Detail => _association.Detail;

        /// <summary>The code that goes with <see cref="Detail"/>.</summary>
        public int DetailCode => _association.DetailCode;

        /// <summary>Holds what a method returned.</summary>
        public byte[] Returned => _reader.Buffer;

        /// <summary>Offset in <see cref="Returned"/> of the system title that the server told when the association was
        /// opened; -1 when it told none. Nothing protects it in an association without keys.</summary>
        public int TitleOffset => _association.TitleOffset;

        /// <summary>Opens link and association, whatever was before.</summary>
        /// <param name="clientAddress">The client's SAP, 1…127.</param>
        /// <param name="security">Titles, keys and counter; null for an association without authentication and
        /// ciphering.</param>
        public DlmsResult Associate(int clientAddress, SecurityContext security)
        {
            return _association.Open(clientAddress, security);
        }

        /// <summary>Opens a link, and sends an APDU as it is: the server has an association for this client without being
        /// asked for one (pre-established), or needs none. Not associated afterwards.</summary>
        /// <param name="clientAddress">The client's SAP, 1…127.</param>
        /// <param name="apdu">Holds the APDU.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="responseLength">Length in bytes of the answer, which is in <see cref="Returned"/> from index 0
        /// on, as it came: nothing protects it.</param>
        public DlmsResult Deliver(int clientAddress, byte[] apdu, int offset, int length, out int responseLength)
        {
            return _association.Deliver(clientAddress, apdu, offset, length, out responseLength);
        }

        /// <summary>Reads an attribute.</summary>
        /// <param name="item">The attribute; takes the value.</param>
        public DlmsResult Get(GetItem item)
        {
            item.Refuse(DataAccessResult.OtherReason);
            DlmsResult result = AskNormal(item);
            if (result == DlmsResult.Ok && _kind == WithBlock)
            {
                result = ReceiveBlocks(false);
            }

            if (result != DlmsResult.Ok)
            {
                return Refuse(item, result);
            }

            int offset = _reader.Position;
            int length = _reader.SkipData();
            if (!_reader.IsAtEnd)
            {
                return Malformed();
            }

            item.Put(_reader.Buffer, offset, length);
            return DlmsResult.Ok;
        }

        /// <summary>Reads an attribute that is an array, and hands out its elements as they come: it may be longer
        /// than any buffer.</summary>
        /// <param name="item">The attribute; takes the result, no value.</param>
        /// <param name="sink">Takes the elements.</param>
        public DlmsResult GetRows(GetItem item, IRowSink sink)
        {
            item.Refuse(DataAccessResult.OtherReason);
            _rows.Begin(sink);
            DlmsResult result = AskNormal(item);
            if (result == DlmsResult.Ok)
            {
                result = _kind == WithBlock ? ReceiveBlocks(true) : ReceiveRows();
            }

            if (result != DlmsResult.Ok)
            {
                return Refuse(item, result);
            }

            if (!_rows.IsComplete)
            {
                return Malformed();
            }

            item.Refuse(DataAccessResult.Success);
            return DlmsResult.Ok;
        }

        /// <summary>Whether all these bits were negotiated with the association.</summary>
        /// <param name="conformance">Bits of <see cref="Conformance"/>.</param>
        public bool Supports(int conformance)
        {
            return _association.Supports(conformance);
        }

        /// <summary>Reads several attributes: in one request, or one after the other where the server takes no
        /// lists.</summary>
        /// <param name="items">The attributes; each takes its value or refusal.</param>
        /// <param name="isQuick">As <see cref="HdlcLink.IsQuick"/>.</param>
        /// <returns><see cref="DlmsResult.Ok"/> when each item has a result, be it a refusal.</returns>
        public DlmsResult GetWithList(GetItem[] items, bool isQuick = false)
        {
            Link.IsQuick = isQuick;
            DlmsResult result = _association.IsOpen && !Supports(Conformance.MultipleReferences)
                ? GetEach(items)
                : GetList(items);
            Link.IsQuick = false;
            return result;
        }

        /// <summary>Calls a method.</summary>
        /// <param name="method">The method.</param>
        /// <param name="parameter">Holds its parameter, of type Data, from index 0; null for none.</param>
        /// <param name="parameterLength">Length of the parameter in bytes.</param>
        /// <param name="offset">Offset in <see cref="Returned"/> of what it returned, of type Data.</param>
        /// <param name="length">Length of that in bytes; 0 when it returned nothing.</param>
        public DlmsResult Act(
            CosemDescriptor method, byte[] parameter, int parameterLength, out int offset, out int length)
        {
            offset = 0;
            length = 0;
            Begin();
            ActionRequest.WriteHead(_writer, _invokeId, method, parameter != null);
            if (parameter != null)
            {
                _writer.Write(parameter, 0, parameterLength);
            }

            DlmsResult result = Ask(Conformance.Action, ApduTag.ActionResponse);
            if (result != DlmsResult.Ok)
            {
                return result;
            }

            DlmsDetail detail = ActionResponse.Read(_reader, _invokeId, out int code, out offset, out length);
            return detail == DlmsDetail.None ? DlmsResult.Ok
                : _association.Fail(
                    ActionResponse.IsRefusal(detail) ? DlmsResult.Refused : DlmsResult.ProtocolError, detail, code);
        }

        // What an item has is good until the next answer: it is kept in the buffer for data in blocks.
        private DlmsResult GetEach(GetItem[] items)
        {
            DlmsResult result = DlmsResult.Ok;
            for (int i = 0; i < items.Length && result == DlmsResult.Ok; i++)
            {
                result = Get(items[i]);
                if (result == DlmsResult.Ok)
                {
                    result = Keep(items[i]);
                }
                else if (result == DlmsResult.Refused && _association.IsOpen)
                {
                    result = DlmsResult.Ok;
                }
            }

            _kept = 0;
            if (result != DlmsResult.Ok)
            {
                RefuseAll(items);
            }

            return result;
        }

        private DlmsResult Keep(GetItem item)
        {
            if (item.Length > _data.Length - _kept)
            {
                return _association.Fail(DlmsResult.ProtocolError, DlmsDetail.TooLong, 0);
            }

            Array.Copy(item.Buffer, item.Offset, _data, _kept, item.Length);
            item.Put(_data, _kept, item.Length);
            _kept += item.Length;
            return DlmsResult.Ok;
        }

        private DlmsResult GetList(GetItem[] items)
        {
            Begin();
            GetRequest.WriteList(_writer, _invokeId, items);
            DlmsResult result = AskGet(Conformance.Get | Conformance.MultipleReferences);
            if (result == DlmsResult.Ok && _kind == WithBlock)
            {
                result = ReceiveBlocks(false);
            }
            else if (result == DlmsResult.Ok && _kind != WithList)
            {
                result = Malformed();
            }

            if (result == DlmsResult.Ok)
            {
                if (ReadList(items))
                {
                    return DlmsResult.Ok;
                }

                result = Malformed();
            }

            RefuseAll(items);
            return result;
        }

        private static void RefuseAll(GetItem[] items)
        {
            for (int i = 0; i < items.Length; i++)
            {
                items[i].Refuse(DataAccessResult.OtherReason);
            }
        }

        private void Begin()
        {
            _invokeId = (_invokeId + 1) & InvokeId.Mask;
            _association.Begin();
        }

        private DlmsResult Ask(int conformance, byte responseTag)
        {
            return _association.IsOpen && !_association.Supports(conformance)
                ? _association.Fail(DlmsResult.Refused, DlmsDetail.Conformance, conformance)
                : _association.Ask(responseTag);
        }

        // Sends a GET request and reads its response up to the kind of response and the invoke-id.
        private DlmsResult AskGet(int conformance)
        {
            DlmsResult result = Ask(conformance, ApduTag.GetResponse);
            if (result != DlmsResult.Ok)
            {
                return result;
            }

            _kind = _reader.ReadU8();
            return InvokeId.Matches(_reader.ReadU8(), _invokeId) || !_reader.IsGood
                ? DlmsResult.Ok
                : _association.Fail(DlmsResult.ProtocolError, DlmsDetail.Mismatch, 0);
        }

        // Leaves the reader at the value, or at the first block.
        private DlmsResult AskNormal(GetItem item)
        {
            Begin();
            GetRequest.WriteNormal(_writer, _invokeId, item);
            DlmsResult result =
                AskGet(item.Selector == null ? Conformance.Get : Conformance.Get | Conformance.SelectiveAccess);
            if (result != DlmsResult.Ok || _kind == WithBlock)
            {
                return result;
            }

            return _kind == Normal ? ReadChoice() : Malformed();
        }

        // Data or data-access-result; the reader stays at the data.
        private DlmsResult ReadChoice()
        {
            int choice = _reader.ReadU8();
            if (choice != AccessResult)
            {
                return choice == Data && _reader.IsGood ? DlmsResult.Ok : Malformed();
            }

            int code = _reader.ReadU8();
            return _reader.IsAtEnd
                ? _association.Fail(DlmsResult.Refused, DlmsDetail.DataAccessResult, code)
                : Malformed();
        }

        // Gathers the blocks, the first of which is in the reader; afterwards the reader is at what they add up to.
        // Or hands out rows on the way and keeps only what is not yet a whole one.
        private DlmsResult ReceiveBlocks(bool isRows)
        {
            _dataLength = _kept;
            for (uint block = 1; ; block++)
            {
                DlmsResult result = ReceiveBlock(block, out bool isLast);
                if (result == DlmsResult.Ok && isRows)
                {
                    result = TakeRows();
                }

                if (result != DlmsResult.Ok || isLast)
                {
                    _reader.Open(_data, _kept, _dataLength - _kept);
                    return result;
                }

                _association.Begin();
                GetRequest.WriteNext(_writer, _invokeId, block);
                result = AskGet(Conformance.Get);
                if (result != DlmsResult.Ok)
                {
                    return result;
                }

                if (_kind != WithBlock)
                {
                    return Malformed();
                }
            }
        }

        private DlmsResult ReceiveBlock(uint expected, out bool isLast)
        {
            isLast = _reader.ReadU8() != 0;
            uint block = _reader.ReadU32();
            DlmsResult result = ReadChoice();
            if (result != DlmsResult.Ok)
            {
                return result;
            }

            int length = _reader.ReadLength();
            int offset = _reader.Take(length);
            if (!_reader.IsAtEnd || (length == 0 && !isLast))
            {
                return Malformed();
            }

            if (block != expected)
            {
                return _association.Fail(DlmsResult.ProtocolError, DlmsDetail.Mismatch, 0);
            }

            if (length > _data.Length - _dataLength)
            {
                return _association.Fail(DlmsResult.ProtocolError, DlmsDetail.TooLong, 0);
            }

            Array.Copy(_reader.Buffer, offset, _data, _dataLength, length);
            _dataLength += length;
            return DlmsResult.Ok;
        }

        private DlmsResult TakeRows()
        {
            int taken = _rows.Take(_data, 0, _dataLength);
            if (taken == RowSplitter.Malformed)
            {
                return Malformed();
            }

            _dataLength -= taken;
            Array.Copy(_data, taken, _data, 0, _dataLength);
            return DlmsResult.Ok;
        }

        private DlmsResult ReceiveRows()
        {
            int length = _reader.Remaining;
            return _rows.Take(_reader.Buffer, _reader.Position, _reader.Position + length) == length
                ? DlmsResult.Ok
                : Malformed();
        }

        private bool ReadList(GetItem[] items)
        {
            if (_reader.ReadCount() != items.Length)
            {
                return false;
            }

            for (int i = 0; i < items.Length; i++)
            {
                int choice = _reader.ReadU8();
                if (choice == AccessResult)
                {
                    int code = _reader.ReadU8();
                    if (code == (int)DataAccessResult.Success)
                    {
                        return false;
                    }

                    items[i].Refuse((DataAccessResult)code);
                    continue;
                }

                if (choice != Data)
                {
                    return false;
                }

                int offset = _reader.Position;
                items[i].Put(_reader.Buffer, offset, _reader.SkipData());
            }

            return _reader.IsAtEnd;
        }

        private DlmsResult Refuse(GetItem item, DlmsResult result)
        {
            if (result == DlmsResult.Refused && Detail == DlmsDetail.DataAccessResult && DetailCode != 0)
            {
                item.Refuse((DataAccessResult)DetailCode);
            }

            return result;
        }

        private DlmsResult Malformed()
        {
            return _association.Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, 0);
        }
    }
}
