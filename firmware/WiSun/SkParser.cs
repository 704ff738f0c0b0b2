using System;

namespace NanoComm.WiSun
{
    /// <summary>
    /// Takes what a module sends, in any split, and gives it line by line as events. What has not exactly the form
    /// that the command reference gives is passed over to the end of its line: a datagram whose header was damaged is
    /// none. Of a datagram only the header is kept as a line: its data go to where they are to stay as they come in.
    /// Allocates nothing after it was made. Clauses are those of the BP35A1 command reference.
    /// </summary>
    public sealed class SkParser
    {
        /// <summary>For <see cref="Value"/>, <see cref="Parameter"/> and <see cref="Lqi"/>: there is none.</summary>
        public const int NoValue = -1;

        /// <summary>Longest UDP payload in bytes.</summary>
        public const int MaxDataLength = 1232;

        /// <summary>Length of an IPv6 address in bytes.</summary>
        public const int AddressLength = 16;

        /// <summary>Length of a MAC address (EUI-64) in bytes.</summary>
        public const int MacLength = 8;

        /// <summary>The lowest channel, 922.5 MHz.</summary>
        public const int FirstChannel = 0x21;

        /// <summary>Channels from <see cref="FirstChannel"/> on.</summary>
        public const int ChannelCount = 28;

        /// <summary>In <see cref="Energies"/>: the channel was not measured.</summary>
        public const byte NotMeasured = 0xFF;

        /// <summary>Length of an IPv6 address as text.</summary>
        internal const int AddressDigits = 39;

        private const byte Cr = 0x0D;
        private const byte Lf = 0x0A;
        private const byte Blank = 0x20;
        private const int LengthDigits = 4;

        // SFD has 64 bits.
        private const int LongestRegister = 16;

        // ERXUDP, both addresses, both ports and the MAC address, with a blank behind each.
        private const int FixedHeaderLength = 114;

        // LQI, security, side and length, with a blank behind each.
        private const int MaxHeaderLength = FixedHeaderLength + 12;

        // EEDSCAN with all channels in one line has 168; the longest echo and every other line have less.
        private const int MaxLineLength = 192;

        private readonly SkLine _line = new SkLine(MaxLineLength);
        private List _list;
        private bool _hasHeader;
        private bool _isDamaged;
        private bool _isPassedOver;
        private int _headerLength;
        private int _dataLeft;
        private int _firstDigit = NoValue;

        /// <summary>Makes it.</summary>
        /// <param name="received">Where the data of a datagram go, behind those that wait there.</param>
        public SkParser(DatagramQueue received)
        {
            Received = received;
        }

        // What the lines behind a heading are.
        private enum List
        {
            None,
            Energies,
            Pan,
            Ports,
        }

        /// <summary>Whether the data of ERXUDP come as they are; false: as hexadecimal digits (ROPT, WOPT).</summary>
        public bool IsBinary { get; set; }

        /// <summary>Whether a line has begun.</summary>
        public bool IsInLine
        {
            get { return _line.Length > 0 || _line.IsTooLong; }
        }

        /// <summary>Lines passed over, since the start: too long, damaged or unknown.</summary>
        public int Unknown { get; private set; }

        /// <summary>Number of an EVENT or a FAIL.</summary>
        public int Number { get; private set; }

        /// <summary>Last parameter of an EVENT, 0…255, or <see cref="NoValue"/>.</summary>
        public int Parameter { get; private set; }

        /// <summary>Value of OK, ESREG or a port, 0 and up; or <see cref="NoValue"/>.</summary>
        public long Value { get; private set; }

        /// <summary>IPv6 address that an event is about: of a datagram the sender's.</summary>
        public byte[] Address { get; } = new byte[AddressLength];

        /// <summary>Where a datagram was sent to: our address or a group's.</summary>
        public byte[] Destination { get; } = new byte[AddressLength];

        /// <summary>MAC address (EUI-64): of a datagram the sender's.</summary>
        public byte[] Mac { get; } = new byte[MacLength];

        /// <summary>UDP port that a datagram came from.</summary>
        public int RemotePort { get; private set; }

        /// <summary>UDP port that a datagram was sent to.</summary>
        public int LocalPort { get; private set; }

        /// <summary>Link quality, 0…255, or <see cref="NoValue"/> where the module does not tell.</summary>
        public int Lqi { get; private set; }

        /// <summary>Whether a datagram came encrypted.</summary>
        public bool IsSecured { get; private set; }

        /// <summary>Where a datagram's data are, from <see cref="DatagramQueue.End"/> on; valid until the next call,
        /// unless they are kept there.</summary>
        public DatagramQueue Received { get; }

        /// <summary>Whether there was room for a datagram's data.</summary>
        public bool HasData { get; private set; }

        /// <summary>The data's length in bytes, 0…<see cref="MaxDataLength"/>.</summary>
        public int DataLength { get; private set; }

        /// <summary>Channel, 0x21…0x3C.</summary>
        public int Channel { get; private set; }

        /// <summary>PAN id.</summary>
        public int PanId { get; private set; }

        /// <summary>The dialect that the last EINFO showed; A1 before there was one.</summary>
        public SkDialect Dialect { get; private set; } = SkDialect.A1;

        /// <summary>Energy of each channel from <see cref="FirstChannel"/> on, as an LQI.</summary>
        public byte[] Energies { get; } = new byte[ChannelCount];

        /// <summary>Gives up a line that has begun: the module has fallen silent within it.</summary>
        public void Reset()
        {
            if (IsInLine)
            {
                Unknown++;
            }

            _list = List.None;
            StartLine();
        }

        /// <summary>Takes bytes up to the end of the next event.</summary>
        /// <param name="bytes">What the module sent.</param>
        /// <param name="offset">The first byte to take; moved on.</param>
        /// <param name="end">Where the bytes end.</param>
        /// <returns>The event, whose properties stay until the next call; <see cref="SkEventKind.None"/> when all
        /// bytes are taken and no event is complete.</returns>
        public SkEventKind Take(byte[] bytes, ref int offset, int end)
        {
            while (offset < end)
            {
                byte next = bytes[offset];
                if (_dataLeft > 0)
                {
                    TakeData(bytes, ref offset, end);
                }
                else if (next != Cr && next != Lf)
                {
                    TakeText(bytes, ref offset, end);
                }
                else
                {
                    offset++;
                    SkEventKind kind = IsInLine ? EndLine() : SkEventKind.None;
                    if (kind != SkEventKind.None)
                    {
                        return kind;
                    }
                }
            }

            return SkEventKind.None;
        }

        private void StartLine()
        {
            _line.Clear();
            _hasHeader = false;
            _isDamaged = false;
            _isPassedOver = false;
            _dataLeft = 0;
            _firstDigit = NoValue;
        }

        private void TakeData(byte[] bytes, ref int offset, int end)
        {
            if (!IsBinary)
            {
                TakeDigits(bytes, ref offset, end);
                return;
            }

            int count = end - offset < _dataLeft ? end - offset : _dataLeft;
            if (HasData)
            {
                Array.Copy(bytes, offset, Received.Bytes, Received.End + DataLength - _dataLeft, count);
            }

            _dataLeft -= count;
            offset += count;
        }

        // A byte has two digits, and what has arrived may end between them.
        private void TakeDigits(byte[] bytes, ref int offset, int end)
        {
            sbyte[] digits = SkDigits.Values;
            byte[] data = Received.Bytes;
            int first = Received.End + DataLength - _dataLeft;
            int at = first;
            int from = offset;
            int value = 0;
            if (_firstDigit != NoValue)
            {
                int low = digits[bytes[from++]];
                value = (_firstDigit << 4) | low;
                data[at++] = (byte)value;
                _firstDigit = NoValue;
            }

            int pairs = (end - from) / 2;
            int left = first + _dataLeft - at;
            int stop = from + (2 * (pairs < left ? pairs : left));
            while (value >= 0 && from < stop)
            {
                int low = digits[bytes[from + 1]];
                value = (digits[bytes[from]] << 4) | low;
                data[at++] = (byte)value;
                from += 2;
            }

            _dataLeft = first + _dataLeft - at;
            if (value >= 0 && _dataLeft > 0 && from < end)
            {
                value = digits[bytes[from++]];
                _firstDigit = value;
            }

            if (value < 0)
            {
                // What is no digit is looked at as text: it may be the line's end.
                from -= from - offset > 1 && digits[bytes[from - 2]] < 0 ? 2 : 1;
                _isDamaged = true;
                _dataLeft = 0;
            }

            offset = from;
        }

        // A stretch of text at once: each byte by itself would cost the interpreter more time than it took to arrive.
        private void TakeText(byte[] bytes, ref int offset, int end)
        {
            int length = _line.Length;
            if (length >= FixedHeaderLength && length < MaxHeaderLength && !_hasHeader)
            {
                // Here each byte may be the last one of a header.
                _line.Add(bytes, offset, 1);
                offset++;
                FindHeader();
                return;
            }

            if (length < FixedHeaderLength && end - offset > FixedHeaderLength - length)
            {
                end = offset + FixedHeaderLength - length;
            }

            int stop = offset;
            while (stop < end && bytes[stop] != Cr && bytes[stop] != Lf)
            {
                stop++;
            }

            if (!_isPassedOver)
            {
                _line.Add(bytes, offset, stop - offset);
            }

            offset = stop;
        }

        // Behind the fixed part of a header, its length is the only field of four digits, and the last.
        private void FindHeader()
        {
            int length = _line.Length;
            if (length <= FixedHeaderLength + LengthDigits || _line[length - 1] != Blank
                || _line[length - LengthDigits - 2] != Blank)
            {
                return;
            }

            _line.Rewind();
            if (_line.SkipWord("ERXUDP") && ReadDatagramHeader() && _line.IsAtEnd)
            {
                _hasHeader = true;
                _headerLength = length;
                HasData = Received.Fits(DataLength);
                _isPassedOver = !HasData && !IsBinary;
                _dataLeft = _isPassedOver ? 0 : DataLength;
            }
        }

        private SkEventKind EndLine()
        {
            _line.Rewind();
            SkEventKind kind = SkEventKind.None;
            if (_isDamaged || _line.IsTooLong || !Read(ref kind))
            {
                kind = SkEventKind.None;
                Unknown++;
            }

            StartLine();
            return kind;
        }

        // False for a line that is none of the module's; true without a kind for one that says nothing by itself.
        private bool Read(ref SkEventKind kind)
        {
            switch (_line[0])
            {
                case (byte)'E':
                    _list = List.None;
                    return ReadEvent(ref kind);
                case (byte)'O':
                case (byte)'F':
                    if (_line.WordLength <= 4)
                    {
                        _list = List.None;
                        return ReadResult(ref kind);
                    }

                    return ReadAlone(ref kind);
                case Blank:
                    return _list == List.Pan && ReadPan(ref kind);
                case (byte)'S':
                case (byte)'R':
                case (byte)'W':
                    return IsEcho();
                default:
                    return ReadAlone(ref kind);
            }
        }

        // 3.1 SKSREG, SFE: what we sent, back. It may hold the password, and is not looked at.
        private bool IsEcho()
        {
            return _line.Skip("SK") || _line.Skip("ROPT") || _line.Skip("WOPT");
        }

        private bool ReadResult(ref SkEventKind kind)
        {
            if (_line.SkipWord("OK"))
            {
                kind = SkEventKind.Ok;
                Value = NoValue;
                return _line.IsAtEnd || ReadValue();
            }

            kind = SkEventKind.Fail;
            if (!_line.SkipWord("FAIL") || !_line.Skip("ER") || !_line.ReadDecimal(out long number))
            {
                return false;
            }

            Number = (int)number;
            return _line.IsAtEnd;
        }

        private bool ReadEvent(ref SkEventKind kind)
        {
            if (_line.SkipWord("ERXUDP"))
            {
                // Without a header that was found, only one that ends right behind a length of 0.
                kind = SkEventKind.Datagram;
                HasData = _hasHeader ? HasData : Received.Fits(0);
                return _hasHeader ? _line.Length == _headerLength
                    : ReadDatagramHeader() && DataLength == 0 && _line.IsAtEnd;
            }

            if (_line.SkipWord("EVENT"))
            {
                kind = SkEventKind.Event;
                return ReadNumberedEvent();
            }

            if (_line.SkipWord("ESREG"))
            {
                kind = SkEventKind.Register;
                return ReadValue();
            }

            if (_line.SkipWord("EINFO"))
            {
                kind = SkEventKind.Info;
                return ReadInfo();
            }

            if (_line.SkipWord("EVER"))
            {
                kind = SkEventKind.Version;
                return !_line.IsAtEnd;
            }

            return ReadHeading(ref kind);
        }

        // 4.5 EPANDESC, 4.6 EEDSCAN, 4.7 EPORT: lines follow.
        private bool ReadHeading(ref SkEventKind kind)
        {
            if (_line.SkipWord("EEDSCAN"))
            {
                _list = List.Energies;
                return _line.IsAtEnd || ReadEnergies(ref kind);
            }

            if (_line.SkipWord("EPANDESC"))
            {
                _list = List.Pan;
                Channel = 0;
                PanId = NoValue;
                Array.Clear(Mac, 0, MacLength);
                return _line.IsAtEnd;
            }

            if (_line.SkipWord("EPORT"))
            {
                _list = List.Ports;
                return _line.IsAtEnd;
            }

            return false;
        }

        private bool ReadAlone(ref SkEventKind kind)
        {
            if (_list == List.Energies)
            {
                return ReadEnergies(ref kind);
            }

            if (_list == List.Ports && _line.ReadDecimal(out long port))
            {
                kind = SkEventKind.Port;
                Value = port;
                return _line.IsAtEnd;
            }

            _line.Rewind();
            kind = SkEventKind.Address;
            return _line.ReadAddress(Address) && _line.IsAtEnd;
        }

        private bool ReadValue()
        {
            Value = NoValue;
            if (_line.WordLength > LongestRegister || !_line.ReadHex(_line.WordLength, out long value))
            {
                return false;
            }

            Value = value;
            return _line.IsAtEnd;
        }

        // 4.8 EVENT.
        private bool ReadNumberedEvent()
        {
            Parameter = NoValue;
            Array.Clear(Address, 0, AddressLength);
            if (!_line.ReadHex(2, out int number))
            {
                return false;
            }

            Number = number;
            if (_line.WordLength == AddressDigits && !_line.ReadAddress(Address))
            {
                return false;
            }

            if (!SkipSide())
            {
                return false;
            }

            if (_line.IsAtEnd)
            {
                return true;
            }

            bool isRead = _line.ReadHex(2, out int parameter) && _line.IsAtEnd;
            Parameter = parameter;
            return isRead;
        }

        // 3.2 SKINFO.
        private bool ReadInfo()
        {
            if (!_line.ReadAddress(Address) || !_line.ReadBytes(Mac, MacLength) || !_line.ReadHex(2, out int channel)
                || !_line.ReadHex(4, out int pan))
            {
                return false;
            }

            Channel = channel;
            PanId = pan;
            int digits = _line.WordLength;
            SkDialect dialect = SkDialect.OfInfoTail(digits);
            if (dialect == null || !_line.ReadHex(digits, out int _) || !_line.IsAtEnd)
            {
                return false;
            }

            Dialect = dialect;
            return true;
        }

        // 4.1 ERXUDP: src dst rport lport mac [lqi] sec [side] len; see SkDialect.
        private bool ReadDatagramHeader()
        {
            if (!_line.ReadAddress(Address) || !_line.ReadAddress(Destination) || !_line.ReadHex(4, out int remote)
                || !_line.ReadHex(4, out int local) || !_line.ReadBytes(Mac, MacLength))
            {
                return false;
            }

            int lqi = NoValue;
            if ((_line.WordLength == 2 && !_line.ReadHex(2, out lqi)) || !_line.ReadHex(1, out int security)
                || security > 1 || !SkipSide() || !_line.ReadHex(LengthDigits, out int length)
                || length > MaxDataLength)
            {
                return false;
            }

            RemotePort = remote;
            LocalPort = local;
            Lqi = lqi;
            IsSecured = security == 1;
            DataLength = length;
            return true;
        }

        private bool SkipSide()
        {
            return _line.WordLength != 1 || _line.ReadHex(1, out int _);
        }

        // 4.6 EEDSCAN: pairs of channel and energy.
        private bool ReadEnergies(ref SkEventKind kind)
        {
            kind = SkEventKind.Energies;
            for (int i = 0; i < ChannelCount; i++)
            {
                Energies[i] = NotMeasured;
            }

            while (!_line.IsAtEnd)
            {
                if (!_line.ReadHex(2, out int channel) || !_line.ReadHex(2, out int energy)
                    || channel < FirstChannel || channel >= FirstChannel + ChannelCount)
                {
                    return false;
                }

                Energies[channel - FirstChannel] = (byte)energy;
            }

            return true;
        }

        // 4.5 EPANDESC: its lines come in a fixed order; with the LQI everything is known.
        private bool ReadPan(ref SkEventKind kind)
        {
            if (_line.Skip("  Channel:"))
            {
                bool isChannel = _line.ReadHex(2, out int channel) && _line.IsAtEnd;
                Channel = channel;
                return isChannel;
            }

            if (_line.Skip("  Pan ID:"))
            {
                bool isPan = _line.ReadHex(4, out int pan) && _line.IsAtEnd;
                PanId = isPan ? pan : NoValue;
                return isPan;
            }

            if (_line.Skip("  Addr:"))
            {
                return _line.ReadBytes(Mac, MacLength) && _line.IsAtEnd;
            }

            if (!_line.Skip("  LQI:"))
            {
                return true;
            }

            bool isLqi = _line.ReadHex(2, out int lqi) && _line.IsAtEnd;
            Lqi = lqi;
            kind = SkEventKind.Pan;
            return isLqi && PanId != NoValue;
        }
    }
}
