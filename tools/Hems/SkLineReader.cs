using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NanoComm.Hems
{
    /// <summary>
    /// Makes sense of the bytes of a Wi-SUN module, however they are cut. Both dialects, by the width of the fields of
    /// ERXUDP: behind the MAC address (16 digits) come an LQI (2, not always), sec (1), a side (1, C2 only), and the
    /// length (4). Data may be binary (WOPT 00) or hexadecimal (WOPT 01): what we are sent begins with 10 (ECHONET Lite)
    /// or 00 (PANA), and neither is the code of a digit.
    /// </summary>
    internal sealed class SkLineReader
    {
        private const string DatagramPrefix = "ERXUDP ";
        private const int LongestLine = 4096;
        private const int PortField = 4;
        private const int MacField = 5;
        private const int MostFields = 10;
        private const int LengthDigits = 4;
        private const int LongestData = 0x4D0;

        private readonly List<byte> _line = new();
        private int _dataAt;
        private int _missing;

        /// <summary>Takes bytes.</summary>
        /// <returns>What they complete: lines, <see cref="SkEvent"/>, <see cref="SkDatagram"/>.</returns>
        public IEnumerable<SkLine> Read(byte[] bytes)
        {
            foreach (byte b in bytes)
            {
                if (_line.Count == _dataAt && char.IsAsciiHexDigit((char)b))
                {
                    _missing = 0;
                }

                if (_missing > 0)
                {
                    _line.Add(b);
                    _missing--;
                }
                else if (b is (byte)'\r' or (byte)'\n')
                {
                    if (_line.Count > 0)
                    {
                        yield return Complete();
                    }
                }
                else if (_line.Count < LongestLine)
                {
                    _line.Add(b);
                    if (b == ' ')
                    {
                        _missing = LengthOfData();
                        _dataAt = _missing > 0 ? _line.Count : 0;
                    }
                }
            }
        }

        // When the blank behind the length has come: binary data would be so many bytes, whatever they are.
        private int LengthOfData()
        {
            return _line.Count > DatagramPrefix.Length && TrySplit(out string[] fields, out _)
                && fields[^1].Length == 0 && SkLine.TryHex(fields[^2], out int length) && length <= LongestData
                ? length
                : 0;
        }

        private SkLine Complete()
        {
            byte[] bytes = _line.ToArray();
            SkDatagram datagram = ToDatagram(bytes);
            string text = Encoding.Latin1.GetString(bytes);
            _line.Clear();
            _dataAt = 0;
            return datagram ?? (SkLine)SkEvent.Parse(text) ?? new SkLine(text);
        }

        private SkDatagram ToDatagram(byte[] line)
        {
            if (!TrySplit(out string[] fields, out int header))
            {
                return null;
            }

            byte[] data = line[header..];
            string security = fields.Skip(MacField + 1).FirstOrDefault(field => field.Length == 1);
            return SkLine.TryHex(fields[^2], out int length) && SkLine.TryHex(fields[PortField], out int port)
                && security != null && (data.Length == length || TryHex(fields[^1], length, out data))
                ? new SkDatagram(string.Join(' ', fields[..^1]), fields[1], port, security == "1", data)
                : null;
        }

        private static bool TryHex(string text, int length, out byte[] bytes)
        {
            bytes = new byte[text.Length / 2];
            return text.Length == 2 * length
                && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
        }

        // ERXUDP source destination rport lport mac [lqi] sec [side] length, and the rest, as the last element.
        private bool TrySplit(out string[] fields, out int header)
        {
            string text = Encoding.Latin1.GetString(_line.ToArray());
            fields = text.StartsWith(DatagramPrefix, StringComparison.Ordinal) ? text.Split(' ', MostFields + 1) : [];
            header = 0;
            int length = Array.FindIndex(fields, Math.Min(MacField + 1, fields.Length),
                field => field.Length == LengthDigits);
            if (length < 0 || length == fields.Length - 1)
            {
                return false;
            }

            header = fields.Take(length + 1).Sum(field => field.Length + 1);
            fields = [.. fields.Take(length + 1), text[header..]];
            return true;
        }
    }
}
