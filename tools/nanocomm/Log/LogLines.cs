using System;
using System.Collections.Generic;
using System.Text;

namespace NanoComm.Tool
{
    /// <summary>
    /// Lines out of what comes from a board's UART0: plain text, or, once nanoff or a debugger has spoken with the interpreter,
    /// packets of its wire protocol with text in them (nf-interpreter, WireProtocol.h: 32 bytes of head, "NFPKTV1" before all).
    /// What is neither is counted: it is how a wrong speed shows.
    /// </summary>
    internal sealed class LogLines
    {
        private const int LongestLine = 512;
        private const int HeadLength = 32;
        private const int CommandAt = 16;
        private const int SizeAt = 28;
        private const int Message = 1;
        private const int LongestPacket = 4096;

        // Of a line that came at another speed about every second byte is none of a text.
        private const int UnreadableShare = 4;

        private static readonly byte[] Marker = [.. "NFPKTV1\0"u8];

        private readonly List<byte> _line = [];
        private readonly List<byte> _head = [];
        private readonly List<string> _lines = [];
        private int _payload;
        private bool _isMessage;

        /// <summary>Bytes that made no line since it was last asked; reading it begins anew.</summary>
        public int TakeUnreadable()
        {
            int count = Unreadable;
            Unreadable = 0;
            return count;
        }

        /// <summary>Bytes that made no line, so far.</summary>
        public int Unreadable { get; private set; }

        /// <summary>Takes what came.</summary>
        /// <returns>The lines that are whole now.</returns>
        public IReadOnlyList<string> Take(ReadOnlySpan<byte> bytes)
        {
            _lines.Clear();
            foreach (byte value in bytes)
            {
                Take(value);
            }

            return _lines;
        }

        /// <summary>Takes the end of what comes.</summary>
        /// <returns>The line that had no end; null when there is none.</returns>
        public string End()
        {
            _lines.Clear();
            EndLine();
            return _lines.Count == 0 ? null : _lines[0];
        }

        private void Take(byte value)
        {
            if (_payload > 0)
            {
                _payload--;
                if (_isMessage)
                {
                    TakeText(value);
                }
            }
            else if (_head.Count > 0 || value == Marker[0])
            {
                TakeHead(value);
            }
            else
            {
                TakeText(value);
            }
        }

        private void TakeHead(byte value)
        {
            if (_head.Count < Marker.Length && value != Marker[_head.Count])
            {
                // Text after all.
                byte[] text = [.. _head];
                _head.Clear();
                foreach (byte before in text)
                {
                    TakeText(before);
                }

                Take(value);
                return;
            }

            _head.Add(value);
            if (_head.Count == HeadLength)
            {
                byte[] head = [.. _head];
                _head.Clear();
                _isMessage = BitConverter.ToUInt32(head, CommandAt) == Message;
                uint size = BitConverter.ToUInt32(head, SizeAt);
                _payload = size <= LongestPacket ? (int)size : 0;
            }
        }

        private void TakeText(byte value)
        {
            if (value is (byte)'\n' or (byte)'\r')
            {
                EndLine();
                return;
            }

            _line.Add(value);
            if (_line.Count == LongestLine)
            {
                EndLine();
            }
        }

        private void EndLine()
        {
            if (_line.Count == 0)
            {
                return;
            }

            string text = Encoding.UTF8.GetString(_line.ToArray());
            int bytes = _line.Count;
            _line.Clear();
            text = WithoutColours(text, out int strange);
            if (strange * UnreadableShare > text.Length)
            {
                Unreadable += bytes;
            }
            else if (text.Trim().Length > 0)
            {
                _lines.Add(text.TrimEnd());
            }
        }

        // ESP-IDF colours its lines. What is left of control characters, or was no UTF-8, is no text.
        private static string WithoutColours(string text, out int strange)
        {
            const char Escape = '\x1B';
            var plain = new StringBuilder(text.Length);
            strange = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == Escape && i + 1 < text.Length && text[i + 1] == '[')
                {
                    i++;
                    while (i + 1 < text.Length && !char.IsAsciiLetter(text[++i]))
                    {
                    }
                }
                else if (text[i] == '\uFFFD' || (char.IsControl(text[i]) && text[i] != '\t'))
                {
                    strange++;
                    plain.Append('\uFFFD');
                }
                else
                {
                    plain.Append(text[i]);
                }
            }

            return plain.ToString();
        }
    }
}
