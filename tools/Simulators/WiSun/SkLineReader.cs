using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>Puts what a module says together to lines; knows where the payload of a binary ERXUDP ends.</summary>
    internal sealed class SkLineReader
    {
        private const string Datagram = "ERXUDP ";
        private const int LongestLine = 4096;

        private readonly List<byte> _bytes = new();
        private readonly Action<string, byte[]> _take;
        private int _spaces;
        private int _start;
        private int _end;

        /// <param name="take">Takes a line without its end, and the payload when it was a binary ERXUDP.</param>
        public SkLineReader(Action<string, byte[]> take)
        {
            _take = take;
        }

        /// <summary>Whether payloads are binary.</summary>
        public bool IsBinary { get; set; }

        /// <summary>Words of ERXUDP before its payload, itself counted: 8, or 9 with a side.</summary>
        public int HeaderWords { get; set; } = 8;

        public void Put(byte value)
        {
            _bytes.Add(value);
            if (_end > 0)
            {
                PutPayload();
            }
            else if (value is (byte)'\n' or (byte)'\r')
            {
                Take(null);
            }
            else if (value == ' ')
            {
                _spaces++;
                LookForPayload();
            }
            else if (_bytes.Count > LongestLine)
            {
                Clear();
            }
        }

        private void LookForPayload()
        {
            if (!IsBinary || _spaces != HeaderWords)
            {
                return;
            }

            string header = Encoding.Latin1.GetString(_bytes.ToArray());
            if (header.StartsWith(Datagram, StringComparison.Ordinal) && int.TryParse(header.AsSpan(header.Length - 5, 4),
                NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length))
            {
                _start = _bytes.Count;
                _end = _start + length;
            }
        }

        private void PutPayload()
        {
            if (_bytes.Count == _end)
            {
                byte[] payload = _bytes.GetRange(_start, _end - _start).ToArray();
                _bytes.RemoveRange(_start, payload.Length);
                Take(payload);
            }
        }

        private void Take(byte[] payload)
        {
            string line = Encoding.Latin1.GetString(_bytes.ToArray()).TrimEnd('\r', '\n');
            Clear();
            if (line.Length > 0)
            {
                _take(line, payload);
            }
        }

        private void Clear()
        {
            _bytes.Clear();
            _spaces = 0;
            _end = 0;
        }
    }
}
